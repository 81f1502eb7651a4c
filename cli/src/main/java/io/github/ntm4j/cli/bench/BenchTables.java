package io.github.ntm4j.cli.bench;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.MarkdownTable;
import io.github.ntm4j.lab.benchmark.Bandwidth;
import io.github.ntm4j.lab.benchmark.BenchmarkFigure;
import io.github.ntm4j.lab.benchmark.Cost;
import io.github.ntm4j.lab.benchmark.CostLine;
import io.github.ntm4j.lab.benchmark.CostMap;
import io.github.ntm4j.lab.benchmark.InferenceFigure;
import io.github.ntm4j.lab.benchmark.MemoryFigure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Measurements as tables in Markdown: those of {@code docs/performance.md}, and what {@code ntm bench --map} prints. */
public final class BenchTables {
    /** The tables of {@code docs/performance.md}, in no order that matters. */
    public static final List<String> NAMES =
            List.of("computer", "bandwidth", "cases", "inference", "rows", "length", "map of batch 1", "map of batch 4");

    private static final String NOTHING = "";

    private BenchTables() {}

    /** All of {@link #NAMES}, from results that have everything. */
    public static SequencedMap<String, String> all(BenchResults results) {
        SequencedMap<String, String> tables = new LinkedHashMap<>();
        tables.put("computer", computer(results));
        Bandwidth bandwidth = results.bandwidth();
        if (bandwidth != null) {
            tables.put("bandwidth", bandwidth(bandwidth));
        }
        tables.put("cases", cases(results));
        tables.put("inference", inference(results));
        tables.put("rows", memory(results.rows()));
        tables.put("length", memory(results.lengths()));
        results.maps().forEach(map -> tables.put("map of batch " + map.batch(), map(map)));
        return tables;
    }

    private static String computer(BenchResults results) {
        List<List<String>> lines = new ArrayList<>();
        for (String key : List.of("cpu", "os", "java", "kernels", "git")) {
            lines.add(List.of(key, String.valueOf(results.environment().get(key))));
        }
        results.peaks().forEach((threads, gflops) ->
                lines.add(List.of("multiply-add peak, " + Figures.count(threads, "thread"), Figures.measured(gflops) + " GFLOP/s")));
        return MarkdownTable.of(List.of("", ""), lines);
    }

    public static String bandwidth(Bandwidth bandwidth) {
        List<List<String>> lines = new ArrayList<>();
        for (Bandwidth.Level level : bandwidth.levels()) {
            lines.add(List.of(bytes((double) level.bytes()), Figures.measured(level.readGbs()), Figures.measured(level.updateGbs())));
        }
        return MarkdownTable.of(List.of("data", "only read, GB/s", "`y += x`, GB/s"), lines);
    }

    private static String cases(BenchResults results) {
        List<List<String>> lines = new ArrayList<>();
        for (BenchmarkFigure f : results.cases()) {
            lines.add(List.of(
                    f.label(),
                    Figures.measured(f.usPerSequenceStep()),
                    Figures.measured(f.floorUs()),
                    Figures.measured(f.gflops()),
                    percent(f.shareOfPeak()),
                    Figures.measured(f.sequencesPerSecond()),
                    Figures.measured(f.spread())));
        }
        results.speedup().ifPresent(ratio -> lines.add(List.of(
                "batch 32: all threads against one", Figures.measured(ratio) + " times", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)));
        return MarkdownTable.of(
                List.of("case", "us per sequence-step", "floor, us", "GFLOP/s", "share of the peak", "sequences/s", "spread"), lines);
    }

    private static String inference(BenchResults results) {
        List<List<String>> lines = new ArrayList<>();
        for (InferenceFigure f : results.inference()) {
            lines.add(List.of(
                    Figures.count(f.sessions()),
                    Figures.count(f.threads()),
                    Figures.measured(f.usPerStep()),
                    Figures.measured(f.stepsPerSecond()),
                    f.sessions() == 1 ? Figures.measured(f.bytesPerStep()) : NOTHING,
                    Figures.measured(f.spread())));
        }
        return MarkdownTable.of(
                List.of("sessions", "threads", "us per step of a thread", "steps/s, all", "bytes allocated a step", "spread"), lines);
    }

    private static String memory(List<MemoryFigure> figures) {
        List<List<String>> lines = new ArrayList<>();
        for (MemoryFigure f : figures) {
            lines.add(List.of(
                    Figures.count(f.rows()) + " x " + f.width(),
                    Figures.count(f.steps()),
                    Figures.measured(f.forwardUs()),
                    Figures.measured(f.backwardUs()),
                    bytes(f.leastBytes()),
                    Figures.measured(f.gigabytesPerSecond()),
                    percent(f.shareOfBandwidth()),
                    percent(f.shareOfBandwidthSeparate()),
                    bytes(f.recordedBytes()),
                    Figures.measured(f.spread())));
        }
        return MarkdownTable.of(
                List.of(
                        "memory",
                        "steps",
                        "forward us",
                        "backward us",
                        "least bytes",
                        "GB/s",
                        "share of bandwidth",
                        "share, separate passes",
                        "recorded",
                        "spread"),
                lines);
    }

    /** A map of the cost. */
    public static String map(CostMap map) {
        List<List<String>> lines = new ArrayList<>();
        for (CostLine line : map.lines()) {
            lines.add(costs(line));
        }
        CostLine sum = map.sum();
        lines.add(List.of(
                sum.name(),
                Figures.measured(sum.forward().us()),
                percent(sum.forward().shareOfPeak()),
                Figures.measured(map.forwardFloorUs()),
                Figures.measured(sum.backward().us()),
                percent(sum.backward().shareOfPeak()),
                Figures.measured(map.backwardFloorUs())));
        lines.add(List.of(
                "in one piece",
                NOTHING,
                NOTHING,
                NOTHING,
                Figures.measured(map.wholeUs()),
                percent((sum.forward().arithmeticUs() + sum.backward().arithmeticUs()) / map.wholeUs()),
                Figures.measured(map.floorUs())));
        return MarkdownTable.of(List.of("", "forward us", "% of peak", "floor", "backward us", "% of peak", "floor"), lines);
    }

    private static List<String> costs(CostLine line) {
        List<String> cells = new ArrayList<>();
        cells.add(line.name());
        for (Cost cost : List.of(line.forward(), line.backward())) {
            boolean none = cost.us() == 0 && cost.floorUs() == 0;
            cells.add(none ? NOTHING : Figures.measured(cost.us()));
            cells.add(cost.arithmeticUs() == 0 ? NOTHING : percent(cost.shareOfPeak()));
            cells.add(floor(cost));
        }
        return cells;
    }

    private static String floor(Cost cost) {
        if (cost.floorUs() == 0) {
            return NOTHING;
        }
        return Figures.measured(cost.floorUs()) + (cost.trafficUs() > cost.arithmeticUs() ? " b" : "");
    }

    private static String percent(double share) {
        return Figures.measured(100 * share) + " %";
    }

    private static String bytes(double bytes) {
        double kib = bytes / 1024;
        return kib >= 1024 ? Figures.measured(kib / 1024) + " MiB" : Figures.measured(kib) + " KiB";
    }
}
