package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Episode;
import io.github.ntm4j.machines.episode.Inference;
import io.github.ntm4j.machines.episode.RecordingSize;
import io.github.ntm4j.machines.signal.Signals;

/**
 * A machine that reads a sequence of vectors and answers each with a vector. How it walks the sequence is said by what it is:
 * {@link io.github.ntm4j.machines.episode.StepMachine} step by step, {@link io.github.ntm4j.machines.episode.WholeMachine} as a whole.
 */
public interface Machine {
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
     * Sits the machine down to learn: what training runs.
     *
     * @param desk what it is to know
     * @return an episode on a recording of its own
     */
    Episode episode(Desk desk);

    /**
     * Sits the machine down to answer: what evaluations run.
     *
     * @param desk what it is to know; nothing is cut, as no step is kept for a way back
     * @return an inference on a recording of its own
     */
    Inference inference(Desk desk);

    /**
     * The memory that an episode or an inference would take.
     *
     * @param desk what it is to know
     * @param training whether for an episode, which keeps derivatives
     * @return the figures
     * @throws ArithmeticException if a single step is beyond the largest array
     */
    RecordingSize size(Desk desk, boolean training);
}
