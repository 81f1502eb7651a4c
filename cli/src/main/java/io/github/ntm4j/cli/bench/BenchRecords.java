package io.github.ntm4j.cli.bench;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.lab.benchmark.Bandwidth;
import io.github.ntm4j.lab.benchmark.BenchmarkFigure;
import io.github.ntm4j.lab.benchmark.Cost;
import io.github.ntm4j.lab.benchmark.CostLine;
import io.github.ntm4j.lab.benchmark.CostMap;
import io.github.ntm4j.lab.benchmark.InferenceFigure;
import io.github.ntm4j.lab.benchmark.MemoryFigure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Measurements as JSON objects. What was not measured is left out. */
public final class BenchRecords {
    private BenchRecords() {}

    public static SequencedMap<String, Object> of(BenchResults results) {
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        SequencedMap<String, Object> peaks = new LinkedHashMap<>();
        results.peaks().forEach((threads, gflops) -> peaks.put(String.valueOf(threads), Figures.rounded(gflops, 2)));
        object.put("fma_peak_gflops", peaks);
        object.put("lanes", results.lanes());
        object.put("environment", results.environment());
        Bandwidth bandwidth = results.bandwidth();
        if (bandwidth != null) {
            object.put("bandwidth", bandwidth.levels().stream().map(BenchRecords::level).toList());
        }
        object.put("cases", results.cases().stream().map(BenchRecords::figure).toList());
        results.speedup().ifPresent(ratio -> object.put("speedup", Figures.rounded(ratio, 3)));
        put(object, "inference", results.inference().stream().map(BenchRecords::inference).toList());
        put(object, "memory", results.rows().stream().map(BenchRecords::memory).toList());
        put(object, "length", results.lengths().stream().map(BenchRecords::memory).toList());
        put(object, "maps", results.maps().stream().map(BenchRecords::map).toList());
        return object;
    }

    private static void put(SequencedMap<String, Object> object, String key, List<?> values) {
        if (!values.isEmpty()) {
            object.put(key, values);
        }
    }

    private static SequencedMap<String, Object> figure(BenchmarkFigure f) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("name", f.name());
        map.put("batch", f.batch());
        map.put("threads", f.threads());
        map.put("us_per_sequence_step", Figures.rounded(f.usPerSequenceStep(), 3));
        map.put("sequences_per_second", Figures.rounded(f.sequencesPerSecond(), 1));
        map.put("gflops", Figures.rounded(f.gflops(), 3));
        map.put("peak_gflops", Figures.rounded(f.peakGflops(), 2));
        map.put("share_of_peak", Figures.rounded(f.shareOfPeak(), 4));
        map.put("spread", Figures.rounded(f.spread(), 3));
        return map;
    }

    private static SequencedMap<String, Object> inference(InferenceFigure f) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("sessions", f.sessions());
        map.put("threads", f.threads());
        map.put("us_per_step", Figures.rounded(f.usPerStep(), 3));
        map.put("steps_per_second", Figures.rounded(f.stepsPerSecond(), 0));
        if (f.sessions() == 1) {
            map.put("bytes_per_step", Figures.rounded(f.bytesPerStep(), 3));
        }
        map.put("spread", Figures.rounded(f.spread(), 3));
        return map;
    }

    private static SequencedMap<String, Object> memory(MemoryFigure f) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("rows", f.rows());
        map.put("width", f.width());
        map.put("steps", f.steps());
        map.put("forward_us", Figures.rounded(f.forwardUs(), 3));
        map.put("backward_us", Figures.rounded(f.backwardUs(), 3));
        map.put("least_bytes", f.leastBytes());
        map.put("separate_bytes", f.separateBytes());
        map.put("recorded_bytes", Figures.rounded(f.recordedBytes(), 0));
        map.put("gb_per_second", Figures.rounded(f.gigabytesPerSecond(), 3));
        map.put("bandwidth_gb_per_second", Figures.rounded(f.bandwidthGbs(), 3));
        map.put("share_of_bandwidth", Figures.rounded(f.shareOfBandwidth(), 4));
        map.put("share_of_bandwidth_separate", Figures.rounded(f.shareOfBandwidthSeparate(), 4));
        map.put("spread", Figures.rounded(f.spread(), 3));
        return map;
    }

    private static SequencedMap<String, Object> level(Bandwidth.Level level) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("bytes", level.bytes());
        map.put("read_gb_per_second", Figures.rounded(level.readGbs(), 2));
        map.put("update_gb_per_second", Figures.rounded(level.updateGbs(), 2));
        return map;
    }

    private static SequencedMap<String, Object> map(CostMap costs) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("machine", costs.machine());
        map.put("batch", costs.batch());
        map.put("steps", costs.steps());
        map.put("whole_us", Figures.rounded(costs.wholeUs(), 3));
        map.put("floor_us", Figures.rounded(costs.floorUs(), 3));
        map.put("lines", costs.lines().stream().map(BenchRecords::line).toList());
        return map;
    }

    private static SequencedMap<String, Object> line(CostLine line) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("name", line.name());
        map.put("forward", cost(line.forward()));
        map.put("backward", cost(line.backward()));
        return map;
    }

    private static SequencedMap<String, Object> cost(Cost cost) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("us", Figures.rounded(cost.us(), 4));
        map.put("operations", Figures.rounded(cost.operations(), 0));
        map.put("arithmetic_us", Figures.rounded(cost.arithmeticUs(), 4));
        map.put("traffic_us", Figures.rounded(cost.trafficUs(), 4));
        return map;
    }
}
