/** JMH benchmarks: what a kernel, an operation and a training step cost. */
@NullMarked
package io.github.ntm4j.bench;

import org.jspecify.annotations.NullMarked;
