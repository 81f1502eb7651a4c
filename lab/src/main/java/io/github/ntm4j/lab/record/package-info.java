/** What is kept of a run beside its metrics and checkpoints: its learning curve as a picture, and events for TensorBoard. */
@NullMarked
package io.github.ntm4j.lab.record;

import org.jspecify.annotations.NullMarked;
