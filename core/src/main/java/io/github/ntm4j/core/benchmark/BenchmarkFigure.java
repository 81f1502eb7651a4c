package io.github.ntm4j.core.benchmark;

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
 * @param shareOfPeak of the multiply-add peak of as many threads, measured in the same run
 */
public record BenchmarkFigure(
        String name,
        int batch,
        int threads,
        double usPerSequenceStep,
        double spread,
        double sequencesPerSecond,
        double gflops,
        double shareOfPeak) {}
