package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.random.Random64;

/**
 * Where the random numbers of a batch come from. Those of a sequence depend on a seed, a purpose and the number that the sequence has in the
 * stream of that purpose, and on nothing else: not on the batch, the threads or what was drawn before. So a training goes on to the bit.
 */
public final class NoiseSource {
    /** For machines that draw nothing, and where it does not matter what they draw. */
    public static final NoiseSource NONE = of(0, "", 0);

    private static final String STEP = "noise of a step";

    private final long seed;
    private final String purpose;
    private final long first;
    private final long[] indices;

    private NoiseSource(long seed, String purpose, long first, long[] indices) {
        this.seed = seed;
        this.purpose = "noise of " + Arguments.given("purpose", purpose); // another stream than that of the sequence itself
        this.first = first;
        this.indices = indices;
    }

    /**
     * For sequences that follow each other in a stream.
     *
     * @param seed the run's seed
     * @param purpose names the stream
     * @param first number of the first sequence in it
     * @return the source
     */
    public static NoiseSource of(long seed, String purpose, long first) {
        return new NoiseSource(seed, purpose, first, new long[0]);
    }

    /**
     * For some sequences of a stream.
     *
     * @param seed the run's seed
     * @param purpose names the stream
     * @param indices numbers of the sequences in it
     * @return the source
     */
    public static NoiseSource of(long seed, String purpose, long[] indices) {
        return new NoiseSource(seed, purpose, 0, indices.clone());
    }

    /**
     * What the numbers of a sequence begin with.
     *
     * @param i the sequence, as it is numbered in the array of sequences
     * @param random to be started anew
     * @return a seed of its own
     */
    long key(int i, Random64 random) {
        random.restart(seed, purpose, i < indices.length ? indices[i] : first + i);
        return random.nextLong();
    }

    /**
     * Starts the numbers of a step.
     *
     * @param key what those of its sequence begin with
     * @param step number of the step, -1 for what is before the first
     * @param random to be started anew
     */
    static void begin(long key, int step, Random64 random) {
        random.restart(key, STEP, step);
    }
}
