package io.github.ntm4j.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BuffersTest {
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -0x1p-127f})
    void whatNoCallShouldLeaveIsRefused(float value) {
        assertThatThrownBy(() -> Buffers.check(new float[] {1, 0, value}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got " + value + " at 2");
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, -0f, 1f, -Float.MAX_VALUE, Float.MIN_NORMAL})
    void zeroAndNormalNumbersMayStay(float value) {
        assertThatCode(() -> Buffers.check(new float[] {value})).doesNotThrowAnyException();
    }

    @Test
    void everyBufferIsChecked() {
        Buffers buffers = new Buffers();
        float[] first = buffers.uniform(2, 20, -1, 1);
        buffers.zeros(1, 1);
        first[20] = Float.NaN;
        assertThatThrownBy(buffers::check).isInstanceOf(IllegalStateException.class);
    }
}
