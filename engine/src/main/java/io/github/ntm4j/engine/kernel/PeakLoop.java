package io.github.ntm4j.engine.kernel;

/** A loop of nothing but fused multiply-adds in registers: the fastest that this thread can compute. */
public interface PeakLoop {
    /**
     * Runs the loop.
     *
     * @param rounds how often
     * @return a value that depends on every round, so that none can be left out
     */
    float run(int rounds);

    /**
     * Floating-point operations in a round.
     *
     * @return two for each multiply-add
     */
    int operationsPerRound();
}
