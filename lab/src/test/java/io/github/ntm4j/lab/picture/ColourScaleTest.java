package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColourScaleTest {
    /** CIE lightness, 0 to 100. */
    private static double lightness(Colour colour) {
        double y = colour.luminance();
        return y > 216.0 / 24389 ? 116 * Math.cbrt(y) - 16 : y * 24389 / 27;
    }

    @Test
    void moreIsDarkerAtEveryStep() {
        for (double sign : new double[] {1, -1}) {
            for (int i = 1; i <= ColourScale.LEVELS; i++) {
                double less = (i - 1.0) / ColourScale.LEVELS;
                double more = (double) i / ColourScale.LEVELS;
                if (sign > 0) {
                    assertThat(ColourScale.unit().colour(more).luminance()).isLessThan(ColourScale.unit().colour(less).luminance());
                }
                assertThat(ColourScale.signed(1).colour(sign * more).luminance())
                        .isLessThan(ColourScale.signed(1).colour(sign * less).luminance());
            }
        }
    }

    @Test
    void theSequentialScaleFallsEvenlyFromPaperToNearlyBlack() {
        ColourScale scale = ColourScale.unit();
        assertThat(scale.colour(0)).isEqualTo(Colour.WHITE);
        assertThat(lightness(scale.colour(1))).isLessThan(15);
        double step = (100 - lightness(scale.colour(1))) / 8;
        for (int i = 1; i <= 8; i++) {
            assertThat(lightness(scale.colour((i - 1) / 8.0)) - lightness(scale.colour(i / 8.0))).isBetween(0.75 * step, 1.25 * step);
        }
    }

    /** Simulation of red- and green-blindness after Vienot, Brettel and Mollon 1999, on linear sRGB. */
    @ParameterizedTest
    @ValueSource(strings = {"protanopia", "deuteranopia"})
    void signsStayApartWithoutRedAndGreenVision(String vision) {
        double[] row = vision.equals("protanopia") ? new double[] {0.11238, 0.88762} : new double[] {0.29275, 0.70725};
        for (double value : new double[] {0.25, 0.5, 1}) {
            double[] positive = dichromat(ColourScale.signed(1).colour(value), row);
            double[] negative = dichromat(ColourScale.signed(1).colour(-value), row);
            double yellow = positive[0] - positive[1];
            double other = negative[0] - negative[1];
            assertThat(other - yellow).as("difference along yellow to blue at " + value).isGreaterThan(0.25 * value);
        }
    }

    /** The two channels left: yellow and blue. */
    private static double[] dichromat(Colour colour, double[] row) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            linear[i] = Math.pow((colour.rgb() >> (16 - 8 * i) & 0xff) / 255.0, 2.2);
        }
        return new double[] {row[0] * linear[0] + row[1] * linear[1], linear[2]};
    }

    @Test
    void valuesOutsideTakeTheEndsAndNothingTakesGrey() {
        ColourScale scale = ColourScale.signed(2);
        assertThat(scale.colour(7)).isEqualTo(scale.colour(2)).isEqualTo(scale.colour(Double.POSITIVE_INFINITY));
        assertThat(scale.colour(-7)).isEqualTo(scale.colour(-2)).isNotEqualTo(scale.colour(2));
        assertThat(scale.colour(0)).isEqualTo(scale.colour(-0.0)).isEqualTo(Colour.WHITE);
        assertThat(ColourScale.unit().colour(-1)).isEqualTo(Colour.WHITE);
        assertThat(ColourScale.unit().colour(Double.NaN)).isEqualTo(Colour.NO_DATA);
    }

    @Test
    void aRangeIsPositive() {
        for (double range : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ColourScale.signed(range));
        }
    }
}
