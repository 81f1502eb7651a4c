package io.github.ntm4j.lab.benchmark;

/**
 * How fast a case is.
 *
 * @param name name of the case
 * @param batch sequences in an update
 * @param threads threads in use
 * @param usPerSequenceStep microseconds for one time step of one sequence: forwards, backwards and its share of the update; the median
 * @param spread largest over smallest of the repeats; far above 1 on a busy computer
 * @param sequencesPerSecond training sequences in a second
 * @param gflops billions of floating-point operations of the definition in a second
 * @param peakGflops the multiply-add peak of as many threads, measured before and after
 */
public record BenchmarkFigure(
        String name,
        int batch,
        int threads,
        double usPerSequenceStep,
        double spread,
        double sequencesPerSecond,
        double gflops,
        double peakGflops) {
    /**
     * The part of the peak that is reached.
     *
     * @return from 0 to 1
     */
    public double shareOfPeak() {
        return gflops / peakGflops;
    }

    /**
     * What a sequence-step would take if all its operations ran at the peak: the floor.
     *
     * @return microseconds
     */
    public double floorUs() {
        return usPerSequenceStep * shareOfPeak();
    }

    /**
     * The label of the case, see {@link BenchmarkCase#label}.
     *
     * @return name, batch and threads
     */
    public String label() {
        return BenchmarkCase.label(name, batch, threads);
    }
}
