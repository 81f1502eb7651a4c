package io.github.ntm4j.lab.benchmark;

/**
 * How fast sessions step, each over one sequence.
 *
 * @param sessions sessions over one machine, side by side
 * @param threads threads that share them
 * @param stepsPerSecond steps of all sessions together in a second, the median
 * @param spread largest over smallest of the repeats
 * @param bytesPerStep bytes of the heap that a step allocates, measured with a single session; 0 with several
 */
public record InferenceFigure(int sessions, int threads, double stepsPerSecond, double spread, double bytesPerStep) {
    /**
     * The time from one step of a thread to the next.
     *
     * @return microseconds
     */
    public double usPerStep() {
        return threads * 1e6 / stepsPerSecond;
    }
}
