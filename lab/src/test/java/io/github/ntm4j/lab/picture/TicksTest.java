package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void numbersRoundUpToOneTwoOrFive() {
        assertThat(Ticks.roundUp(1)).isEqualTo(1);
        assertThat(Ticks.roundUp(1.01)).isEqualTo(2);
        assertThat(Ticks.roundUp(37)).isEqualTo(50);
        assertThat(Ticks.roundUp(0.06)).isEqualTo(0.1);
        assertThat(Ticks.roundUp(1000)).isEqualTo(1000);
        assertThat(Ticks.roundUpFinely(2.3)).isEqualTo(2.5);
    }

    @Test
    void linearTicksStayInside() {
        assertThat(Ticks.linear(0, 28_000, 7)).containsExactly(0, 5000, 10_000, 15_000, 20_000, 25_000);
        assertThat(Ticks.linear(0, 1, 4)).containsExactly(0, 0.5, 1);
    }

    @Test
    void logarithmicTicksArePowersOfTenWhereTheyAreEnough() {
        assertThat(Ticks.logarithmic(0.02, 200)).containsExactly(0.1, 1, 10, 100);
        assertThat(Ticks.logarithmic(2, 8)).containsExactly(2, 5);
        assertThat(Ticks.logarithmic(0.01, 1)).containsExactly(0.01, 0.1, 1);
    }

    @Test
    void anAxisHoldsItsValuesAndNamesItsFloor() {
        CurveScale scale = CurveScale.logarithmic(0.01);
        Axis axis = Axis.of(scale, 0, 80, 100, 200);
        assertThat(axis.y(80)).isBetween(100.0, 120.0);
        assertThat(axis.y(0)).isEqualTo(axis.y(0.001)).isEqualTo(300);
        assertThat(axis.label(0.01)).isEqualTo("\u2264 0.01");
        assertThat(axis.label(0.1)).isEqualTo("0.1");
        assertThat(Axis.of(scale, 3, 3, 0, 100).y(3)).as("a constant is not on the edge").isBetween(1.0, 99.0);
        assertThat(Axis.of(CurveScale.linear(), 0, 0, 0, 100).y(0)).isEqualTo(100);
        assertThat(Axis.of(CurveScale.linear(), 0, 37, 0, 100).high()).isEqualTo(40);
    }

    @Test
    void numbersReadNaturally() {
        assertThat(Numbers.decimals(2.5, 2)).isEqualTo("2.5");
        assertThat(Numbers.decimals(-0.001, 2)).isEqualTo("0");
        assertThat(Numbers.decimals(100, 2)).isEqualTo("100");
        assertThat(Numbers.significant(0.012345, 3)).isEqualTo("0.0123");
        assertThat(Numbers.significant(-1, 3)).isEqualTo("\u22121");
        assertThat(Numbers.significant(1e-9, 3)).isEqualTo("1e\u22129");
        assertThat(Numbers.significant(100_000, 6)).isEqualTo("100000");
        assertThat(Numbers.significant(Double.NaN, 3)).isEqualTo("not a number");
        assertThat(Numbers.counted(1, "bit")).isEqualTo("1 bit");
        assertThat(Numbers.counted(1000, "bit")).isEqualTo("1,000 bits");
    }
}
