package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.SettingOptions;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.ProgressReport;
import io.github.ntm4j.cli.report.TrainingSummary;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.StopSignal;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.run.RunDirectory;
import io.github.ntm4j.learning.task.DataSurvey;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a machine on a task. */
@Command(
        name = "train",
        description = "Train a machine on a task until it is solved.",
        footer = {
            "",
            "The run directory holds config.yaml, environment.json, metrics.jsonl, checkpoints/, curve.svg,",
            "film/ and events for TensorBoard. Ctrl-C stops a training after a last checkpoint; --resume goes on",
            "with it, to the same bits.",
            "",
            "Examples:",
            "  ntm train copy",
            "  ntm train copy --seed 5 --sequences 2000 --json",
            "  ntm train copy --preset graves-2014 --set training.learning_rate=3e-4",
            "  ntm train copy --machine lstm --set machine.controller_layers=2 --print-config",
            "  ntm train --config my.yaml --out runs/mine",
            "  ntm train my-data.jsonl --machine ntm-lstm",
            "  ntm train --resume runs/copy-ntm-lstm-seed1 --sequences 200000",
        })
public final class TrainCommand implements Callable<Integer> {
    /** Where runs go unless somebody says otherwise. */
    public static final Path RUNS = Path.of("runs");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TASK", description = "The task, see ntm tasks, or a file of sequences in JSON Lines.")
    private @Nullable String task;

    @Mixin
    private SettingOptions settings;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run directory (default: runs/TASK-MACHINE-seedN, with -2, -3, ... where there is one).")
    private @Nullable Path out;

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with a run from its last checkpoint.")
    private @Nullable Path resume;

    @Option(names = "--print-config", description = "Print all settings in YAML and exit.")
    private boolean printConfig;

    @Option(names = "--json", description = "Print one JSON object at the end, and progress to the error stream.")
    private boolean json;

    public TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int threads = compute.threads();
        if (resume != null) {
            refuseBesideResume();
            ConfigTree changes = settings.changes();
            KernelProvider kernels = ComputeOptions.kernels(terminal);
            try (StopSignal signal = new StopSignal(terminal.err());
                    Run run = Run.resume(resume, changes, threads, kernels)) {
                return train(run, signal, threads, kernels);
            }
        }
        ConfigTree given = settings.given(task);
        if (!given.has("task.name")) {
            throw new ParameterException(spec.commandLine(), "expected a task, such as: ntm train copy");
        }
        Optional<DataSurvey> data = DataSurvey.of(given);
        RunConfig config = RunConfig.resolve(data.map(DataSurvey::settings).orElse(given));
        if (printConfig) {
            if (json) {
                throw new UserException("--json contradicts --print-config, which prints YAML");
            }
            terminal.out().print(Yaml.text(config.toMap()));
            return Exit.SUCCESS;
        }
        KernelProvider kernels = ComputeOptions.kernels(terminal);
        try (StopSignal signal = new StopSignal(terminal.err());
                RunDirectory directory = out == null ? RunDirectory.next(RUNS, config) : RunDirectory.of(out);
                Run run = data.isPresent()
                        ? Run.start(directory.path(), config, data.get().task(), threads, kernels)
                        : Run.start(directory.path(), config, threads, kernels)) {
            data.ifPresent(survey -> survey.report().lines().forEach(terminal.err()::println));
            return train(run, signal, threads, kernels);
        }
    }

    private void refuseBesideResume() {
        List<String> others = new ArrayList<>(settings.fixedAtStart());
        if (task != null) {
            others.add("the task " + UserException.quote(task));
        }
        if (out != null) {
            others.add("--out");
        }
        if (printConfig) {
            others.add("--print-config");
        }
        if (!others.isEmpty()) {
            throw new UserException("--resume contradicts " + String.join(", ", others)
                    + ": a run goes on with its own task, machine and seed in its own directory");
        }
    }

    private int train(Run run, StopSignal signal, int threads, KernelProvider kernels) {
        signal.onSignal(run.trainer()::stop, () -> run.saved().isPresent()
                ? "the last checkpoint, after " + Figures.count(run.saved().getAsLong(), "sequence") + ", is in " + run.folder().last()
                : "there is no checkpoint yet");
        TrainingSummary summary = new TrainingSummary(terminal, json);
        summary.begin(run, threads);
        ProgressReport progress =
                new ProgressReport(terminal, json, run.config(), System::nanoTime);
        run.trainer().listen(progress);
        run.onNotice(progress::notice);
        Outcome outcome;
        try {
            outcome = run.train();
        } finally {
            progress.clear();
        }
        return summary.end(run, outcome, threads, kernels, signal::requested);
    }
}
