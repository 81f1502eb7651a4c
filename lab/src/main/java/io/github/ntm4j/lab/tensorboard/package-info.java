/** Event files: the curves of a run in the form that TensorBoard reads. */
@NullMarked
package io.github.ntm4j.lab.tensorboard;

import org.jspecify.annotations.NullMarked;
