package io.github.ntm4j.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.studio.run.Series.Merge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many points come, a series keeps at most so many, each of as many as the others. */
class SeriesTest {
    private final Series series = new Series(4, List.of(Merge.LAST, Merge.MEAN, Merge.SUM));

    private void add(int from, int to) {
        for (int i = from; i <= to; i++) {
            series.add(i, 10 * i, 1);
        }
    }

    @Test
    void fewPointsAreKeptAsTheyAre() {
        add(1, 3);
        assertThat(series.after(0)).containsExactly(List.of(1L, 10L, 1L), List.of(2L, 20L, 1L), List.of(3L, 30L, 1L));
        assertThat(series.after(1)).hasSize(2);
        assertThat(series.after(3)).isEmpty();
    }

    /** The place of the last, the mean of the values, the sum of what is counted. */
    @Test
    void pointsAreMergedInPairsWhereThereAreTooMany() {
        add(1, 6);
        assertThat(series.after(0)).containsExactly(List.of(2L, 15L, 2L), List.of(4L, 35L, 2L), List.of(6L, 55L, 2L));
        add(7, 16);
        assertThat(series.after(0))
                .containsExactly(List.of(4L, 25L, 4L), List.of(8L, 65L, 4L), List.of(12L, 105L, 4L), List.of(16L, 145L, 4L));
    }

    @Test
    void whatIsNoNumberCountsForNothing() {
        series.add(1, 10, 1);
        series.add(2, Double.NaN, 1);
        series.add(3, 30, 1);
        series.add(4, 50, 1);
        series.add(5, 70, 1);
        series.add(6, Double.NaN, 1);
        assertThat(series.after(0)).containsExactly(List.of(2L, 10L, 2L), List.of(4L, 40L, 2L), List.of(6L, 70L, 2L));
    }
}
