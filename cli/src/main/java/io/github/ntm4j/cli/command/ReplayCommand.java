package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.run.DivergenceBundle.Cause;
import io.github.ntm4j.learning.run.DivergenceBundle;
import io.github.ntm4j.learning.training.Replay;
import io.github.ntm4j.machines.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the update again at which a training diverged. */
@Command(
        name = "replay",
        description = "Make the update again at which a training diverged, and name the first value that is not finite.",
        footer = {
            "",
            "A training that diverges leaves the batch, the weights and the moments of its last update in the",
            "folder diverged of its run. The exit code is 1 if the update has another fault than it had then.",
            "",
            "Examples:",
            "  ntm replay runs/copy-ntm-lstm-seed1",
            "  ntm replay runs/copy-ntm-lstm-seed1/diverged --json",
        })
public final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "The directory of a run that diverged, or its folder diverged.")
    private Path path = Path.of("");

    @Mixin
    private ComputeOptions compute;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    public ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int threads = compute.threads();
        DivergenceBundle bundle = DivergenceBundle.read(path);
        Optional<Replay.Finding> found = bundle.replay(threads, ComputeOptions.kernels(terminal));
        Cause cause = bundle.cause();
        boolean reproduced = found.isPresent() && found.get().what() == cause.notFinite();
        if (json) {
            SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>(Settings.describe(cause));
            map.put("bundle", bundle.folder().toString());
            map.put("reproduced", reproduced);
            map.put("found", found.map(Replay.Finding::what).map(Settings::text).orElse(null));
            map.put("first", found.map(Replay.Finding::first).orElse(null));
            Reports.printJson(terminal, map);
        } else {
            terminal.out().println("update " + Figures.count(cause.update()) + ", after " + Figures.count(cause.sequences(), "sequence") + ": "
                    + found.map(finding -> finding.what().reason()).orElse("everything is finite"));
            found.ifPresent(finding -> terminal.out().println("first: " + terminal.bold(finding.first())));
            terminal.out().flush();
        }
        if (!reproduced) {
            terminal.err().println("ntm: " + bundle.folder() + ": in the training " + cause.notFinite().reason()
                    + ", in this replay " + found.map(finding -> finding.what().reason()).orElse("everything is finite"));
        }
        return reproduced ? Exit.SUCCESS : Exit.FAILED;
    }
}
