package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.Evaluator;
import io.github.ntm4j.learning.training.MeasuringMemory;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** How well a machine does at several sizes. The same seed gives the same sequences, whichever command asks. */
public final class Measurement {
    /** The seed unless another is given. */
    public static final long SEED = Run.MEASUREMENT_SEED;

    /** Of a normal distribution, 95 % lie within so many standard deviations. */
    private static final double NORMAL_95 = 1.959964;

    private static final String INTERVAL = "_interval_95";

    private Measurement() {}

    public static List<Evaluation> of(
            Machine machine, Task task, List<Size> sizes, int sequences, long seed, int threads, KernelProvider kernels) {
        MeasuringMemory.requireEvaluation(machine, task, sizes, sequences, threads);
        List<Evaluation> results = new ArrayList<>();
        try (Evaluator evaluator = new Evaluator(machine, task, threads, kernels)) {
            for (Size size : sizes) {
                results.add(evaluator.evaluate(size, sequences, seed, Run.MEASUREMENT, 0));
            }
        }
        return results;
    }

    /** A table, a line per size. */
    public static void print(Terminal terminal, List<Evaluation> results) {
        List<List<String>> table = table(results);
        int widest = table.stream().mapToInt(line -> line.getFirst().length()).max().orElse(0);
        String format = "%-" + widest + "s  %20s  " + (uncertain(results) ? "%20s  " : "") + "%22s  %s";
        for (int i = 0; i < table.size(); i++) {
            String line = String.format(Locale.ROOT, format, table.get(i).toArray());
            terminal.out().println(i == 0 ? terminal.bold(line) : line);
        }
        terminal.out().flush();
    }

    /** The cells of the table, the heading first. What the bits are above the optimum has a column of its own where there is one. */
    public static List<List<String>> table(List<Evaluation> results) {
        boolean uncertain = uncertain(results);
        List<List<String>> table = new ArrayList<>();
        Objective objective = results.getFirst().objective();
        List<String> head = new ArrayList<>(List.of("size", objective.unit() + " per sequence"));
        if (uncertain) {
            head.add("above the optimum");
        }
        head.addAll(objective.countsErrors() ? List.of(objective.errorWord(), "without error") : List.of("root mean square", "sequences"));
        table.add(head);
        for (Evaluation result : results) {
            List<String> cells = new ArrayList<>(List.of(result.at().toString()));
            if (uncertain) {
                cells.add(Figures.measured(result.bitsPerSequence()));
            }
            cells.add(excess(result));
            if (objective.countsErrors()) {
                cells.add(errors(result));
                cells.add(result.exactSequences() + " of " + result.sequences());
            } else {
                cells.add(Figures.measured(result.rootMeanSquare()));
                cells.add(Figures.count(result.sequences()));
            }
            table.add(cells);
        }
        return table;
    }

    private static boolean uncertain(List<Evaluation> results) {
        return results.stream().anyMatch(result -> result.optimumBitsPerSequence() > 0);
    }

    /** Bits per sequence above the optimum, with their interval. */
    static String excess(Evaluation result) {
        return withError(result.excessBits(), result.excessBitsError());
    }

    /** Bit errors per sequence, with their interval. */
    static String errors(Evaluation result) {
        return withError(result.bitErrorsPerSequence(), result.bitErrorsError());
    }

    /** A mean with the half width of its 95 % confidence interval. */
    private static String withError(double mean, double standardError) {
        double half = NORMAL_95 * standardError;
        return Figures.measured(mean) + (half > 0 ? " ± " + Figures.measured(half) : "");
    }

    /** Wilson's 95 % confidence interval of a share: it holds at 0 and 1, too. */
    static double[] interval(int hits, int trials) {
        double p = (double) hits / trials;
        double z = NORMAL_95 * NORMAL_95 / trials;
        double middle = (p + z / 2) / (1 + z);
        double half = NORMAL_95 * Math.sqrt(p * (1 - p) / trials + z / 4 / trials) / (1 + z);
        return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
    }

    private static double[] interval(double mean, double standardError) {
        return new double[] {mean - NORMAL_95 * standardError, mean + NORMAL_95 * standardError};
    }

    /** One result for JSON. */
    public static SequencedMap<String, Object> describe(Evaluation result) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("at", result.at().values());
        map.put("sequences", result.sequences());
        Objective objective = result.objective();
        map.put(objective.costKey(), result.bitsPerSequence());
        if (objective.countsErrors()) {
            map.put(objective.errorKey(), result.bitErrorsPerSequence());
            map.put(objective.errorWord().replace(' ', '_') + INTERVAL, interval(result.bitErrorsPerSequence(), result.bitErrorsError()));
            map.put("exact_sequences", result.exactSequences());
            map.put("exact_share_interval_95", interval(result.exactSequences(), result.sequences()));
            map.put("optimum_bits_per_sequence", result.optimumBitsPerSequence());
        } else {
            map.put("root_mean_square", result.rootMeanSquare());
        }
        map.put(objective.excessKey(), result.excessBits());
        map.put(objective.excessKey() + INTERVAL, interval(result.excessBits(), result.excessBitsError()));
        return map;
    }
}
