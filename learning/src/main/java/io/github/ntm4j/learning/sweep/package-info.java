/** Sweeps: one training with many seeds, or many settings, side by side, and what comes of them. */
@NullMarked
package io.github.ntm4j.learning.sweep;

import org.jspecify.annotations.NullMarked;
