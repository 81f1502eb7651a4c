package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.machine.Outcome.Deviation;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The equations and the machine against values that another implementation computed. */
class GoldenTest {
    private static final double REFERENCE = 1e-9;

    @TempDir
    private Path folder;

    private static Outcome reference(GoldenCase golden) {
        return ReferenceRun.of(golden.config(), golden.parameters(), golden.weightings(), golden.sequences());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntm-lstm-1r1w", "ntm-lstm2-2r1w"})
    void theReferenceInDoublesIsGolden(String name) {
        GoldenCase golden = GoldenCase.read(name);
        Outcome outcome = reference(golden);
        Deviation states = outcome.states(golden.outcome());
        assertThat(states.size()).as(states.place()).isLessThanOrEqualTo(REFERENCE);
        assertThat(outcome.loss()).isCloseTo(golden.outcome().loss(), within(REFERENCE));
        Deviation gradients = outcome.gradients(golden.outcome());
        assertThat(gradients.size()).as(gradients.place()).isLessThanOrEqualTo(REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntm-lstm-1r1w", "ntm-lstm2-2r1w"})
    void theMachineIsGoldenWithEitherKernels(String name) {
        GoldenCase golden = GoldenCase.read(name);
        for (KernelProvider provider : KernelProvider.values()) {
            Outcome outcome = MachineRun.of(golden.machine(), provider, golden.sequences(), golden.weightings());
            Deviation states = outcome.states(golden.outcome());
            assertThat(states.size()).as("%s, %s", provider, states.place()).isLessThanOrEqualTo(1e-5);
            assertThat(outcome.loss()).isCloseTo(golden.outcome().loss(), within(1e-5));
            Deviation gradients = outcome.relativeGradients(golden.outcome());
            assertThat(gradients.size()).as("%s, %s", provider, gradients.place()).isLessThanOrEqualTo(1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntm-lstm-1r1w", "ntm-lstm2-2r1w"})
    void aFileInItsLayoutBecomesTheSameMachine(String name) {
        GoldenCase golden = GoldenCase.read(name);
        Path file = folder.resolve("golden.safetensors");
        Safetensors.of(Map.of(), GoldenCase.stored(name)).write(file);
        Model model = Model.load(file, OptionalInt.empty());
        assertThat(model.machine().inputs()).isEqualTo(golden.inputs());
        assertThat(model.machine().outputs()).isEqualTo(golden.outputs());
        NtmConfig config = (NtmConfig) model.machineConfig();
        assertThat(config).isEqualTo(golden.config());
        SequencedMap<String, double[]> parameters = Machines.values(model.machine().parameters());
        assertThat(parameters.keySet()).isEqualTo(golden.parameters().keySet());
        parameters.forEach((parameter, values) -> assertThat(values)
                .as(parameter)
                .usingElementComparator((a, b) -> Math.abs(a - b) <= 1e-6 ? 0 : Double.compare(a, b))
                .containsExactly(golden.parameters().get(parameter)));
    }
}
