package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowWindowTest {
    private static RowWindow window(int rows, int... used) {
        float[][] weighting = new float[1][rows];
        for (int row : used) {
            weighting[0][row] = 0.5f;
        }
        return RowWindow.of(List.<float[][]>of(weighting), rows);
    }

    @Test
    void usedRowsAreShownWithAMargin() {
        assertThat(window(128, 10, 15, 30)).isEqualTo(new RowWindow(8, 25, 128));
        assertThat(window(128, 10, 15, 30).words()).isEqualTo("rows 8\u201332 of 128");
    }

    @Test
    void theMarginEndsWithTheMemory() {
        assertThat(window(128, 0, 20)).isEqualTo(new RowWindow(0, 23, 128));
        assertThat(window(128, 100, 127)).isEqualTo(new RowWindow(98, 30, 128));
    }

    @Test
    void aWalkPastTheLastRowStaysInOnePiece() {
        RowWindow window = window(128, IntStream.concat(IntStream.range(120, 128), IntStream.range(0, 13)).toArray());
        assertThat(window).isEqualTo(new RowWindow(118, 25, 128));
        assertThat(window.seam()).isEqualTo(10);
        assertThat(window.row(9)).isEqualTo(127);
        assertThat(window.row(10)).isZero();
        assertThat(window.words()).isEqualTo("rows 118\u201314 of 128");
    }

    @Test
    void smallFullAndIdleMemoriesAreShownWhole() {
        assertThat(window(16, 3)).isEqualTo(new RowWindow(0, 16, 16));
        assertThat(window(1000)).isEqualTo(new RowWindow(0, 1000, 1000));
        assertThat(window(1000, IntStream.range(0, 1000).toArray())).isEqualTo(new RowWindow(0, 1000, 1000));
        assertThat(window(1000, 0, 200, 400, 600, 800, 999).seam()).isZero();
        assertThat(window(1000).words()).isEqualTo("1,000 rows");
    }

    @Test
    void everyUsedRowIsShown() {
        for (int first = 0; first < 64; first++) {
            for (int length = 1; length <= 64; length++) {
                int start = first;
                int[] used = IntStream.range(0, length).map(i -> (start + i) % 64).toArray();
                RowWindow window = window(64, used);
                assertThat(IntStream.range(0, window.count()).map(window::row).boxed().toList())
                        .as("rows " + first + " and " + length + " on").doesNotHaveDuplicates()
                        .containsAll(IntStream.of(used).boxed().toList());
            }
        }
    }
}
