package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.report.PictureFiles;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.lab.record.Curves;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws learning curves. */
@Command(
        name = "plot",
        description = "Draw the learning curves of runs, as curve.svg and curve.png.",
        footer = {
            "",
            "Examples:",
            "  ntm plot runs/copy-ntm-lstm-seed1",
            "  ntm plot runs/copy-ntm-lstm-seed* --out pictures",
        })
public final class PlotCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run directories.")
    private List<Path> runs = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write (default: the run directory; for several runs, the current one).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object with the files.")
    private boolean json;

    public PlotCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<RunFolder> folders = runs.stream().map(PlotCommand::folder).toList();
        Path target = out != null ? out : runs.size() == 1 ? runs.getFirst() : Path.of("");
        List<Path> files = PictureFiles.write(terminal, Curves.ofRuns(folders), target, "curve");
        if (json) {
            Reports.printJson(terminal, Map.of("files", files.stream().map(Path::toString).toList()));
        } else {
            files.forEach(file -> terminal.out().println(file));
        }
        return Exit.SUCCESS;
    }

    private static RunFolder folder(Path path) {
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(folder.metrics())) {
            throw new UserException(path + ": expected a run directory with " + folder.metrics().getFileName() + ", found none");
        }
        return folder;
    }
}
