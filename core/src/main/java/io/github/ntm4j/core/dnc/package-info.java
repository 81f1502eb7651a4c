/** The Differentiable Neural Computer: a memory that knows what is free, and in which order it was written. */
@NullMarked
package io.github.ntm4j.core.dnc;

import org.jspecify.annotations.NullMarked;
