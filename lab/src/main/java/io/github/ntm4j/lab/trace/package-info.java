/** What a machine did on one sequence, step by step, as plain arrays: the food of pictures and trace files. */
@NullMarked
package io.github.ntm4j.lab.trace;

import org.jspecify.annotations.NullMarked;
