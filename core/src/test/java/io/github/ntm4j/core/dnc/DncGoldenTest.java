package io.github.ntm4j.core.dnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.core.GoldenFolder;
import io.github.ntm4j.core.machine.Outcome;
import io.github.ntm4j.core.machine.Outcome.Deviation;
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
}
