package io.github.ntm4j.cli;

import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.training.Evaluation;
import io.github.ntm4j.core.training.Evaluator;
import io.github.ntm4j.engine.kernel.KernelProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** How well a machine does at several sizes. The same seed gives the same sequences, whichever command asks. */
final class Measurement {
    /** The seed unless another is given. */
    static final long SEED = 1;

    private static final String PURPOSE = "measurement";

    private Measurement() {}

    static List<Evaluation> of(
            Machine<?> machine, Task task, List<Size> sizes, int sequences, long seed, int threads, KernelProvider kernels) {
        List<Evaluation> results = new ArrayList<>();
        try (Evaluator evaluator = new Evaluator(machine, task, threads, kernels)) {
            for (Size size : sizes) {
                results.add(evaluator.evaluate(size, sequences, seed, PURPOSE, 0));
            }
        }
        return results;
    }

    /** A table, a line per size. */
    static void print(Terminal terminal, List<Evaluation> results) {
        int widest = results.stream().mapToInt(result -> result.at().toString().length()).max().orElse(0);
        int first = Math.max(widest, 4);
        terminal.out().println(terminal.bold(String.format(
                Locale.ROOT, "%-" + first + "s  %18s  %24s  %s", "size", "bits per sequence", "bit errors per sequence", "without error")));
        for (Evaluation result : results) {
            terminal.out().println(String.format(
                    Locale.ROOT,
                    "%-" + first + "s  %18s  %24s  %d of %d",
                    result.at(),
                    Figures.measured(result.bitsPerSequence()),
                    Figures.measured(result.bitErrorsPerSequence()),
                    result.exactSequences(),
                    result.sequences()));
        }
        terminal.out().flush();
    }

    /** One result for JSON. */
    static SequencedMap<String, Object> describe(Evaluation result) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("at", result.at().values());
        map.put("sequences", result.sequences());
        map.put("bits_per_sequence", result.bitsPerSequence());
        map.put("bit_errors_per_sequence", result.bitErrorsPerSequence());
        map.put("exact_sequences", result.exactSequences());
        return map;
    }
}
