package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void eachBlockIsAnEighthOnALinearScale() {
        assertThat(Sparkline.linear(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 80)).isEqualTo("▁▂▃▄▅▆▇█");
        assertThat(Sparkline.linear(new double[] {10, -4}, 80)).isEqualTo("█▁");
    }

    @Test
    void equalRatiosAreEqualStepsOnALogarithmicScale() {
        assertThat(Sparkline.logarithmic(new double[] {1e5, 1e4, 1e3, 1e2, 10, 1, 0.1, 0.01}, 80, 0.01)).isEqualTo("█▇▆▅▄▃▂▁");
    }

    @Test
    void belowTheFloorIsTheFloor() {
        assertThat(Sparkline.logarithmic(new double[] {100, 0, -3, 1e-9, 0.01}, 80, 0.01)).isEqualTo("█▁▁▁▁");
    }

    @Test
    void manyValuesShareACharacter() {
        assertThat(Sparkline.linear(new double[] {0, 0, 4, 10, 14, 14}, 3)).isEqualTo("▁▅█");
        assertThat(Sparkline.linear(new double[1000], 30)).hasSize(30);
        assertThat(Sparkline.linear(new double[7], 3)).hasSize(3);
    }

    @Test
    void whatIsNotFiniteIsBlank() {
        assertThat(Sparkline.linear(new double[] {1, Double.NaN, 2, Double.POSITIVE_INFINITY}, 80)).isEqualTo("▁ █ ");
        assertThat(Sparkline.logarithmic(new double[] {Double.NaN}, 80, 1)).isEqualTo(" ");
    }

    @Test
    void equalValuesLieLow() {
        assertThat(Sparkline.linear(new double[] {3, 3, 3}, 80)).isEqualTo("▁▁▁");
        assertThat(Sparkline.linear(new double[0], 80)).isEmpty();
    }

    @Test
    void widthAndFloorArePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sparkline.linear(new double[1], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Sparkline.logarithmic(new double[1], 1, 0));
    }
}
