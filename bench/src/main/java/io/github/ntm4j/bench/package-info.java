/** JMH benchmarks: what a kernel, an operation, a step of a machine and the training loop cost. */
@NullMarked
package io.github.ntm4j.bench;

import org.jspecify.annotations.NullMarked;
