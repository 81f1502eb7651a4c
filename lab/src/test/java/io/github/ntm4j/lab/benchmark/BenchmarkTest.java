package io.github.ntm4j.lab.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkTest {
    private static final Bandwidth BANDWIDTH = new Bandwidth(List.of(new Bandwidth.Level(1 << 20, 50, 50)));

    @Test
    void cases_have_labels_of_their_own_for_any_number_of_threads() {
        assertThat(Benchmark.cases(2).stream().map(BenchmarkCase::label))
                .containsExactly(
                        "copy ntm-lstm, batch 1, 1 thread",
                        "copy ntm-lstm, batch 32, 1 thread",
                        "copy ntm-lstm, batch 32, 2 threads",
                        "copy ntm-lstm, batch 4, 2 threads",
                        "copy ntm-ff, batch 32, 2 threads",
                        "ntm-ff 8+8 heads, 512, batch 16, 2 threads",
                        "copy lstm 3 x 256, batch 32, 2 threads",
                        "copy dnc 128 x 20, batch 1, 1 thread",
                        "copy dnc 128 x 20, batch 16, 2 threads",
                        "copy dnc 256 x 64, batch 1, 1 thread",
                        "copy dnc 256 x 64, batch 8, 2 threads");
        assertThat(Benchmark.cases(1).stream().map(BenchmarkCase::label)).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void the_large_case_has_the_heads_and_the_sequences_that_its_name_says() {
        BenchmarkCase large = Benchmark.cases(2).stream().filter(c -> c.name().startsWith("ntm-ff 8+8")).findFirst().orElseThrow();
        NtmConfig ntm = (NtmConfig) large.machine();
        assertThat(List.of(ntm.memory().readHeads(), ntm.memory().writeHeads(), ntm.controller().size())).containsExactly(8, 8, 512);
        Sequence sequence = new Sequence(large.task().inputs(), large.task().outputs());
        large.task().generate(large.task().largest(), Random64.of(1, "test", 0), sequence);
        assertThat(sequence.steps()).isEqualTo(40);
        assertThat(sequence.inputs()).isEqualTo(10);
    }

    @Test
    void the_speedup_is_that_of_the_large_batch() {
        assertThat(Benchmark.speedup(List.of(figure(1, 1, 20), figure(32, 1, 10), figure(32, 2, 5.5))).orElseThrow())
                .isCloseTo(10 / 5.5, within(1e-9));
        assertThat(Benchmark.speedup(List.of(figure(32, 2, 5.5)))).isEmpty();
        assertThat(Benchmark.speedup(List.of(figure(32, 1, 5.5)))).isEmpty();
    }

    private static BenchmarkFigure figure(int batch, int threads, double us) {
        return new BenchmarkFigure("copy ntm-lstm", batch, threads, us, 1, 1, 30, 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntm-lstm", "ntm-ff", "lstm", "dnc"})
    void a_map_counts_the_operations_of_the_definition_forwards(String machine) {
        MachineConfig config = Preset.DEFAULT.machine(machine);
        CostMap map = new CostMapper(machine, config, 2, KernelProvider.PORTABLE).measure(0.1, 50, BANDWIDTH);
        double definition = StepWork.operations(config, 9, 8) / 3.0;
        assertThat(map.sum().forward().operations()).isEqualTo(definition);
        // Backwards there are two products for each forwards, but none for the derivative by plain inputs.
        assertThat(map.sum().backward().operations()).isBetween(1.8 * definition, 2 * definition);
        assertThat(map.lines().stream().map(CostLine::name)).doesNotHaveDuplicates().contains("Linear output", "weight derivatives");
        assertThat(map.wholeUs()).isPositive();
    }

    @Test
    void a_floor_is_the_longer_of_arithmetic_and_traffic() {
        Cost cost = new Cost(4, 100, 1, 2);
        assertThat(cost.floorUs()).isEqualTo(2);
        assertThat(cost.shareOfPeak()).isEqualTo(0.25);
        CostMap map = new CostMap("m", 1, 1, List.of(new CostLine("a", cost, Cost.NONE), new CostLine("b", new Cost(9, 0, 4, 3), cost)), 9);
        assertThat(map.forwardFloorUs()).isEqualTo(6);
        assertThat(map.floorUs()).isEqualTo(8);
    }

    @Test
    void data_lives_at_the_measured_size_that_is_nearest() {
        Bandwidth bandwidth = new Bandwidth(List.of(
                new Bandwidth.Level(1 << 10, 3, 3), new Bandwidth.Level(1 << 14, 2, 2), new Bandwidth.Level(1 << 20, 1, 1)));
        assertThat(bandwidth.of(1).readGbs()).isEqualTo(3);
        assertThat(bandwidth.of(1 << 13).readGbs()).isEqualTo(2);
        assertThat(bandwidth.of(1 << 16).readGbs()).isEqualTo(2);
        assertThat(bandwidth.of(1e12).readGbs()).isEqualTo(1);
    }

    @Test
    void a_large_memory_moves_eight_passes_at_least() {
        MemoryFigure figure = new MemoryFigure(1000, 10, 8, 3, 5, 1, 0, 80);
        assertThat(figure.leastBytes()).isEqualTo(320_000);
        assertThat(figure.gigabytesPerSecond()).isEqualTo(40);
        assertThat(figure.shareOfBandwidth()).isEqualTo(0.5);
        assertThat(figure.shareOfBandwidthSeparate()).isEqualTo(0.5 * 13 / 8);
    }

    @Test
    void the_spread_of_many_repeats_is_that_of_their_stretches() {
        Repeats repeats = Repeats.ofMany(List.of(1., 1., 9., 1., 1., 9., 1., 1., 9., 2., 2., 9., 1., 1., 9., 1., 1., 9., 1., 1., 9.));
        assertThat(repeats).isEqualTo(new Repeats(1, 2));
        assertThat(Repeats.of(List.of(3., 1., 2.))).isEqualTo(new Repeats(2, 3));
    }

    @Test
    void a_small_memory_and_sessions_can_be_measured() {
        MemoryFigure memory = new MemoryBenchmark(KernelProvider.PORTABLE, 0.02).run(64, 8, 4, BANDWIDTH);
        assertThat(memory.forwardUs()).isPositive();
        assertThat(memory.recordedBytes()).isGreaterThan(64 * 8 * 4);
        InferenceBenchmark use = new InferenceBenchmark(KernelProvider.PORTABLE, 0.02);
        assertThat(use.one().usPerStep()).isPositive();
        // Long enough for each thread to get its turn on a busy computer.
        InferenceFigure together = new InferenceBenchmark(KernelProvider.PORTABLE, 0.3).sideBySide(4, 2);
        assertThat(together.stepsPerSecond()).isPositive();
        assertThat(together.sessions()).isEqualTo(4);
    }
}
