package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.explanation.Explanation;
import io.github.ntm4j.lab.picture.Caption;
import io.github.ntm4j.lab.picture.SequencePicture;
import io.github.ntm4j.lab.trace.Intervention;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is declared is shown and can be interfered with, by the code that serves every machine. */
class DncSignalsTest {
    private static final int STEPS = 8;
    private static final int STEP = 4;

    private static Trace trace(String links, Intervention... interventions) {
        RunConfig config = RunConfig.resolve(ConfigTree.of(
                Map.of("machine", Map.of("type", "dnc", "rows", 6, "width", 5, "controller_size", 8, "read_heads", 2, "links", links, "link_entries", 3)),
                "test"));
        Machine machine = config.machine().build(3, 2);
        machine.initialise(5);
        float[] input = new float[STEPS * 3];
        for (int i = 0; i < input.length; i++) {
            input[i] = i * 5 % 3 == 0 ? 1 : 0;
        }
        return new Tracer(machine, Objective.BITS, KernelProvider.PORTABLE)
                .trace(input, STEPS, new float[STEPS * 2], new float[STEPS], List.of(interventions), true);
    }

    private static float[][] of(Trace trace, String address) {
        return trace.of(trace.signals().at(address).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "sparse"})
    void linksAndUsageAndModesAreInTheTraceAndThePicture(String links) {
        Trace trace = trace(links);
        assertThat(of(trace, "link")[STEP]).hasSize(36);
        assertThat(of(trace, "read 2/forward")[STEP]).hasSize(6);
        String svg = SequencePicture.of(trace, Caption.of("copy", "dnc")).svg();
        for (String panel : List.of("Write weighting, 6 rows", "Read weighting, read 2, 6 rows", "Mode, read 1", "Usage, 6 rows", "Link after the last step, 6 rows")) {
            assertThat(svg).contains("<title>" + panel + "</title>");
        }
        assertThat(Explanation.of(trace).programme().actions()).extracting(action -> action.head()).contains("write 1", "read 2");
    }

    static Stream<Arguments> interventions() {
        return Stream.of("dense", "sparse").flatMap(links -> each().map(intervention -> Arguments.of(links, intervention)));
    }

    private static Stream<Intervention> each() {
        return Stream.of(
                new Intervention.Set(STEP, "read 1/mode", new float[] {1, 0, 0}),
                new Intervention.Set(STEP, "write 1/allocation gate", new float[] {0}),
                new Intervention.Set(STEP, "write 1/gate", new float[] {0}),
                new Intervention.Set(STEP, "read 2/key", new float[] {1, -1, 1, -1, 1}),
                new Intervention.Hold(STEP, STEP + 1, "read 1/weighting"),
                new Intervention.EraseRow(STEP, "memory", 1),
                new Intervention.Cell(STEP, "link", 0, 1, 1),
                new Intervention.SwapRows(STEP, "link", 0, 1),
                new Intervention.Noise(STEP, "link", 0.5f, 3));
    }

    @ParameterizedTest
    @MethodSource("interventions")
    void itGoesOnFromWhatIsDoneToIt(String links, Intervention intervention) {
        Trace plain = trace(links);
        Trace disturbed = trace(links, intervention);
        for (int t = 0; t < STEP; t++) {
            assertThat(disturbed.output()[t]).isEqualTo(plain.output()[t]);
        }
        assertThat(disturbed.output()[STEP + 1]).isNotEqualTo(plain.output()[STEP + 1]);
    }
}
