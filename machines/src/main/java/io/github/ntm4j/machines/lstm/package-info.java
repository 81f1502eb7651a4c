/** The LSTM without a memory beside it, that others are compared with. */
@NullMarked
package io.github.ntm4j.machines.lstm;

import org.jspecify.annotations.NullMarked;
