package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.layer.State;
import io.github.ntm4j.core.layer.Step;
import io.github.ntm4j.core.signal.Signals;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * A machine that reads a sequence of vectors and answers each with a vector. It is defined by how it records one step; training,
 * running and watching it all follow from that.
 *
 * @param <S> what it remembers from step to step
 */
public interface Machine<S extends State> {
    /**
     * Width of an input vector.
     *
     * @return floats
     */
    int inputs();

    /**
     * Width of an output vector.
     *
     * @return floats
     */
    int outputs();

    /**
     * What training changes.
     *
     * @return the parameters themselves
     */
    Parameters parameters();

    /**
     * What it shows of itself at every step.
     *
     * @return what its parts have declared beside their parameters; nothing if it keeps all to itself
     */
    default Signals signals() {
        return new Signals();
    }

    /**
     * Gives the parameters their first values.
     *
     * @param seed the run's seed
     */
    void initialise(long seed);

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
     * @param input {@code [batch][1][inputs]}
     * @param state the state before; may not be used again
     * @return the output {@code [batch][1][outputs]} before its sigmoid, and the state after, with tensors of the same shapes in the same
     *     order; it may hand on the input and tensors of the state before
     */
    Step<S> step(Tape tape, Tensor input, S state);
}
