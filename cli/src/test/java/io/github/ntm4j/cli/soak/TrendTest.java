package io.github.ntm4j.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleToLongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final int SECONDS_BETWEEN = 10;
    private static final long MIB = 1 << 20;

    /** An hour in which everything stays at 100 MiB, or at 100, but for one figure. */
    private static Trend hour(Figure figure, DoubleToLongFunction values) {
        List<Sample> samples = IntStream.rangeClosed(1, 360)
                .mapToObj(i -> sample(i * SECONDS_BETWEEN, figure, values.applyAsLong(i * SECONDS_BETWEEN)))
                .toList();
        return Trend.of(samples).stream().filter(trend -> trend.figure() == figure).findFirst().orElseThrow();
    }

    private static Sample sample(double seconds, Figure figure, long value) {
        ToLongFunction<Figure> of = other -> other == figure ? value : other.bytes() ? 100 * MIB : 100;
        return new Sample(
                seconds,
                of.applyAsLong(Figure.HEAP),
                of.applyAsLong(Figure.THREADS),
                of.applyAsLong(Figure.VIRTUAL_THREADS),
                of.applyAsLong(Figure.DESCRIPTORS),
                of.applyAsLong(Figure.FILES),
                of.applyAsLong(Figure.DISK),
                of.applyAsLong(Figure.NON_HEAP),
                of.applyAsLong(Figure.COMMITTED),
                of.applyAsLong(Figure.RESIDENT));
    }

    @Test
    void one_thread_or_descriptor_that_stays_behind_in_an_hour_is_too_many() {
        for (Figure figure : List.of(Figure.THREADS, Figure.VIRTUAL_THREADS, Figure.DESCRIPTORS)) {
            assertThat(hour(figure, seconds -> seconds < 1800 ? 20 : 21).exceeded()).as(figure.label()).isTrue();
        }
    }

    @Test
    void what_comes_and_goes_is_no_growth() {
        Trend trend = hour(Figure.DESCRIPTORS, seconds -> 20 + (long) seconds / SECONDS_BETWEEN % 7);
        assertThat(trend.exceeded()).isFalse();
        assertThat(trend.first()).isEqualTo(20);
        assertThat(trend.last()).isEqualTo(20);
        assertThat(trend.peak()).isEqualTo(26);
    }

    @Test
    void a_heap_may_grow_by_a_fifth_or_16_mebibytes() {
        assertThat(hour(Figure.HEAP, seconds -> seconds < 1800 ? 20 * MIB : 36 * MIB).exceeded()).isFalse();
        assertThat(hour(Figure.HEAP, seconds -> seconds < 1800 ? 20 * MIB : 37 * MIB).exceeded()).isTrue();
        assertThat(hour(Figure.HEAP, seconds -> seconds < 1800 ? 200 * MIB : 240 * MIB).exceeded()).isFalse();
        assertThat(hour(Figure.HEAP, seconds -> seconds < 1800 ? 200 * MIB : 241 * MIB).exceeded()).isTrue();
    }

    @Test
    void the_first_five_minutes_of_an_hour_are_for_warming_up() {
        assertThat(hour(Figure.THREADS, seconds -> seconds < 300 ? 15 : 20).exceeded()).isFalse();
        assertThat(hour(Figure.THREADS, seconds -> seconds < 700 ? 15 : 20).exceeded()).isTrue();
    }

    @Test
    void a_line_has_its_slope() {
        assertThat(hour(Figure.HEAP, seconds -> 50 * MIB + (long) (seconds * 1000)).perHour()).isCloseTo(3.6e6, within(1.0));
        assertThat(hour(Figure.HEAP, seconds -> 50 * MIB).perHour()).isZero();
    }

    @Test
    void what_the_system_does_not_tell_has_no_trend() {
        List<Sample> samples = IntStream.rangeClosed(1, 20).mapToObj(i -> sample(i * SECONDS_BETWEEN, Figure.DESCRIPTORS, -1)).toList();
        assertThat(Trend.of(samples)).extracting(Trend::figure).contains(Figure.HEAP).doesNotContain(Figure.DESCRIPTORS);
    }

    @Test
    void a_few_seconds_have_no_trend() {
        List<Sample> samples = IntStream.rangeClosed(1, 22).mapToObj(i -> sample(i, Figure.HEAP, 1)).toList();
        assertThat(Trend.of(samples)).isEmpty();
        assertThat(Trend.of(List.of())).isEmpty();
    }
}
