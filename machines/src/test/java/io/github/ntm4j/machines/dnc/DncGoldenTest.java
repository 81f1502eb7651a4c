package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.machines.GoldenFolder;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.machine.Outcome.Deviation;
import io.github.ntm4j.machines.machine.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The equations and the machine against values that an independent implementation computed. */
class DncGoldenTest {
    private static final double REFERENCE = 1e-9;

    private static Stream<DncGolden> files() {
        return GoldenFolder.files("dnc", "dnc").stream().map(DncGolden::read);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void theReferenceInDoublesIsGolden(DncGolden golden) {
        Outcome outcome = ReferenceDncRun.of(golden.config(), golden.parameters(), golden.sequences(), golden.parts());
        Deviation states = outcome.states(golden.outcome());
        assertThat(states.size()).as(states.place()).isLessThanOrEqualTo(REFERENCE);
        assertThat(outcome.loss()).isCloseTo(golden.outcome().loss(), within(REFERENCE));
        Deviation gradients = outcome.gradients(golden.outcome());
        assertThat(gradients.size()).as(gradients.place()).isLessThanOrEqualTo(REFERENCE);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void theMachineIsGoldenWithEitherKernels(DncGolden golden) {
        for (KernelProvider provider : KernelProvider.values()) {
            Outcome outcome = DncRun.of(golden.config(), golden.machine(), provider, golden.sequences(), golden.parts());
            completeFreeLists(outcome, golden.outcome());
            Deviation states = outcome.states(golden.outcome());
            assertThat(states.size()).as("%s, %s", provider, states.place()).isLessThanOrEqualTo(1e-5);
            assertThat(outcome.loss()).isCloseTo(golden.outcome().loss(), within(1e-5));
            Deviation gradients = outcome.relativeGradients(golden.outcome());
            assertThat(gradients.size()).as("%s, %s", provider, gradients.place()).isLessThanOrEqualTo(1e-4);
        }
    }

    /** The machine lists rows as long as they get anything worth mentioning, and -1 then. */
    private static void completeFreeLists(Outcome outcome, Outcome golden) {
        for (int t = 0; t < golden.steps().size(); t++) {
            for (int b = 0; b < golden.steps().get(t).size(); b++) {
                double[] rows = outcome.steps().get(t).get(b).get("free_list");
                double[] all = golden.steps().get(t).get(b).get("free_list");
                for (int j = 1; all != null && j < all.length; j++) {
                    rows[j] = rows[j] < 0 ? all[j] : rows[j];
                }
            }
        }
    }
}
