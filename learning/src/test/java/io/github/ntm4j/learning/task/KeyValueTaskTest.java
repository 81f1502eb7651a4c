package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks of keys and values, one way and both. */
final class KeyValueTaskTest {
    private static final KeyValueTask ONE = KeyValueConfig.DEFAULT.create();
    private static final KeyValueTwoWayTask BOTH = KeyValueTwoWayConfig.DEFAULT.create();

    private static Size pairs(int count) {
        return Size.of("pairs", count);
    }

    private static KeyValueConfig config(int min, int max, int width) {
        return new KeyValueConfig(KeyValueConfig.Name.KEY_VALUE, min, max, width, CountedSteps.ANSWERS);
    }

    /** Six bits, by a text. */
    private static String bits(float[] values, int from) {
        return Arrays.toString(Arrays.copyOfRange(values, from, from + 6));
    }

    /** The pairs that the first steps show. */
    private static Map<String, String> shown(Sequence s, int count) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int step = 0; step < count; step++) {
            float[] input = Samples.input(s, step);
            for (float value : input) {
                assertThat(value).isIn(0f, 1f);
            }
            assertThat(Arrays.copyOfRange(input, 12, input.length)).as("no flag at step %d", step).containsOnly(0);
            pairs.put(bits(input, 0), bits(input, 6));
        }
        assertThat(pairs).as("keys are distinct").hasSize(count);
        return pairs;
    }

    private static void isFlag(Sequence s, int step, int... channels) {
        float[] expected = new float[s.inputs()];
        IntStream.of(channels).forEach(channel -> expected[channel] = 1);
        assertThat(Samples.input(s, step)).as("flag at step %d", step).isEqualTo(expected);
        assertThat(s.mask()[step]).isZero();
    }

    /** The keys or values that steps ask with, which show nothing else. */
    private static List<String> asked(Sequence s, int from, int count) {
        List<String> asked = new ArrayList<>();
        for (int step = from; step < from + count; step++) {
            float[] input = Samples.input(s, step);
            assertThat(Arrays.copyOfRange(input, 6, input.length)).as("only six bits at step %d", step).containsOnly(0);
            assertThat(s.mask()[step]).isEqualTo(1);
            asked.add(bits(input, 0));
        }
        return asked;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 32, 64})
    void eachKeyIsAskedOnceAndAnsweredWithItsValueInTheSameStep(int count) {
        for (int index = 0; index < 50; index++) {
            Sequence s = Samples.of(ONE, pairs(count), index);
            assertThat(List.of(s.inputs(), s.outputs(), s.steps())).containsExactly(13, 6, 2 * count + 2);
            Map<String, String> pairs = shown(s, count);
            isFlag(s, count, 12);
            List<String> keys = asked(s, count + 1, count);
            isFlag(s, 2 * count + 1, 12);
            assertThat(keys).containsExactlyInAnyOrderElementsOf(pairs.keySet());
            for (int i = 0; i < count; i++) {
                assertThat(bits(Samples.target(s, count + 1 + i), 0)).isEqualTo(pairs.get(keys.get(i)));
            }
            assertThat(Samples.counted(s)).isEqualTo(IntStream.rangeClosed(count + 1, 2 * count).toArray());
        }
    }

    @Test
    void keysComeInANewOrderAndAreAnyOfSixBits() {
        Set<String> first = new HashSet<>();
        Set<Integer> places = new HashSet<>();
        int same = 0;
        for (int index = 0; index < 1_000; index++) {
            Sequence s = Samples.of(ONE, pairs(4), index);
            List<String> keys = new ArrayList<>(shown(s, 4).keySet());
            List<String> asked = asked(s, 5, 4);
            first.add(keys.getFirst());
            places.add(keys.indexOf(asked.getFirst()));
            same += keys.equals(asked) ? 1 : 0;
        }
        assertThat(first).hasSize(64);
        assertThat(places).hasSize(4);
        assertThat(same).as("of 1,000, one in 24 by chance").isBetween(20, 70);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 32, 64})
    void thenEachValueIsAskedOnceAndAnsweredWithOneOfItsKeys(int count) {
        for (int index = 0; index < 50; index++) {
            Sequence s = Samples.of(BOTH, pairs(count), index);
            assertThat(List.of(s.inputs(), s.outputs(), s.steps())).containsExactly(14, 6, 3 * count + 3);
            Map<String, String> pairs = shown(s, count);
            isFlag(s, count, 12);
            List<String> keys = asked(s, count + 1, count);
            isFlag(s, 2 * count + 1, 13);
            List<String> values = asked(s, 2 * count + 2, count);
            isFlag(s, 3 * count + 2, 12, 13);
            assertThat(keys).containsExactlyInAnyOrderElementsOf(pairs.keySet());
            assertThat(values).containsExactlyInAnyOrderElementsOf(pairs.values());
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                assertThat(bits(Samples.target(s, count + 1 + i), 0)).isEqualTo(pairs.get(keys.get(i)));
                answers.add(bits(Samples.target(s, 2 * count + 2 + i), 0));
                assertThat(pairs.get(answers.getLast())).isEqualTo(values.get(i));
            }
            assertThat(answers).as("every key is wanted once").containsExactlyInAnyOrderElementsOf(pairs.keySet());
        }
    }

    /** Of keys that share a value, each bit is told with the share of these keys in which it is one; a value of one key costs nothing. */
    @Test
    void theOptimumIsWhatSharedValuesCost() {
        for (int index = 0; index < 200; index++) {
            Sequence s = Samples.of(BOTH, pairs(16), index);
            Map<String, List<String>> keysOf = new LinkedHashMap<>();
            shown(s, 16).forEach((key, value) -> keysOf.computeIfAbsent(value, _ -> new ArrayList<>()).add(key));
            double nats = 0;
            for (List<String> keys : keysOf.values()) {
                for (int bit = 0; bit < 6; bit++) {
                    int at = 1 + 5 * bit; // "[0.0, 1.0, ..."
                    double ones = keys.stream().filter(key -> key.charAt(at) == '1').count();
                    double share = ones / keys.size();
                    nats -= ones == 0 || ones == keys.size() ? 0 : ones * Math.log(share) + (keys.size() - ones) * Math.log(1 - share);
                }
            }
            assertThat(BOTH.optimum(s)).isCloseTo(nats, within(1e-9));
            assertThat(BOTH.optimum(s) == 0).isEqualTo(keysOf.size() == 16);
        }
        assertThat(BOTH.certain()).isFalse();
        assertThat(ONE.optimum(Samples.of(ONE, pairs(16), 0))).isZero();
    }

    /** The figures of docs/settings.md, which are sums over the binomial chances that keys share a value and that a bit is one in so many of them. */
    @ParameterizedTest
    @CsvSource({"16, 10.685, 5.139", "32, 41.007, 18.989"})
    void sharedValuesCostSoMuchOnAverage(int count, double bits, double wrong) {
        double nats = 0;
        int errors = 0;
        for (int index = 0; index < 4_000; index++) {
            Sequence s = Samples.of(BOTH, pairs(count), index);
            nats += BOTH.optimum(s);
            Map<String, int[]> ones = new HashMap<>();
            shown(s, count).forEach((key, value) -> {
                int[] sums = ones.computeIfAbsent(value, _ -> new int[7]);
                IntStream.range(0, 6).forEach(bit -> sums[bit] += key.charAt(1 + 5 * bit) == '1' ? 1 : 0);
                sums[6]++;
            });
            for (int[] sums : ones.values()) {
                errors += IntStream.range(0, 6).map(bit -> Math.min(sums[bit], sums[6] - sums[bit])).sum();
            }
        }
        assertThat(nats / 4_000 / Math.log(2)).isCloseTo(bits, withinPercentage(2));
        assertThat(errors / 4_000.0).isCloseTo(wrong, withinPercentage(2));
    }

    @Test
    void aChangedValueChangesTheAnswerAndAKeyThatWasNotShownHasNone() {
        Sequence s = Samples.of(ONE, pairs(8), 2);
        String key = bits(Samples.input(s, 9), 0);
        int place = new ArrayList<>(shown(s, 8).keySet()).indexOf(key);
        float flipped = 1 - Samples.input(s, place)[6];
        s.input(place, 6, flipped);
        assertThat(ONE.answer(pairs(8), s)).isTrue();
        assertThat(Samples.target(s, 9)[0]).isEqualTo(flipped);
        s.input(9, 0, 0.5f);
        assertThat(ONE.answer(pairs(8), s)).isFalse();
    }

    @Test
    void everyStepCountsIfItIsTo() {
        KeyValueTask task = new KeyValueConfig(KeyValueConfig.Name.KEY_VALUE, 2, 16, 6, CountedSteps.ALL).create();
        Sequence all = Samples.of(task, pairs(3), 0);
        assertThat(Samples.counted(all)).isEqualTo(IntStream.range(0, 8).toArray());
        assertThat(all.target()).isEqualTo(Samples.of(ONE, pairs(3), 0).target());
    }

    @Test
    void casesEndWhereKeysDo() {
        assertThat(ONE.cases()).containsExactly(pairs(16), pairs(24), pairs(32));
        assertThat(config(2, 50, 6).create().cases()).containsExactly(pairs(50), pairs(64));
        assertThat(BOTH.cases()).containsExactly(pairs(16), pairs(24), pairs(32));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> ONE.parse("pairs=65"))
                .withMessage("size pairs=65: expected pairs from 1 to 64, got 65");
    }

    @Test
    void rangesMustNotBeEmptyAndThereMustBeAsManyKeys() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> config(5, 4, 6))
                .withMessage("task.min_pairs: expected at most task.max_pairs 4, got 5");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> config(2, 17, 4))
                .withMessage("task.max_pairs: expected at most 16, as no more keys of task.width 4 are different, got 17");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new KeyValueTwoWayConfig(KeyValueTwoWayConfig.Name.KEY_VALUE_TWO_WAY, 2, 17, 4, CountedSteps.ANSWERS))
                .withMessageStartingWith("task.max_pairs: expected at most 16");
    }
}
