package io.github.ntm4j.machines.memory;

import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.State;

/** What a memory hands from one step to the next: its content, where its heads are, and what they have read. */
public interface MemoryState extends State {
    /**
     * What was read in the last step; before the first step, what the controller is to see instead. One of {@link #tensors}.
     *
     * @return {@code [batch][heads][width]}, {@link Memory#readWidth} floats for each sequence
     */
    Tensor reads();
}
