package io.github.ntm4j.machines.episode;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A machine that answers a batch of sequences, forwards only. Serves one thread, and is used again and again. */
public interface Inference {
    /** Hears of every answered step, in the order of the steps. */
    @FunctionalInterface
    interface Listener {
        /**
         * A step is answered; {@link Inference#outputs} and {@link Inference#notFinite} tell of it until this returns.
         *
         * @param b number of the sequence in the batch
         * @param step number of the step, from 0
         * @param finite whether all that the machine has seen up to there is finite; zeros take the place of what is not
         */
        void answered(int b, int step, boolean finite);
    }

    /**
     * Answers sequences. Each is answered as if it were alone.
     *
     * @param sequences the sequences, of which the inputs count
     * @param count how many of them, at least one and at most the batch
     * @param noise where random numbers come from, of a machine that draws when it answers
     * @param goOn is asked before each step, or before all of them
     * @param listener hears of the answers
     * @return whether it went to the end
     */
    boolean run(Sequence[] sequences, int count, NoiseSource noise, BooleanSupplier goOn, Listener listener);

    /**
     * Copies the outputs of the step that is being told, before their sigmoid.
     *
     * @param b number of the sequence in the batch
     * @param into receives them
     * @param at offset of the first
     */
    void outputs(int b, float[] into, int at);

    /**
     * Copies what the outputs of the step that is being told stand for: probabilities, or the numbers themselves.
     *
     * @param b number of the sequence in the batch
     * @param into receives them
     * @param at offset of the first
     */
    void answer(int b, float[] into, int at);

    /**
     * The first named value of the machine that is not finite in the step that is being told.
     *
     * @param b number of the sequence in the batch
     * @return its name; null if all are finite
     */
    @Nullable String notFinite(int b);
}
