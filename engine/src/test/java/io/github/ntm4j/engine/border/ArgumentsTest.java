package io.github.ntm4j.engine.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is wrong with an argument is said with its name, what was expected and what was given. */
class ArgumentsTest {
    private static final float[] THREE = {1, 2, 3};

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void somethingIsThereOrNamed() {
        assertThat(Arguments.given("machine", "m")).isEqualTo("m");
        refused(() -> Arguments.given("machine", null), "machine: expected one, got null");
        assertThat(Arguments.allGiven("changes", List.of("a"))).containsExactly("a");
        refused(() -> Arguments.allGiven("changes", null), "changes: expected one, got null");
        refused(() -> Arguments.allGiven("changes", Arrays.asList("a", null)), "changes: expected no null, got one at 1");
    }

    @Test
    void countsHaveALeast() {
        assertThat(Arguments.atLeast("threads", 1, 1)).isEqualTo(1);
        refused(() -> Arguments.atLeast("threads", 1, 0), "threads: expected at least 1, got 0");
        assertThat(Arguments.atLeast("first", 0L, 0L)).isZero();
        refused(() -> Arguments.atLeast("first", 0L, -1L), "first: expected at least 0, got -1");
    }

    @Test
    void indicesCountFromNothingToOneLess() {
        assertThat(Arguments.index("row", 0, 3)).isZero();
        assertThat(Arguments.index("row", 2, 3)).isEqualTo(2);
        refused(() -> Arguments.index("row", 3, 3), "row: expected 0 to 2, got 3");
        refused(() -> Arguments.index("row", -1, 3), "row: expected 0 to 2, got -1");
        refused(() -> Arguments.index("row", 0, 0), "row: expected none, as there are none, got 0");
    }

    @Test
    void arraysHaveTheirLength() {
        assertThatCode(() -> Arguments.length("inputs", 3, THREE)).doesNotThrowAnyException();
        refused(() -> Arguments.length("inputs", 4, THREE), "inputs: expected 4 floats, got 3");
        refused(() -> Arguments.length("inputs", 4, null), "inputs: expected one, got null");
    }

    @Test
    void aPartLiesWithinItsArray() {
        assertThatCode(() -> Arguments.part("inputs", THREE, "at", 1, 2)).doesNotThrowAnyException();
        refused(() -> Arguments.part("inputs", THREE, "at", 2, 2), "at: expected 0 to 1 for 2 of 3 floats, got 2");
        refused(() -> Arguments.part("inputs", THREE, "at", -1, 2), "at: expected 0 to 1 for 2 of 3 floats, got -1");
        refused(() -> Arguments.part("inputs", THREE, "at", 0, 4), "inputs: expected at least 4 floats, got 3");
        refused(() -> Arguments.part("inputs", THREE, "at", 0, 1L << 40), "inputs: expected at least 1099511627776 floats, got 3");
    }

    @Test
    void numbersAreFinite() {
        float[] values = {Float.NaN, 1, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY};
        assertThatCode(() -> Arguments.finite("inputs", values, 1, 2)).doesNotThrowAnyException();
        refused(() -> Arguments.finite("inputs", values, 0, 2), "inputs: expected finite numbers, got NaN at 0");
        refused(() -> Arguments.finite("inputs", values, 2, 2), "inputs: expected finite numbers, got -Infinity at 3");
        refused(() -> Arguments.finite("amount", Double.NaN), "amount: expected a finite number, got NaN");
        assertThat(Arguments.finite("amount", 2)).isEqualTo(2);
    }
}
