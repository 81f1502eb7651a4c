package io.github.ntm4j.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementaryTest {
    @ParameterizedTest
    @EnumSource
    void errorStaysWithinTheClaimOnASampleOfAllFloats(ElementaryFunction function) {
        Worst worst = FloatPatterns.sample()
                .parallel()
                .collect(Worst::new, (w, bits) -> w.consider(function, bits), Worst::consider);
        assertThat(worst.error).as("%s, worst at %s", function, worst.x).isLessThanOrEqualTo(function.claimedUlps());
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void errorOverAllFloatsIsTheClaim(ElementaryFunction function) {
        Worst worst = FloatPatterns.everyRun()
                .parallel()
                .mapToObj(first -> {
                    Worst w = new Worst();
                    for (int bits = first; bits != first + FloatPatterns.RUN; bits++) {
                        w.consider(function, bits);
                    }
                    return w;
                })
                .collect(Worst::new, Worst::consider, Worst::consider);
        System.out.printf("%s: at most %.4f ulp, at x = %s%n", function, worst.error, worst.x);
        assertThat(worst.error)
                .as("%s, worst at %s", function, worst.x)
                .isBetween(function.claimedUlps() - 0.01, function.claimedUlps());
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = {"EXP", "SOFTPLUS"}, mode = EnumSource.Mode.EXCLUDE)
    void logTanhAndSigmoidNeverFall(ElementaryFunction function) {
        assertThat(FloatPatterns.everyRun().parallel().mapToLong(first -> falls(function, first)))
                .allMatch(falls -> falls == 0);
    }

    /** How often the function falls on the way through a run, up to and with the first float of the next. */
    private static long falls(ElementaryFunction function, int first) {
        long falls = 0;
        for (int bits = first; bits != first + FloatPatterns.RUN; bits++) {
            float x = Float.intBitsToFloat(bits);
            float outwards = Float.intBitsToFloat(bits + 1);
            // x < outwards among the positive, x > outwards among the negative; neither at NaN and between -0 and 0
            if (x < outwards && function.apply(x) > function.apply(outwards)
                    || x > outwards && function.apply(x) < function.apply(outwards)) {
                falls++;
            }
        }
        return falls;
    }

    @Test
    void limitsAreExact() {
        float infinity = Float.POSITIVE_INFINITY;
        assertThat(Elementary.exp(-infinity)).isEqualTo(0f);
        assertThat(Elementary.exp(infinity)).isEqualTo(infinity);
        assertThat(Elementary.exp(88.73f)).isEqualTo(infinity);
        assertThat(Elementary.exp(0f)).isEqualTo(1f);
        assertThat(Elementary.log(0f)).isEqualTo(-infinity);
        assertThat(Elementary.log(-0f)).isEqualTo(-infinity);
        assertThat(Elementary.log(-Float.MIN_VALUE)).isNaN();
        assertThat(Elementary.log(-infinity)).isNaN();
        assertThat(Elementary.log(infinity)).isEqualTo(infinity);
        assertThat(Elementary.log(1f)).isEqualTo(0f);
        assertThat(Elementary.tanh(infinity)).isEqualTo(1f);
        assertThat(Elementary.tanh(-infinity)).isEqualTo(-1f);
        assertThat(Elementary.sigmoid(-infinity)).isEqualTo(0f);
        assertThat(Elementary.sigmoid(infinity)).isEqualTo(1f);
        assertThat(Elementary.sigmoid(0f)).isEqualTo(0.5f);
        assertThat(Elementary.softplus(-infinity)).isEqualTo(0f);
        assertThat(Elementary.softplus(infinity)).isEqualTo(infinity);
        assertThat(Elementary.softplus(1e9f)).isEqualTo(1e9f);
    }

    @ParameterizedTest
    @EnumSource
    void notANumberStaysNotANumber(ElementaryFunction function) {
        IntStream payloads =
                IntStream.of(0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, 0x7fffffff, 0xffffffff, 0x7fc001ff);
        assertThat(payloads.mapToObj(bits -> function.apply(Float.intBitsToFloat(bits)))).allMatch(y -> y.isNaN());
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, Float.MIN_VALUE, 1e-40f, Float.MIN_NORMAL, 1e-20f, 1e-10f, 1e-4f})
    void tanhOfTinyIsItself(float x) {
        assertThat(Elementary.tanh(x)).isEqualTo(x);
        assertThat(Elementary.tanh(-x)).isEqualTo(-x);
    }

    @Test
    void tanhAndSigmoidStayWithinTheirBoundsAndTanhIsOdd() {
        assertThat(FloatPatterns.sample().parallel().mapToObj(Float::intBitsToFloat).filter(x -> {
                    float t = Elementary.tanh(x);
                    float s = Elementary.sigmoid(x);
                    return Math.abs(t) > 1 || Float.compare(Elementary.tanh(-x), -t) != 0 || s < 0 || s > 1;
                }))
                .isEmpty();
    }

    /** The largest error seen, and where. */
    private static final class Worst {
        private double error = -1;
        private float x;

        void consider(ElementaryFunction function, int bits) {
            float at = Float.intBitsToFloat(bits);
            double e = function.errorInUlps(at);
            if (e > error) {
                error = e;
                x = at;
            }
        }

        void consider(Worst other) {
            if (other.error > error) {
                error = other.error;
                x = other.x;
            }
        }
    }
}
