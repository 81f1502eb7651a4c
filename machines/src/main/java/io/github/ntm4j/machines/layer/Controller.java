package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/**
 * The network that sees the input and drives the heads.
 *
 * @param <S> what it remembers from step to step
 */
public interface Controller<S extends State> {
    /**
     * Width of the output.
     *
     * @return floats
     */
    int size();

    /**
     * Records the state before the first step.
     *
     * @param tape the tape
     * @param batch number of sequences
     * @return the state, each of its tensors with a place of its own
     */
    S initialState(Tape tape, int batch);

    /**
     * Records one step.
     *
     * @param tape the tape
     * @param inputs {@code [batch][lines][size]} each, those without derivatives first
     * @param state the state before
     * @return {@code [batch][1][size]} and the state after
     */
    Step<S> step(Tape tape, List<Tensor> inputs, S state);

    /**
     * Gives the parameters their first values.
     *
     * @param random where they come from
     */
    void initialise(Random64 random);
}
