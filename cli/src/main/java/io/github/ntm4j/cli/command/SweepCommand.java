package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.BaseOptions;
import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.JobsOption;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.report.SweepReport;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.StopSignal;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.RunDirectory;
import io.github.ntm4j.learning.sweep.Choice;
import io.github.ntm4j.learning.sweep.Seeds;
import io.github.ntm4j.learning.sweep.Sweep;
import io.github.ntm4j.learning.sweep.SweepPlan;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains with many seeds, or many settings, side by side. */
@Command(
        name = "sweep",
        description = "Train with many seeds, or many settings, side by side.",
        footer = {
            "",
            "The folder holds sweep.yaml, results.jsonl (a line for each run that has ended), table.md,",
            "sweep.svg, and in runs/ a run directory for each run, as ntm train makes it. Ctrl-C stops all",
            "runs after a checkpoint; --resume goes on with the sweep.",
            "",
            "Examples:",
            "  ntm sweep copy --seeds 1..10",
            "  ntm sweep copy --set training.learning_rate=1e-4,4e-4 --set machine.gate_bias=-3,-1",
            "  ntm sweep copy --seeds 1..4 --random 8 --set training.learning_rate=1e-4..1e-3",
            "  ntm sweep --resume sweeps/copy-ntm-lstm",
        })
public final class SweepCommand implements Callable<Integer> {
    private static final Path SWEEPS = Path.of("sweeps");
    private static final String SEED = "seed";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TASK", description = "The task, see ntm tasks.")
    private @Nullable String task;

    @Mixin
    private BaseOptions base;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUES",
            description = "A setting and its values, with commas between; every combination is trained. "
                    + "With --random also a range, such as 1e-4..1e-3. May be repeated for other settings.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description = "The seeds that each combination is trained with, such as 1..10 or 1,2,5 (default: 1..5).")
    private @Nullable String seeds;

    @Option(
            names = "--random",
            paramLabel = "N",
            description = "Train N random combinations instead of all: a list is drawn from uniformly, a range by its "
                    + "ratios where both ends are above 0.")
    private @Nullable Integer random;

    @Option(names = "--draw-seed", paramLabel = "N", description = "Decides what --random draws (default: 1).")
    private @Nullable Long drawSeed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder of the sweep (default: sweeps/TASK-MACHINE, with -2, -3, ... where there is one).")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with a sweep.")
    private @Nullable Path resume;

    @Option(names = "--json", description = "Print one JSON object at the end, and progress to the error stream.")
    private boolean json;

    @Mixin
    private JobsOption jobs;

    public SweepCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int parallel = jobs.jobs();
        if (resume != null) {
            refuseBesideResume();
            Sweep sweep = Sweep.resume(resume);
            return train(sweep, parallel);
        }
        SweepPlan plan = plan();
        plan.requireWithin(Runtime.getRuntime().maxMemory(), parallel);
        String name = plan.title().replace(" by ", "-").replace(", ", "-");
        try (RunDirectory directory = out == null ? RunDirectory.next(SWEEPS, name) : RunDirectory.of(out)) {
            return train(Sweep.start(directory.path(), plan), parallel);
        }
    }

    private SweepPlan plan() {
        Map<String, String> sources = new LinkedHashMap<>();
        ConfigTree given = base.file().with(base.options(task, sources));
        List<Choice> choices = choices(sources);
        if (!given.has("task.name") && choices.stream().noneMatch(choice -> choice.key().equals("task.name"))) {
            throw new ParameterException(spec.commandLine(), "expected a task, such as: ntm sweep copy");
        }
        List<Long> numbers = Seeds.parse(seeds == null ? "1..5" : seeds, "--seeds");
        if (random != null) {
            return SweepPlan.random(given.without(SEED), choices, numbers, random, drawSeed == null ? 1 : drawSeed);
        }
        if (drawSeed != null) {
            throw new UserException("--draw-seed " + drawSeed + ": expected --random N beside it, found none");
        }
        return SweepPlan.grid(given.without(SEED), choices, numbers);
    }

    private List<Choice> choices(Map<String, String> sources) {
        List<Choice> choices = new ArrayList<>();
        for (String assignment : assignments) {
            Choice choice = Choice.parse(assignment);
            if (choice.key().equals(SEED)) {
                throw new UserException("--set seed: expected the seeds of a sweep behind --seeds, such as --seeds 1..10");
            }
            if (choices.stream().anyMatch(other -> other.key().equals(choice.key()))) {
                throw new UserException("--set " + choice.key() + " is given twice: expected all values of a setting in one, such as --set "
                        + choice.key() + "=A,B");
            }
            BaseOptions.refuseTwice(sources, "--set " + assignment, choice.key(), choice.text());
            choices.add(choice);
        }
        return choices;
    }

    private void refuseBesideResume() {
        Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
        base.given().forEach(option -> fixed.put(option, option));
        fixed.put("--set", assignments.isEmpty() ? null : assignments);
        fixed.put("--seeds", seeds);
        fixed.put("--random", random);
        fixed.put("--draw-seed", drawSeed);
        fixed.put("the task " + (task == null ? "" : UserException.quote(task)), task);
        fixed.put("--out", out);
        fixed.values().removeIf(value -> value == null);
        if (!fixed.isEmpty()) {
            throw new UserException("--resume contradicts " + String.join(", ", fixed.keySet())
                    + ": a sweep goes on with its own settings and seeds in its own folder");
        }
    }

    /** What stays of a sweep that did not stop in time. */
    static String goingOn(String command, Sweep sweep) {
        return "the runs go on from their last checkpoints with " + Reports.command(command + " --resume " + Reports.quoted(sweep.folder().path()));
    }

    private int train(Sweep sweep, int parallel) {
        KernelProvider kernels = ComputeOptions.kernels(terminal);
        if (resume != null) {
            sweep.plan().requireWithin(Runtime.getRuntime().maxMemory(), parallel);
        }
        SweepReport report = new SweepReport(terminal, json, sweep, parallel, System::nanoTime);
        try (StopSignal signal = new StopSignal(terminal.err())) {
            signal.onSignal(sweep::stop, () -> goingOn("sweep", sweep));
            report.begin("sweeping");
            sweep.listen(report);
            boolean complete = sweep.run(parallel, kernels);
            report.end(complete, "sweep", List.of());
        }
        return Exit.SUCCESS;
    }
}
