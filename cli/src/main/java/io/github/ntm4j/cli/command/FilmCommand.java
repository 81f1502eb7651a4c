package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.TaskOption;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.MachineAtWork;
import io.github.ntm4j.cli.report.PictureFiles;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.report.RowsNotice;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.picture.AnimatedGif;
import io.github.ntm4j.lab.picture.Caption;
import io.github.ntm4j.lab.picture.FilmPicture;
import io.github.ntm4j.lab.picture.MissingFontsException;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.learning.run.Film;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.WorkingMemory;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws one sequence through a training. */
@Command(
        name = "film",
        description = "Draw one sequence through a training, as an animated GIF: how a machine learns.",
        footer = {
            "",
            "One picture for each machine that the run kept on its way (RUN/film; training.snapshots says how",
            "many): what it should have said, what it said, and where its heads wrote and read.",
            "",
            "Examples:",
            "  ntm film runs/copy-ntm-lstm-seed1 --at length=20",
            "  ntm film runs/copy-ntm-lstm-seed1 --pace 500 --out learning.gif",
        })
public final class FilmCommand implements Callable<Integer> {
    private static final String SUFFIX = ".gif";
    private static final int LEAST_PACE = 20;
    private static final int MOST_PACE = 60_000;

    /** How long the last picture stays at least. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "A run directory with a film.")
    private Path run = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "SIZE",
            description = "The size of the sequence, such as length=20 (default: the largest size of training).")
    private @Nullable String at;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the sequence (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--pace",
            paramLabel = "MS",
            defaultValue = "300",
            description = "Milliseconds for each picture; the last one stays for two seconds (default: ${DEFAULT-VALUE}).")
    private int pace;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write, a name that ends in .gif (default: in the run directory).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object with the file and the figures of each machine.")
    private boolean json;

    public FilmCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SequencedMap<Long, Path> frames = check();
        Model last = load(frames.lastEntry().getValue());
        TaskOption.Chosen chosen = new TaskOption().of(last);
        Size size = at == null ? chosen.task().largest() : chosen.task().parse(at);
        Path file = out != null ? out : run.resolve("film-" + PictureFiles.words(size) + "-seed" + seed + SUFFIX);
        RowsNotice.tooFew(last, chosen.task(), List.of(size)).ifPresent(terminal::notice);
        SequencedMap<Long, Trace> film = film(frames, last, chosen.task(), size);
        byte[] bytes = gif(MachineAtWork.caption(last, chosen.name(), size), film, file);
        write(file, bytes);
        report(size, film, file, bytes.length);
        return Exit.SUCCESS;
    }

    /** Refuses what can be refused before anything is computed. */
    private SequencedMap<Long, Path> check() {
        if (out != null && (!out.toString().endsWith(SUFFIX) || out.endsWith(SUFFIX))) {
            throw new UserException("--out " + out + ": expected a name that ends in " + SUFFIX);
        }
        if (pace < LEAST_PACE || pace > MOST_PACE) {
            throw new UserException("--pace: expected a whole number from " + LEAST_PACE + " to " + MOST_PACE + ", got " + pace);
        }
        RunFolder folder = new RunFolder(run);
        if (!Files.isDirectory(run)) {
            throw new UserException(run + ": expected a run directory with a film, found " + (Files.exists(run) ? "a file" : "none"));
        }
        SequencedMap<Long, Path> frames = Film.frames(folder);
        if (frames.isEmpty()) {
            throw new UserException(run + ": expected a run with machines in " + run.relativize(folder.film())
                    + ", found none; training.snapshots says how many a training keeps");
        }
        return frames;
    }

    private static Model load(Path file) {
        return Model.load(file, OptionalInt.empty());
    }

    private SequencedMap<Long, Trace> film(SequencedMap<Long, Path> frames, Model last, Task task, Size size) {
        WorkingMemory.requireDrawing(last.machine(), task.steps(size), false, frames.size());
        KernelProvider kernels = ComputeOptions.kernels(terminal);
        Sequence sequence = MachineAtWork.sequence(task, size, seed);
        SequencedMap<Long, Trace> film = new TreeMap<>();
        frames.forEach((sequences, file) -> {
            Model model = load(file);
            requireAlike(model, last);
            film.put(sequences, new Tracer(model.machine(), model.objective(), kernels)
                    .trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask(), List.of(), false));
        });
        return film;
    }

    private static void requireAlike(Model model, Model last) {
        RunConfig run = RunConfig.of(model);
        RunConfig lastRun = Objects.requireNonNull(RunConfig.of(last));
        if (run == null || !run.machine().equals(lastRun.machine()) || !run.task().sameTask(lastRun.task())) {
            throw new UserException(model.file() + ": expected the machine and the task of " + last.file() + ", found others");
        }
    }

    private byte[] gif(Caption caption, SequencedMap<Long, Trace> film, Path file) {
        Duration each = Duration.ofMillis(pace);
        List<Duration> delays = new ArrayList<>(Collections.nCopies(film.size() - 1, each));
        delays.add(each.compareTo(REST) > 0 ? each : REST);
        try {
            return new AnimatedGif(FilmPicture.of(caption, film), delays).file();
        } catch (MissingFontsException e) {
            throw new RunFailedException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        Path folder = file.getParent();
        if (folder != null) {
            PictureFiles.makeFolder(folder);
        }
        AtomicFiles.write(file, bytes);
    }

    private void report(Size size, SequencedMap<Long, Trace> film, Path file, int bytes) {
        if (!json) {
            terminal.out().println(file + ": " + Figures.count(film.size(), "machine") + ", " + Figures.count(Math.ceilDiv(bytes, 1024)) + " KiB");
            return;
        }
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("at", size.values());
        map.put("seed", seed);
        map.put("file", file.toString());
        map.put("bytes", bytes);
        map.put("machines", film.entrySet().stream().map(FilmCommand::machine).toList());
        Reports.printJson(terminal, map);
    }

    private static SequencedMap<String, Object> machine(Map.Entry<Long, Trace> frame) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("sequences", frame.getKey());
        map.put("bits", frame.getValue().bits());
        map.put("bit_errors", frame.getValue().bitErrors());
        return map;
    }
}
