/** Training: the loop, its settings and its events. */
@NullMarked
package io.github.ntm4j.core.training;

import org.jspecify.annotations.NullMarked;
