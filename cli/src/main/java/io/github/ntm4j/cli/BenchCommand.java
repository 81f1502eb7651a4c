package io.github.ntm4j.cli;

import io.github.ntm4j.core.benchmark.Benchmark;
import io.github.ntm4j.core.benchmark.BenchmarkCase;
import io.github.ntm4j.core.benchmark.BenchmarkFigure;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.engine.kernel.KernelProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast this computer trains. */
@Command(
        name = "bench",
        description = "Measure how fast this computer trains, against the most it could do.",
        footer = {
            "",
            "A sequence-step is one time step of one sequence: forwards, backwards and its share of the update.",
            "Operations are those of the machine's definition, two for each multiply-add; the peak is measured in the same run.",
            "Close other programs first: a spread far above 1 says that the computer was busy.",
            "",
            "Examples:",
            "  ntm bench",
            "  ntm bench --seconds 3 --threads 1 --json",
        })
final class BenchCommand implements Callable<Integer> {
    private static final double NOISY = 1.3;

    private final Terminal terminal;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "About how long to take for each case (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ComputeOptions compute;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!(seconds >= 0.1 && seconds <= 3600)) {
            throw new UserException("--seconds: expected 0.1 to 3600, got " + seconds);
        }
        int threads = compute.threads();
        KernelProvider provider = ComputeOptions.kernels(terminal);
        Benchmark benchmark = new Benchmark(provider, seconds);
        SequencedMap<Integer, Double> peaks = new LinkedHashMap<>();
        for (int count = 1; count <= threads; count++) {
            if (count == 1 || count == threads) {
                peaks.put(count, benchmark.peakGflops(count));
            }
        }
        if (!json) {
            peaks.forEach((count, peak) -> terminal.out().println("multiply-add peak, " + Figures.count(count, "thread") + ": "
                    + Figures.measured(peak) + " GFLOP/s (" + provider.description() + ")"));
        }
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (BenchmarkCase c : Benchmark.cases(threads)) {
            BenchmarkFigure figure = benchmark.run(c, peaks.getOrDefault(c.threads(), Double.NaN));
            figures.add(figure);
            if (!json) {
                terminal.out().println(line(figure));
            }
        }
        if (json) {
            Reports.printJson(terminal, object(peaks, figures));
        } else if (figures.stream().anyMatch(figure -> figure.spread() > NOISY)) {
            terminal.out().println("The computer was busy: some repeats took over " + NOISY + " times as long as others.");
        }
        return Exit.SUCCESS;
    }

    private static String line(BenchmarkFigure f) {
        return f.name() + ", batch " + f.batch() + ", " + Figures.count(f.threads(), "thread") + ": "
                + Figures.measured(f.usPerSequenceStep()) + " us per sequence-step, "
                + Figures.measured(f.sequencesPerSecond()) + " sequences/s, " + Figures.measured(f.gflops()) + " GFLOP/s, "
                + Figures.measured(100 * f.shareOfPeak()) + " % of the peak (spread " + Figures.measured(f.spread()) + ")";
    }

    private static SequencedMap<String, Object> object(
            SequencedMap<Integer, Double> peaks, List<BenchmarkFigure> figures) {
        SequencedMap<String, Object> peak = new LinkedHashMap<>();
        peaks.forEach((count, gflops) -> peak.put(String.valueOf(count), Figures.rounded(gflops, 2)));
        List<Object> cases = new ArrayList<>();
        for (BenchmarkFigure f : figures) {
            SequencedMap<String, Object> map = new LinkedHashMap<>();
            map.put("name", f.name());
            map.put("batch", f.batch());
            map.put("threads", f.threads());
            map.put("us_per_sequence_step", Figures.rounded(f.usPerSequenceStep(), 3));
            map.put("sequences_per_second", Figures.rounded(f.sequencesPerSecond(), 1));
            map.put("gflops", Figures.rounded(f.gflops(), 3));
            map.put("share_of_peak", Figures.rounded(f.shareOfPeak(), 4));
            map.put("spread", Figures.rounded(f.spread(), 3));
            cases.add(map);
        }
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        object.put("fma_peak_gflops", peak);
        object.put("cases", cases);
        return object;
    }
}
