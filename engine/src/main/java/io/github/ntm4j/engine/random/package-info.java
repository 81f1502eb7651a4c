/** Random numbers that a seed and a purpose determine. */
@NullMarked
package io.github.ntm4j.engine.random;

import org.jspecify.annotations.NullMarked;
