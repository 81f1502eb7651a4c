package io.github.ntm4j.machines.memory;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.ntm.NtmMemory;

/**
 * A memory outside the controller, with the heads that read and write it. In every step it sees the controller's output, and what it reads
 * goes to the machine's output and, in the next step, to the controller. {@link NtmMemory} is the one of Graves et al. 2014; a stack, a queue
 * or a table of links are others.
 *
 * <p>A memory declares its parameters in its constructor, which gives them their names in files, and records operations of the engine, which
 * bring their derivatives along. Values that it names ({@link Tape#name}) can be watched and changed in a {@code Session}.
 *
 * @param <M> what it hands from step to step
 */
public interface Memory<M extends MemoryState> {
    /**
     * Width of what is read in a step, all heads together.
     *
     * @return floats
     */
    int readWidth();

    /**
     * Records the state before the first step.
     *
     * @param tape the tape
     * @param batch number of sequences
     * @return the state, each of its tensors with a place of its own
     */
    M initialState(Tape tape, int batch);

    /**
     * Records one step.
     *
     * @param tape the tape
     * @param hidden the controller's output, {@code [batch][1][controller]}
     * @param state the state before; may not be used again
     * @return the state after, with what was read in this step
     */
    M step(Tape tape, Tensor hidden, M state);

    /**
     * Gives the parameters of the heads their first values.
     *
     * @param random where they come from
     */
    void initialise(Random64 random);

    /**
     * Gives the parameters of the initial state, if there are any, their first values. A machine calls this after all its layers have
     * theirs, so that machines with the same seed that differ in their initial state alone begin with the same layers.
     *
     * @param random where they come from
     */
    default void initialiseState(Random64 random) {}
}
