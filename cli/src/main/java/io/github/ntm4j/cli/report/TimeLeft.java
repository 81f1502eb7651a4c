package io.github.ntm4j.cli.report;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.sweep.Combination;
import io.github.ntm4j.learning.sweep.PlannedRun;
import io.github.ntm4j.learning.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * When the runs of a sweep will have ended: each takes as long as those of its combination that have, or where none has, as long for its work as
 * all that have; one under way has had as much of that as it has taken.
 */
public final class TimeLeft {
    /** A head compares its key with a cell, and reads or writes it; each of them back again twice. */
    private static final double OF_A_HEAD = 6;

    private final LongSupplier clock;
    private final Map<PlannedRun, Long> running = new HashMap<>();
    private final Map<Combination, List<Double>> ended = new HashMap<>();

    /** Before the first run; the clock tells nanoseconds. */
    TimeLeft(LongSupplier clock) {
        this.clock = clock;
    }

    void started(PlannedRun run) {
        running.put(run, clock.getAsLong());
    }

    void ended(PlannedRun run) {
        double seconds = since(Objects.requireNonNull(running.remove(run)));
        ended.computeIfAbsent(run.combination(), none -> new ArrayList<>()).add(seconds);
    }

    /** Seconds until the last of some runs ends, with some of them side by side; only once a run has ended. */
    double seconds(List<PlannedRun> left, int jobs) {
        double rate = ended.values().stream().flatMap(List::stream).mapToDouble(s -> s).sum()
                / ended.entrySet().stream().mapToDouble(entry -> entry.getValue().size() * work(entry.getKey().config())).sum();
        double sum = 0;
        double longest = 0;
        for (PlannedRun run : left) {
            List<Double> others = ended.getOrDefault(run.combination(), List.of());
            double whole = others.isEmpty()
                    ? rate * work(run.combination().config())
                    : others.stream().mapToDouble(s -> s).average().orElseThrow();
            Long start = running.get(run);
            double rest = start == null ? whole : Math.max(0, whole - since(start));
            sum += rest;
            longest = Math.max(longest, rest);
        }
        return Math.max(longest, sum / jobs);
    }

    private double since(long start) {
        return (clock.getAsLong() - start) * 1e-9;
    }

    /** About proportional to the multiplications of a whole training: by every parameter, and by every cell of the memory for every head. */
    private static double work(RunConfig config) {
        Task task = config.task().create();
        double step = config.machine().build(task.inputs(), task.outputs()).parameters().elements();
        step += OF_A_HEAD * config.machine().memorySize().map(size -> size.cells() * size.heads()).orElse(0L);
        return step * config.training().course().sequences() * task.practice().steps(task.largest());
    }
}
