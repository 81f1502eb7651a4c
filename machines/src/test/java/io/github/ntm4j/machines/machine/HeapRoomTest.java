package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.UserException;
import org.junit.jupiter.api.Test;

class HeapRoomTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void whatDoesNotFitIsRefusedWithTheFigures() {
        long needed = HeapRoom.needed(80 * MEBIBYTE, MEBIBYTE);
        assertThat(needed).isEqualTo((80 + 10 + 16) * MEBIBYTE);
        assertThatCode(() -> HeapRoom.require(needed, "this", 80 * MEBIBYTE, MEBIBYTE, "less")).doesNotThrowAnyException();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> HeapRoom.require(needed - MEBIBYTE, "this", 80 * MEBIBYTE, MEBIBYTE, "take less"))
                .withMessage("this needs 106 MiB, and java has 105 MiB; give java more (NTM_JAVA_OPTS=-Xmx1g), or take less");
    }

    /** An array lies in one generation of the heap, and the old one has two thirds. */
    @Test
    void oneLargeArrayNeedsMoreThanItsShare() {
        assertThat(HeapRoom.needed(80 * MEBIBYTE, 80 * MEBIBYTE)).isEqualTo((120 + 16) * MEBIBYTE);
    }

    @Test
    void theAdviceIsEnough() {
        for (long needed : new long[] {MEBIBYTE, 1023 * MEBIBYTE, 1024 * MEBIBYTE, 5000 * MEBIBYTE}) {
            String advice = HeapRoom.more(needed);
            long gibibytes = Long.parseLong(advice.replaceAll(".*-Xmx(\\d+)g.*", "$1"));
            assertThat(gibibytes * 1024 * MEBIBYTE).isGreaterThan(needed);
        }
    }
}
