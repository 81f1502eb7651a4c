package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.ReadingOption;
import io.github.ntm4j.cli.option.TaskOption;
import io.github.ntm4j.cli.report.ExplanationReport;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.MachineAtWork;
import io.github.ntm4j.cli.report.PictureFiles;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.report.RowsNotice;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.lab.explanation.Assessment;
import io.github.ntm4j.lab.explanation.Explanation;
import io.github.ntm4j.lab.explanation.ExplanationMaps;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Files;
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

/** Draws a machine at work. */
@Command(
        name = "show",
        description = "Draw a machine at work on one sequence: Figure 6 of Graves, Wayne and Danihelka 2014.",
        footer = {
            "",
            "The pictures show inputs, targets, outputs and errors; what was added and read; and where every",
            "head wrote and read. Below them stands what the heads do in words, with a confidence, and what is odd",
            "about it; docs/in-words.md explains them.",
            "",
            "Examples:",
            "  ntm show runs/copy-ntm-lstm-seed1 --at length=20",
            "  ntm show model.safetensors --task copy --at length=100 --rows 256 --out pictures",
        })
public final class ShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "A run directory (its best checkpoint is taken) or a checkpoint.")
    private Path run = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "SIZE",
            description = "The size of the sequence, such as length=20 (default: the largest size of training).")
    private @Nullable String at;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the sequence (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--rows", paramLabel = "N", description = "Give the memory another number of rows than in training.")
    private @Nullable Integer rows;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write (default: the run directory; for a checkpoint, the current one).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object with the figures, the files, the programme and the health card.")
    private boolean json;

    @Mixin
    private TaskOption taskOption;

    @Mixin
    private ReadingOption reading;

    public ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Model model = reading.load(run, rows, terminal);
        TaskOption.Chosen chosen = taskOption.of(model);
        Task task = chosen.task();
        Size size = at == null ? task.largest() : task.parse(at);
        MachineAtWork work = MachineAtWork.on(model, task, chosen.name(), size, seed, ComputeOptions.kernels(terminal));
        Path folder = out != null ? out : Files.isDirectory(run) ? run : Path.of("");
        List<Path> files = PictureFiles.write(terminal, work.picture(), folder, name(size));
        List<String> notices = new ArrayList<>();
        RowsNotice.tooFew(model, task, List.of(size)).ifPresent(notices::add);
        if (rows != null) {
            RowsNotice.blurred(model, task, size, ComputeOptions.kernels(terminal)).ifPresent(notices::add);
        }
        notices.forEach(terminal::notice);
        report(size, work, files, notices);
        return Exit.SUCCESS;
    }

    private void report(Size size, MachineAtWork work, List<Path> files, List<String> notices) {
        Trace trace = work.trace();
        Explanation explanation = Explanation.of(trace);
        Assessment assessment = Assessment.of(trace, explanation, work.optimum());
        if (json) {
            SequencedMap<String, Object> map = new LinkedHashMap<>();
            map.put("at", size.values());
            map.put("seed", seed);
            map.put("bits", trace.bits());
            map.put("bit_errors", trace.bitErrors());
            map.put("files", files.stream().map(Path::toString).toList());
            if (!notices.isEmpty()) {
                map.put("notices", notices);
            }
            map.put("programme", ExplanationMaps.of(explanation.programme()));
            map.put("health", ExplanationMaps.of(explanation.health()));
            map.put("assessment", ExplanationMaps.of(assessment));
            Reports.printJson(terminal, map);
        } else {
            terminal.out().println(size + ", seed " + seed + ": " + Figures.measured(trace.bits()) + " bits, "
                    + Figures.count(trace.bitErrors(), "bit error"));
            files.forEach(file -> terminal.out().println(file));
            ExplanationReport.print(terminal, explanation, assessment);
        }
    }

    /** {@code sequence-length20-seed1}. */
    private String name(Size size) {
        return "sequence-" + PictureFiles.words(size) + (rows == null ? "" : "-rows" + rows) + "-seed" + seed;
    }
}
