/** The experiments of the paper: what to train, and what the paper measured. */
@NullMarked
package io.github.ntm4j.core.reproduction;

import org.jspecify.annotations.NullMarked;
