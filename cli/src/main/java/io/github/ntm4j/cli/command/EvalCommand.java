package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.ReadingOption;
import io.github.ntm4j.cli.option.TaskOption;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.Measurement;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.report.RowsNotice;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.DataTask;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MemorySize;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a trained machine on fresh sequences. */
@Command(
        name = "eval",
        description = "Measure a trained machine on fresh sequences of its task.",
        footer = {
            "",
            "Bits per sequence is the cross-entropy of all target bits of a sequence, averaged over the sequences;",
            "a bit error is a bit that is wrong after rounding.",
            "",
            "Examples:",
            "  ntm eval runs/copy-ntm-lstm-seed1 --at length=20 --at length=120 --sequences 100",
            "  ntm eval runs/copy-ntm-lstm-seed1 --at length=1000 --rows 1024 --json",
            "  ntm eval runs/my-data-ntm-lstm-seed1 --data others.jsonl",
        })
public final class EvalCommand implements Callable<Integer> {
    private static final int MOST_SEQUENCES = 10_000_000;
    private static final int USUAL_SEQUENCES = 100;

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "A run directory (its best checkpoint is taken) or a checkpoint.")
    private Path run = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "SIZE",
            description = "A size, such as length=20; may be repeated (default: the largest size of training and others beyond).")
    private List<String> sizes = new ArrayList<>();

    @Option(
            names = "--sequences",
            paramLabel = "N",
            description = "Sequences per size (default: 100, or all there are of a machine that was trained on a file).")
    private @Nullable Integer sequences;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Measure on this file of sequences instead of those held back from the file that the machine was trained on.")
    private @Nullable Path data;

    @Option(names = "--rows", paramLabel = "N", description = "Give the memory another number of rows than in training.")
    private @Nullable Integer rows;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the sequences (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private TaskOption taskOption;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private ReadingOption reading;

    public EvalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (sequences != null) {
            requireSequences(sequences);
        }
        int threads = compute.threads();
        Model model = reading.load(run, rows, terminal);
        TaskOption.Chosen chosen = data == null ? taskOption.of(model) : measuring(model, data);
        Task task = chosen.task();
        List<Size> wanted = sizes.isEmpty() ? task.cases() : sizes.stream().map(task::parse).toList();
        List<Evaluation> results = Measurement.of(
                model.machine(), task, wanted, count(task), seed, threads, ComputeOptions.kernels(terminal));
        List<String> notices = notices(model, task, wanted);
        notices.forEach(terminal::notice);
        int memory = model.machineConfig().memorySize().map(MemorySize::rows).orElse(0);
        if (json) {
            SequencedMap<String, Object> map = new LinkedHashMap<>();
            map.put("task", chosen.name());
            map.put("machine", model.machineConfig().name());
            map.put("rows", memory);
            if (!notices.isEmpty()) {
                map.put("notices", notices);
            }
            map.put("results", results.stream().map(Measurement::describe).toList());
            Reports.printJson(terminal, map);
        } else {
            terminal.out().println(model.file() + ": " + chosen.name() + " by " + model.machineConfig().name()
                    + (memory == 0 ? "" : ", " + Figures.count(memory, "row") + " of memory"));
            Measurement.print(terminal, results);
        }
        return Exit.SUCCESS;
    }

    /** What to know of the rows. */
    private List<String> notices(Model model, Task task, List<Size> wanted) {
        List<String> notices = new ArrayList<>();
        RowsNotice.tooFew(model, task, wanted).ifPresent(notices::add);
        if (rows != null && task.testSequences(wanted.getFirst()) == Long.MAX_VALUE) {
            RowsNotice.blurred(model, task, wanted.getFirst(), ComputeOptions.kernels(terminal)).ifPresent(notices::add);
        }
        return notices;
    }

    private int count(Task task) {
        boolean endless = task.testSequences(task.evaluated()) == Long.MAX_VALUE;
        return sequences != null ? sequences : endless ? USUAL_SEQUENCES : MOST_SEQUENCES;
    }

    private TaskOption.Chosen measuring(Model model, Path data) {
        RunConfig run = RunConfig.of(model);
        if (run == null || !(run.task() instanceof DataConfig config)) {
            throw new UserException("--data " + data + ": expected a machine that was trained on a file of sequences, got " + model.file());
        }
        DataTask measured = config.measuring(data);
        measured.notice().ifPresent(terminal::notice);
        return new TaskOption.Chosen(data.toString(), measured);
    }

    /** Refuses a number of sequences that nobody can wait for. */
    static void requireSequences(int sequences) {
        if (sequences < 1 || sequences > MOST_SEQUENCES) {
            throw new UserException("--sequences: expected a whole number from 1 to " + MOST_SEQUENCES + ", got " + sequences);
        }
    }
}
