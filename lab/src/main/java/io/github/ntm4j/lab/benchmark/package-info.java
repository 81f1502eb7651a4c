/** Speed on this computer: the training step against what the processor can do at most. */
@NullMarked
package io.github.ntm4j.lab.benchmark;

import org.jspecify.annotations.NullMarked;
