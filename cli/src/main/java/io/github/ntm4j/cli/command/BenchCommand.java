package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.bench.BenchRecords;
import io.github.ntm4j.cli.bench.BenchResults;
import io.github.ntm4j.cli.bench.BenchTables;
import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.MarkedTables;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.benchmark.Bandwidth;
import io.github.ntm4j.lab.benchmark.Baseline;
import io.github.ntm4j.lab.benchmark.Benchmark;
import io.github.ntm4j.lab.benchmark.BenchmarkCase;
import io.github.ntm4j.lab.benchmark.BenchmarkFigure;
import io.github.ntm4j.lab.benchmark.CostMap;
import io.github.ntm4j.lab.benchmark.CostMapper;
import io.github.ntm4j.lab.benchmark.InferenceBenchmark;
import io.github.ntm4j.lab.benchmark.InferenceFigure;
import io.github.ntm4j.lab.benchmark.MemoryBenchmark;
import io.github.ntm4j.lab.benchmark.MemoryFigure;
import io.github.ntm4j.learning.run.Environment;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast this computer trains and runs machines. */
@Command(
        name = "bench",
        description = "Measure how fast this computer trains, against the most it could do.",
        footer = {
            "",
            "A sequence-step is one time step of one sequence: forwards, backwards and its share of the update.",
            "Operations are those of the machine's definition, two for each multiply-add; the peak is measured",
            "before and after each case. Close other programs first: a spread far above 1 says that the computer was busy.",
            "--check compares shares of the peak; a case that fell is measured again before it counts.",
            "",
            "Examples:",
            "  ntm bench",
            "  ntm bench --case copy --seconds 3 --threads 1 --json",
            "  ntm bench --map",
            "  ntm bench --map --case dnc",
            "  ntm bench --save before.json",
            "  ntm bench --check before.json",
            "  ntm bench --write docs/performance.md",
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String USUAL = MachineKinds.usual().name();
    private static final double NOISY = 1.3;
    private static final int SESSIONS = 64;
    private static final int ATTEMPTS = 3;
    private static final int DEFAULT_WIDTH = 20;
    private static final int DEFAULT_ROWS = 128;

    private final Terminal terminal;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "About how long to take for each case (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--case",
            paramLabel = "TEXT",
            description = "Measure only cases with this in their names, such as 'copy' or 'batch 1,'; may be repeated.")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--map", description = "Print where the time of a training step goes instead, operation by operation: "
            + "of the usual machine, or of those of the cases that are wanted.")
    private boolean map;

    @Option(names = "--write", paramLabel = "FILE", description = "Measure everything and renew the tables of this page.")
    private @Nullable Path write;

    @Option(names = "--save", paramLabel = "FILE", description = "Keep the results in this file, for --check.")
    private @Nullable Path save;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "Fail if a case reaches less of the peak than in this file, from --save or --json.")
    private @Nullable Path check;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "How much less --check lets pass (default: ${DEFAULT-VALUE}), or the spread of the repeats if that is more.")
    private double tolerance;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ComputeOptions compute;

    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        checkOptions();
        int threads = compute.threads();
        KernelProvider provider = ComputeOptions.kernels(terminal);
        Benchmark benchmark = new Benchmark(provider, seconds);
        MarkedTables page = write == null ? null : MarkedTables.read(write, BenchTables.NAMES);
        Baseline baseline = check == null ? null : Baseline.read(check);
        if (baseline != null && baseline.lanes() != benchmark.lanes()) {
            throw new UserException(check + ": expected a run with vectors of " + benchmark.lanes() + " floats as this one, got "
                    + baseline.lanes());
        }
        List<BenchmarkCase> cases = selected(threads, baseline);

        BenchResults results = new BenchResults(benchmark.lanes(), Environment.describe(provider, threads));
        measurePeaks(results, benchmark, provider, map && page == null ? 1 : threads);
        List<String> falls = new ArrayList<>();
        if (!map || page != null) {
            for (BenchmarkCase c : cases) {
                measure(results, benchmark, c, baseline, falls);
            }
            results.speedup(Benchmark.speedup(results.cases()));
            results.speedup().ifPresent(ratio -> say("copy " + USUAL + ", batch 32: " + Figures.count(threads, "thread") + " are "
                    + Figures.measured(ratio) + " times as fast as one"));
            if (baseline == null) {
                measureUse(results, provider, threads);
                measureMemory(results, provider, page != null);
            }
        }
        if (map || page != null) {
            measureMaps(results, benchmark, provider, wanted.isEmpty() ? List.of() : cases);
        }
        finish(results, page);
        falls.forEach(fall -> terminal.err().println("ntm: " + fall));
        return falls.isEmpty() ? Exit.SUCCESS : Exit.FAILED;
    }

    private void checkOptions() {
        if (!(seconds >= 0.1 && seconds <= 3600)) {
            throw new UserException("--seconds: expected 0.1 to 3600, got " + seconds);
        }
        if (!(tolerance >= 0 && tolerance < 100)) {
            throw new UserException("--tolerance: expected 0 to 99, got " + tolerance);
        }
        String whole = write != null ? "--write" : map ? "--map" : "";
        String part = !wanted.isEmpty() && write != null ? "--case" : save != null ? "--save" : check != null ? "--check" : "";
        if (!whole.isEmpty() && !part.isEmpty()) {
            throw new UserException(part + " contradicts " + whole + ": it is about some of the cases");
        }
    }

    /** The training cases to measure. */
    private List<BenchmarkCase> selected(int threads, @Nullable Baseline baseline) {
        List<BenchmarkCase> all = Benchmark.cases(threads);
        List<String> others = List.of(one(), sideBySide(threads), memory());
        for (String text : wanted) {
            if (Stream.concat(all.stream().map(BenchmarkCase::label), others.stream()).noneMatch(label -> label.contains(text))) {
                List<String> labels = Stream.concat(all.stream().map(BenchmarkCase::label), others.stream()).toList();
                throw new UserException("--case " + text + ": no such case; there are: " + String.join("; ", labels));
            }
        }
        List<BenchmarkCase> cases = all.stream().filter(c -> isWanted(c.label())).toList();
        if (baseline == null) {
            return cases;
        }
        List<BenchmarkCase> known = cases.stream().filter(c -> baseline.shares().containsKey(c.label())).toList();
        if (known.isEmpty()) {
            throw new UserException(check + ": expected a case that is to be measured, got only: "
                    + String.join("; ", baseline.shares().keySet()));
        }
        return known;
    }

    private boolean isWanted(String label) {
        return wanted.isEmpty() || wanted.stream().anyMatch(label::contains);
    }

    private static String one() {
        return "session of " + USUAL + ", 1 thread";
    }

    private static String sideBySide(int threads) {
        return SESSIONS + " sessions of one " + USUAL + ", " + Figures.count(threads, "thread");
    }

    private static String memory() {
        return "memory of " + Figures.count(MemoryBenchmark.ROWS) + " x " + MemoryBenchmark.WIDTH + ", 1 thread";
    }

    private void measurePeaks(BenchResults results, Benchmark benchmark, KernelProvider provider, int threads) {
        for (int count : threads == 1 ? new int[] {1} : new int[] {1, threads}) {
            double peak = benchmark.peakGflops(count);
            results.peaks().put(count, peak);
            say("multiply-add peak, " + Figures.count(count, "thread") + ": " + Figures.measured(peak) + " GFLOP/s ("
                    + provider.description() + ")");
        }
    }

    /** Measures a case; again if it seems to have fallen. */
    private void measure(
            BenchResults results, Benchmark benchmark, BenchmarkCase c, @Nullable Baseline baseline, List<String> falls) {
        BenchmarkFigure best = benchmark.run(c);
        if (baseline != null) {
            for (int attempt = 1; attempt < ATTEMPTS && fall(baseline, best) > tolerance / 100; attempt++) {
                BenchmarkFigure again = benchmark.run(c);
                best = again.shareOfPeak() > best.shareOfPeak() ? again : best;
            }
        }
        results.cases().add(best);
        say(line(best));
        if (baseline != null) {
            judge(best, fall(baseline, best), falls);
        }
    }

    private static double fall(Baseline baseline, BenchmarkFigure figure) {
        return baseline.fall(figure).orElse(0);
    }

    private void judge(BenchmarkFigure figure, double fall, List<String> falls) {
        double noise = 1 - 1 / figure.spread();
        if (fall <= tolerance / 100) {
            return;
        }
        String less = figure.label() + ": " + percent(figure.shareOfPeak()) + " of the peak, " + percent(fall) + " less than in " + check;
        if (fall <= noise) {
            say(less + ", but its repeats differ by " + percent(noise) + ": too noisy to tell");
        } else {
            falls.add(less + "; " + Figures.measured(Math.max(tolerance, 100 * noise)) + " % would pass");
        }
    }

    private void measureUse(BenchResults results, KernelProvider provider, int threads) {
        InferenceBenchmark use = new InferenceBenchmark(provider, seconds);
        if (isWanted(one())) {
            InferenceFigure f = use.one();
            results.inference().add(f);
            say(one() + ": " + Figures.measured(f.usPerStep()) + " us per step, " + Figures.measured(f.bytesPerStep())
                    + " bytes allocated (spread " + Figures.measured(f.spread()) + ")");
        }
        if (isWanted(sideBySide(threads))) {
            InferenceFigure f = use.sideBySide(Math.max(SESSIONS, threads), threads);
            results.inference().add(f);
            say(sideBySide(threads) + ": " + Figures.measured(f.stepsPerSecond()) + " steps/s (spread "
                    + Figures.measured(f.spread()) + ")");
        }
    }

    private void measureMemory(BenchResults results, KernelProvider provider, boolean scaling) {
        if (!isWanted(memory())) {
            return;
        }
        Bandwidth bandwidth = Bandwidth.measure(provider);
        results.bandwidth(bandwidth);
        MemoryBenchmark benchmark = new MemoryBenchmark(provider, seconds);
        for (int rows = scaling ? 1024 : MemoryBenchmark.ROWS; rows <= MemoryBenchmark.ROWS; rows *= 4) {
            results.rows().add(benchmark.run(rows, MemoryBenchmark.WIDTH, MemoryBenchmark.STEPS, bandwidth));
        }
        for (int steps = 20; scaling && steps <= 2500; steps *= 5) {
            results.lengths().add(benchmark.run(DEFAULT_ROWS, DEFAULT_WIDTH, steps, bandwidth));
        }
        MemoryFigure f = results.rows().getLast();
        say(memory() + ": " + Figures.measured(f.forwardUs()) + " us per step forwards, " + Figures.measured(f.backwardUs())
                + " backwards, " + Figures.measured(f.gigabytesPerSecond()) + " GB/s of the least passes over memory, "
                + percent(f.shareOfBandwidth()) + " of the bandwidth of " + Figures.measured(f.bandwidthGbs()) + " GB/s (spread "
                + Figures.measured(f.spread()) + ")");
    }

    /** Of the usual machine, or of the machines of some cases, each once. */
    private void measureMaps(BenchResults results, Benchmark benchmark, KernelProvider provider, List<BenchmarkCase> cases) {
        SequencedMap<MachineConfig, String> machines = new LinkedHashMap<>();
        cases.forEach(c -> machines.putIfAbsent(c.machine(), c.name()));
        if (machines.isEmpty()) {
            machines.put(MachineKinds.usual().defaults(), USUAL);
        }
        Bandwidth bandwidth = results.bandwidth();
        if (bandwidth == null) {
            bandwidth = Bandwidth.measure(provider);
            results.bandwidth(bandwidth);
        }
        say("");
        say(BenchTables.bandwidth(bandwidth));
        for (Map.Entry<MachineConfig, String> machine : machines.entrySet()) {
            for (int batch : new int[] {1, 4}) {
                measureMap(results, benchmark, new CostMapper(machine.getValue(), machine.getKey(), batch, provider), bandwidth);
            }
        }
    }

    private void measureMap(BenchResults results, Benchmark benchmark, CostMapper mapper, Bandwidth bandwidth) {
        results.peaks().merge(1, benchmark.peakGflops(1), Math::max);
        CostMap costs = mapper.measure(seconds, results.peaks().getOrDefault(1, Double.NaN), bandwidth);
        results.maps().add(costs);
        say("\n" + costs.machine() + ", " + Figures.count(costs.batch(), "sequence") + " at once, " + costs.steps()
                + " steps, 1 thread; microseconds for one step of one sequence; b: the floor is one of bytes\n\n"
                + BenchTables.map(costs));
    }

    private void finish(BenchResults results, @Nullable MarkedTables page) {
        if (json) {
            Reports.printJson(terminal, BenchRecords.of(results));
        } else if (results.spread() > NOISY) {
            say("The computer was busy: some repeats took over " + NOISY + " times as long as others.");
        }
        if (save != null) {
            AtomicFiles.write(save, ConfigWriter.toPrettyJson(BenchRecords.of(results)));
        }
        if (page != null) {
            // Read again: somebody may have written in it meanwhile.
            MarkedTables now = MarkedTables.read(page.file(), BenchTables.NAMES);
            AtomicFiles.write(now.file(), now.with(BenchTables.all(results)));
        }
    }

    private void say(String line) {
        if (!json) {
            terminal.out().println(line);
            terminal.out().flush();
        }
    }

    private static String percent(double share) {
        return Figures.measured(100 * share) + " %";
    }

    private static String line(BenchmarkFigure f) {
        return f.label() + ": " + Figures.measured(f.usPerSequenceStep()) + " us per sequence-step, "
                + Figures.measured(f.sequencesPerSecond()) + " sequences/s, " + Figures.measured(f.gflops()) + " GFLOP/s, "
                + percent(f.shareOfPeak()) + " of the peak (spread " + Figures.measured(f.spread()) + ")";
    }
}
