/** Neural Turing Machines and what they need to learn: what applications embed. */
@NullMarked
package io.github.ntm4j.core;

import org.jspecify.annotations.NullMarked;
