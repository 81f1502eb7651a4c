/** The Differentiable Neural Computer: a memory that knows what is free, and in which order it was written. */
@NullMarked
package io.github.ntm4j.machines.dnc;

import org.jspecify.annotations.NullMarked;
