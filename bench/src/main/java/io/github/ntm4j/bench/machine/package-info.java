/** The steps of whole machines, in training and at work, and the training loop. */
@NullMarked
package io.github.ntm4j.bench.machine;

import org.jspecify.annotations.NullMarked;
