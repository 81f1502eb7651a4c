package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.JobsOption;
import io.github.ntm4j.cli.report.Names;
import io.github.ntm4j.cli.report.ReproductionReport;
import io.github.ntm4j.cli.report.SweepReport;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.StopSignal;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.run.RunDirectory;
import io.github.ntm4j.learning.suite.Suite;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the experiments of the paper and writes a report. */
@Command(
        name = "reproduce",
        description = "Run the experiments of the paper and write a report.",
        footer = {
            "",
            "Trains every task with every machine and several seeds, measures each machine within and beyond its",
            "training range, and writes report.html and report.md beside the files of a sweep. Ctrl-C stops after",
            "a checkpoint; --resume goes on.",
            "",
            "Examples:",
            "  ntm reproduce --quick",
            "  ntm reproduce --task copy --task associative-recall --seeds 1..10",
            "  ntm reproduce --preset graves-2014 --machine ntm-ff",
            "  ntm reproduce --resume reproductions/default",
        })
public final class ReproduceCommand implements Callable<Integer> {
    private static final Path REPRODUCTIONS = Path.of("reproductions");

    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "SUITE",
            defaultValue = Suite.USUAL,
            description = "Which experiments: paper, or a file of one's own that ends in .yaml (default: ${DEFAULT-VALUE}).")
    private String suiteName = Suite.USUAL;

    @Option(names = "--quick", description = "One seed of each machine with a memory, with smaller budgets: all tasks in some minutes.")
    private boolean quick;

    @Option(names = "--task", paramLabel = "TASK", description = "A task; may be repeated (default: all five).")
    private List<String> tasks = new ArrayList<>();

    @Option(names = "--machine", paramLabel = "MACHINE", description = "A machine; may be repeated (default: all three).")
    private List<String> machines = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "The seeds of each experiment, such as 1..10 (default: 1..5).")
    private @Nullable String seeds;

    @Option(names = "--preset", paramLabel = "PRESET", description = "The settings to begin with, see ntm train --help (default: default).")
    private @Nullable String preset;

    @Option(names = "--sequences", paramLabel = "N", description = "The budget of each training, instead of its task's.")
    private @Nullable String sequences;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder (default: reproductions/PRESET or reproductions/quick, with -2, -3, ... where there is one).")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with a reproduction.")
    private @Nullable Path resume;

    @Option(names = "--json", description = "Print one JSON object at the end, and progress to the error stream.")
    private boolean json;

    @Mixin
    private JobsOption jobs;

    public ReproduceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int parallel = jobs.jobs();
        if (resume != null) {
            refuseBesideResume();
            Sweep sweep = Sweep.resume(resume);
            sweep.plan().requireWithin(Runtime.getRuntime().maxMemory(), parallel);
            return train(sweep, parallel);
        }
        Suite suite = Suite.named(suiteName);
        SweepPlan plan = plan(suite);
        plan.requireWithin(Runtime.getRuntime().maxMemory(), parallel);
        String first = suiteName.equals(Suite.USUAL) ? "" : suite.name() + "-";
        String name = first + (quick ? "quick" : Names.preset(preset).name());
        try (RunDirectory directory = out == null ? RunDirectory.next(REPRODUCTIONS, name) : RunDirectory.of(out)) {
            return train(Sweep.start(directory.path(), plan), parallel);
        }
    }

    private SweepPlan plan(Suite suite) {
        Preset chosen = Names.preset(preset);
        ConfigTree given = ConfigTree.of(Map.of("preset", chosen.name()), "--preset");
        if (sequences != null) {
            given = given.with(ConfigTree.option("--sequences", "training.sequences", sequences));
        }
        List<String> all = quick ? suite.quickMachines() : suite.machines();
        String usual = quick ? suite.quickSeeds() : suite.seeds();
        return suite.plan(
                given,
                names(tasks, suite.tasks(), "task"),
                machines.isEmpty() ? all : names(machines, suite.machines(), "machine"),
                seeds == null ? usual : seeds,
                seeds == null ? suiteName + ": seeds" : "--seeds",
                quick);
    }

    private static List<String> names(List<String> given, List<String> known, String kind) {
        given.forEach(name -> Names.known(name, known, kind));
        for (String name : given) {
            if (given.indexOf(name) != given.lastIndexOf(name)) {
                throw new UserException("--" + kind + " " + name + " is given twice");
            }
        }
        return given.isEmpty() ? known : given;
    }

    private void refuseBesideResume() {
        Map<String, Boolean> others = new LinkedHashMap<>();
        others.put(suiteName, !suiteName.equals(Suite.USUAL));
        others.put("--quick", quick);
        others.put("--task", !tasks.isEmpty());
        others.put("--machine", !machines.isEmpty());
        others.put("--seeds", seeds != null);
        others.put("--preset", preset != null);
        others.put("--sequences", sequences != null);
        others.put("--out", out != null);
        others.values().removeIf(given -> !given);
        if (!others.isEmpty()) {
            throw new UserException("--resume contradicts " + String.join(", ", others.keySet())
                    + ": a reproduction goes on with its own experiments in its own folder");
        }
    }

    private int train(Sweep sweep, int parallel) {
        KernelProvider kernels = ComputeOptions.kernels(terminal);
        SweepReport progress = new SweepReport(terminal, json, sweep, parallel, System::nanoTime);
        try (StopSignal signal = new StopSignal(terminal.err())) {
            signal.onSignal(sweep::stop, () -> SweepCommand.goingOn("reproduce", sweep));
            progress.begin("reproducing");
            sweep.listen(progress);
            sweep.measureCases();
            boolean complete = sweep.run(parallel, kernels);
            List<Path> files = sweep.results().isEmpty() ? List.of() : new ReproductionReport(sweep, kernels).write();
            progress.end(complete, "reproduce", files);
        }
        return Exit.SUCCESS;
    }
}
