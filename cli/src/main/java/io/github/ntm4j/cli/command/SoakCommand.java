package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.Ntm;
import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.soak.Figure;
import io.github.ntm4j.cli.soak.FolderTree;
import io.github.ntm4j.cli.soak.Sample;
import io.github.ntm4j.cli.soak.Soak;
import io.github.ntm4j.cli.soak.Trend;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.StopSignal;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything at once for a long time and looks for what grows. */
@Command(
        name = "soak",
        hidden = true,
        description = "Train, answer and serve the studio at the same time for long, and look for what grows.",
        footer = {
            "",
            "Every few seconds all comes to rest, and the heap, threads, file descriptors and files are counted.",
            "Ends with exit code 1 if anything went wrong, or grew more than it may, see docs/reliability.md.",
            "",
            "Examples:",
            "  ntm soak --minutes 60 --out soak",
            "  ntm soak --minutes 0.2 --json",
        })
public final class SoakCommand implements Callable<Integer> {
    private static final double MOST_MINUTES = 60 * 24 * 7;
    private static final double SECONDS_BETWEEN_LINES = 60;
    private static final int LINES_WHEN_SHORT = 10;

    private final Terminal terminal;
    private double nextLine;

    @Option(names = "--minutes", paramLabel = "N", description = "How long (default: ${DEFAULT-VALUE}).", defaultValue = "60")
    private double minutes;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where its runs and soak.jsonl, the samples, go; new or empty (default: a temporary folder, deleted if all was well).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object at the end, and progress to the error stream.")
    private boolean json;

    public SoakCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new UserException("--minutes: expected more than 0 and at most " + Figures.count((long) MOST_MINUTES) + ", got " + minutes);
        }
        Path folder = folder();
        PrintStream progress = json ? terminal.err() : terminal.out();
        Soak soak = new Soak(
                new Soak.Options(folder, StudioCommand.shippedMachines(), Ntm.Version.text(), minutes * 60, ComputeOptions.kernels(terminal)),
                moment -> say(progress, moment));
        progress.println("soak: " + Figures.duration(minutes * 60) + ", samples in " + soak.file());
        progress.flush();
        try (StopSignal signal = new StopSignal(terminal.err())) {
            signal.onSignal(soak::stop, () -> "the samples are in " + soak.file());
            Soak.Result result = soak.run();
            List<Trend> trends = Trend.of(result.samples());
            if (json) {
                Reports.printJson(terminal, report(result, trends));
            } else {
                print(result, trends);
            }
            judge(result, trends);
        }
        if (out == null) {
            remove(folder);
        }
        return Exit.SUCCESS;
    }

    private static void remove(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(folder, e);
        }
    }

    private Path folder() {
        try {
            if (out == null) {
                return Files.createTempDirectory("ntm4j-soak");
            }
            if (Files.exists(out) && !Files.isDirectory(out)) {
                throw new UserException("--out " + out + ": it is a file; expected a new or empty directory");
            }
            Files.createDirectories(out);
            try (Stream<Path> inside = Files.list(out)) {
                if (inside.findAny().isPresent()) {
                    throw new UserException("--out " + out + ": expected a new or empty directory, found files in it");
                }
            }
            return out;
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(out == null ? Path.of(System.getProperty("java.io.tmpdir", "")) : out, e);
        }
    }

    private void say(PrintStream progress, Soak.Moment moment) {
        Sample sample = moment.sample();
        if (sample.seconds() < nextLine) {
            return;
        }
        nextLine = sample.seconds() + Math.min(SECONDS_BETWEEN_LINES, minutes * 60 / LINES_WHEN_SHORT);
        progress.println(Figures.clock(sample.seconds()) + "  heap " + amount(Figure.HEAP, sample.of(Figure.HEAP))
                + ", threads " + sample.of(Figure.THREADS) + " + " + sample.of(Figure.VIRTUAL_THREADS) + " virtual, descriptors "
                + sample.of(Figure.DESCRIPTORS) + ", files " + sample.of(Figure.FILES) + "; " + operations(moment.done()));
        progress.flush();
    }

    private static String operations(SequencedMap<String, Long> done) {
        return String.join(", ", done.entrySet().stream().map(e -> e.getKey().replace('_', ' ') + " " + Figures.count(e.getValue())).toList());
    }

    private static String amount(Figure figure, long value) {
        return figure.bytes() ? mebibytes((double) value) : Figures.count(value);
    }

    private static String slope(Trend trend) {
        return trend.figure().bytes() ? mebibytes(trend.perHour()) : String.format(Locale.ROOT, "%.2f", trend.perHour());
    }

    private static String mebibytes(double bytes) {
        return String.format(Locale.ROOT, "%.2f MiB", bytes / (1 << 20));
    }

    private void print(Soak.Result result, List<Trend> trends) {
        PrintStream to = terminal.out();
        to.println("done: " + operations(result.done()));
        if (trends.isEmpty()) {
            to.println("too short for a trend: expected several samples after the warm-up, which takes 20 s at least");
        } else {
            row(to, "after the warm-up", "first", "last", "peak", "slope per hour", "may grow by");
            for (Trend trend : trends) {
                Figure figure = trend.figure();
                long allowance = figure.allowance(trend.first());
                row(
                        to,
                        figure.label(),
                        amount(figure, trend.first()),
                        amount(figure, trend.last()),
                        amount(figure, trend.peak()),
                        slope(trend),
                        allowance == Long.MAX_VALUE ? "-" : amount(figure, allowance));
            }
        }
        to.flush();
    }

    private static void row(PrintStream to, String label, String first, String last, String peak, String slope, String allowance) {
        to.printf(Locale.ROOT, "%-22s %12s %12s %12s %14s %12s%n", label, first, last, peak, slope, allowance);
    }

    private static SequencedMap<String, @Nullable Object> report(Soak.Result result, List<Trend> trends) {
        SequencedMap<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("seconds", result.samples().isEmpty() ? 0 : Figures.rounded(result.samples().getLast().seconds(), 1));
        report.put("samples", result.samples().size());
        report.put("done", result.done());
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        for (Trend trend : trends) {
            SequencedMap<String, Object> figure = new LinkedHashMap<>();
            figure.put("first", trend.first());
            figure.put("last", trend.last());
            figure.put("peak", trend.peak());
            figure.put("per_hour", Figures.rounded(trend.perHour(), 3));
            figure.put("exceeded", trend.exceeded());
            figures.put(trend.figure().key(), figure);
        }
        report.put("figures", figures);
        RunFailedException problem = result.problem();
        report.put("problem", problem == null ? null : problem.getMessage());
        return report;
    }

    private static void judge(Soak.Result result, List<Trend> trends) {
        if (result.problem() != null) {
            throw result.problem();
        }
        String grown = String.join("; ", trends.stream().filter(Trend::exceeded).map(SoakCommand::describe).toList());
        if (!grown.isEmpty()) {
            throw new RunFailedException(grown);
        }
    }

    private static String describe(Trend trend) {
        Figure figure = trend.figure();
        long allowance = figure.allowance(trend.first());
        return figure.label() + ": expected " + amount(figure, trend.first()) + " as after the warm-up"
                + (allowance == 0 ? "" : ", and at most " + amount(figure, allowance) + " more") + ", found " + amount(figure, trend.last());
    }
}
