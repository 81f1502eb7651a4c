package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyTaskTest {
    private static final CopyTask TASK = CopyConfig.DEFAULT.create();

    private static Sequence sequence(CopyTask task, int length, long seed, String purpose, long index) {
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(Size.of("length", length), Random64.of(seed, purpose, index), sequence);
        return sequence;
    }

    private static float[] input(Sequence s) {
        return Arrays.copyOf(s.input(), s.steps() * s.inputs());
    }

    @Test
    void theDefaultsAreThoseOfThePaper() {
        assertThat(CopyConfig.DEFAULT).isEqualTo(new CopyConfig(CopyConfig.Name.COPY, 1, 20, 8));
        assertThat(TASK.inputs()).isEqualTo(9);
        assertThat(TASK.outputs()).isEqualTo(8);
        assertThat(TASK.largest()).isEqualTo(Size.of("length", 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 120})
    void vectorsThenADelimiterOnItsOwnChannelThenSilenceInWhichTheVectorsAreWanted(int length) {
        Sequence s = sequence(TASK, length, 1, "test", length);
        assertThat(s.steps()).isEqualTo(2 * length + 1).isEqualTo(TASK.steps(Size.of("length", length)));
        for (int step = 0; step < s.steps(); step++) {
            float[] expectedInput = new float[9];
            float[] expectedTarget = new float[8];
            if (step < length) {
                expectedInput = Samples.input(s, step);
                for (float bit : expectedInput) {
                    assertThat(bit).isIn(0f, 1f);
                }
                assertThat(expectedInput[8]).as("delimiter channel at step %d", step).isZero();
            } else if (step == length) {
                expectedInput[8] = 1;
            } else {
                expectedTarget = Arrays.copyOf(Samples.input(s, step - length - 1), 8);
            }
            assertThat(Samples.input(s, step)).as("input at step %d", step).isEqualTo(expectedInput);
            assertThat(Samples.target(s, step)).as("target at step %d", step).isEqualTo(expectedTarget);
            assertThat(s.mask()[step]).as("mask at step %d", step).isEqualTo(step > length ? 1f : 0f);
        }
    }

    @Test
    void everyBitIsAFairCoin() {
        int sequences = 2000;
        double[] ones = new double[20 * 8];
        for (int i = 0; i < sequences; i++) {
            Sequence s = sequence(TASK, 20, 1, "sequence", i);
            for (int bit = 0; bit < ones.length; bit++) {
                ones[bit] += Samples.input(s, bit / 8)[bit % 8];
            }
        }
        for (int bit = 0; bit < ones.length; bit++) {
            assertThat(ones[bit] / sequences).as("bit %d", bit).isCloseTo(0.5, within(0.05));
        }
    }

    @Test
    void seedPurposeAndIndexDecideASequence() {
        float[] one = input(sequence(TASK, 20, 5, "sequence", 4711));
        assertThat(input(sequence(TASK, 20, 5, "sequence", 4711))).isEqualTo(one);
        assertThat(input(sequence(TASK, 20, 6, "sequence", 4711))).isNotEqualTo(one);
        assertThat(input(sequence(TASK, 20, 5, "evaluation", 4711))).isNotEqualTo(one);
        assertThat(input(sequence(TASK, 20, 5, "sequence", 4712))).isNotEqualTo(one);
    }

    @Test
    void noSequenceComesTwice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(Arrays.toString(input(sequence(TASK, 20, 1, "sequence", i))));
            seen.add(Arrays.toString(input(sequence(TASK, 20, 1, "evaluation", i))));
        }
        assertThat(seen.size()).isEqualTo(2000);
    }

    @Test
    void aBufferThatHeldALongerSequenceGivesTheSame() {
        Sequence used = sequence(TASK, 20, 1, "long", 0);
        TASK.generate(Size.of("length", 3), Random64.of(1, "short", 0), used);
        Sequence fresh = sequence(TASK, 3, 1, "short", 0);
        assertThat(used.steps()).isEqualTo(7);
        assertThat(input(used)).isEqualTo(input(fresh));
        assertThat(Arrays.copyOf(used.target(), 7 * 8)).isEqualTo(fresh.target());
        assertThat(Arrays.copyOf(used.mask(), 7)).isEqualTo(fresh.mask());
    }

    @Test
    void allLengthsOfTheRangeAreEquallyLikelyInTraining() {
        CopyTask task = new CopyConfig(CopyConfig.Name.COPY, 3, 12, 4).create();
        int[] counts = new int[14];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            Size size = task.draw(Random64.of(1, "size", i), 1);
            assertThat(size.values()).containsOnlyKeys("length");
            counts[size.get("length")]++;
        }
        double chiSquare = 0;
        for (int length = 3; length <= 12; length++) {
            chiSquare += Math.pow(counts[length] - draws / 10.0, 2) / (draws / 10.0);
        }
        assertThat(Arrays.stream(counts, 3, 13).sum()).isEqualTo(draws);
        assertThat(chiSquare).as("chi square of 9 degrees of freedom").isLessThan(27.9);
    }

    @Test
    void aRangeOfASingleLengthAlwaysGivesIt() {
        CopyTask task = new CopyConfig(CopyConfig.Name.COPY, 4, 4, 2).create();
        for (int i = 0; i < 20; i++) {
            assertThat(task.draw(Random64.of(1, "size", i), 1)).isEqualTo(Size.of("length", 4));
        }
    }

    @Test
    void theWidthIsTheUsers() {
        CopyTask task = new CopyConfig(CopyConfig.Name.COPY, 1, 5, 3).create();
        assertThat(task.inputs()).isEqualTo(4);
        assertThat(task.outputs()).isEqualTo(3);
        Sequence s = sequence(task, 2, 1, "test", 0);
        assertThat(Samples.input(s, 2)).containsExactly(0, 0, 0, 1);
        assertThat(Samples.target(s, 4)).isEqualTo(Arrays.copyOf(Samples.input(s, 1), 3));
    }

    @Test
    void aRangeThatIsEmptyIsRefused() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new CopyConfig(CopyConfig.Name.COPY, 21, 20, 8))
                .withMessage("task.min_length: expected at most task.max_length 20, got 21");
    }
}
