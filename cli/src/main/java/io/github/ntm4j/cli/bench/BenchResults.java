package io.github.ntm4j.cli.bench;

import io.github.ntm4j.lab.benchmark.Bandwidth;
import io.github.ntm4j.lab.benchmark.BenchmarkFigure;
import io.github.ntm4j.lab.benchmark.CostMap;
import io.github.ntm4j.lab.benchmark.InferenceFigure;
import io.github.ntm4j.lab.benchmark.MemoryFigure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What {@code ntm bench} has measured; whatever it was not asked for is empty. */
public final class BenchResults {
    private final int lanes;
    private final SequencedMap<String, Object> environment;
    private final SequencedMap<Integer, Double> peaks = new LinkedHashMap<>();
    private final List<BenchmarkFigure> cases = new ArrayList<>();
    private final List<InferenceFigure> inference = new ArrayList<>();
    private final List<MemoryFigure> rows = new ArrayList<>();
    private final List<MemoryFigure> lengths = new ArrayList<>();
    private final List<CostMap> maps = new ArrayList<>();
    private OptionalDouble speedup = OptionalDouble.empty();
    private @Nullable Bandwidth bandwidth;

    /**
     * Nothing yet.
     *
     * @param lanes floats in a vector
     * @param environment the computer and the virtual machine
     */
    public BenchResults(int lanes, SequencedMap<String, Object> environment) {
        this.lanes = lanes;
        this.environment = environment;
    }

    int lanes() {
        return lanes;
    }

    SequencedMap<String, Object> environment() {
        return environment;
    }

    /** Multiply-add peak by number of threads. */
    public SequencedMap<Integer, Double> peaks() {
        return peaks;
    }

    public List<BenchmarkFigure> cases() {
        return cases;
    }

    public List<InferenceFigure> inference() {
        return inference;
    }

    /** Memories of several sizes. */
    public List<MemoryFigure> rows() {
        return rows;
    }

    /** Sequences of several lengths. */
    public List<MemoryFigure> lengths() {
        return lengths;
    }

    public List<CostMap> maps() {
        return maps;
    }

    public OptionalDouble speedup() {
        return speedup;
    }

    public void speedup(OptionalDouble ratio) {
        speedup = ratio;
    }

    public @Nullable Bandwidth bandwidth() {
        return bandwidth;
    }

    public void bandwidth(Bandwidth measured) {
        bandwidth = measured;
    }

    /** The largest spread of all repeats. */
    public double spread() {
        double largest = 1;
        for (BenchmarkFigure f : cases) {
            largest = Math.max(largest, f.spread());
        }
        for (InferenceFigure f : inference) {
            largest = Math.max(largest, f.spread());
        }
        return largest;
    }
}
