package io.github.ntm4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class MeasurementTest {
    /** The values of a published calculator of Wilson's interval. */
    @Test
    void sharesHaveWilsonsInterval() {
        double[] all = Measurement.interval(100, 100);
        assertThat(all[0]).isCloseTo(0.9630, within(1e-4));
        assertThat(all[1]).isEqualTo(1);
        double[] half = Measurement.interval(50, 100);
        assertThat(half[0]).isCloseTo(0.4038, within(1e-4));
        assertThat(half[1]).isCloseTo(0.5962, within(1e-4));
        assertThat(Measurement.interval(0, 10)).containsExactly(new double[] {0, 0.2775}, within(1e-4));
    }
}
