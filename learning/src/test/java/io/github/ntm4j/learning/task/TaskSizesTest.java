package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskSizesTest {
    private static final Task COPY = CopyConfig.DEFAULT.create();
    private static final Task REPEAT = new Repeat();

    /** A task whose sizes have two parameters, and which never makes a sequence. */
    private static final class Repeat implements Task {
        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public List<SizeRange> sizes() {
            return List.of(new SizeRange("length", 2, 10, 1000), new SizeRange("repeats", 1, 5, 50));
        }

        @Override
        public int steps(Size size) {
            return size.get("length") * size.get("repeats");
        }

        @Override
        public void generate(Size size, Random64 random, Sequence into) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"length=7", " length = 7 ", "length=07", "length=+7"})
    void aSizeIsANameAndANumber(String text) {
        assertThat(COPY.parse(text)).isEqualTo(Size.of("length", 7));
    }

    @Test
    void aSizeMayBeFarBeyondTraining() {
        assertThat(COPY.parse("length=1")).isEqualTo(Size.of("length", 1));
        assertThat(COPY.parse("length=1000000")).isEqualTo(Size.of("length", 1_000_000));
    }

    @ParameterizedTest
    @CsvSource({"length=0, 0", "length=-3, -3", "length=1000001, 1000001", "length=2147483647, 2147483647", "length=99999999999, 99999999999"})
    void aSizeBeyondTheLimitIsRefused(String text, String value) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> COPY.parse(text))
                .withMessage("size " + text + ": expected length from 1 to 1000000, got " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "1e2", "0x10", "99999999999999999999", "3=4"})
    void whatIsNoWholeNumberIsRefused(String value) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> COPY.parse("length=" + value))
                .withMessage("size length=" + value + ": expected a whole number for length, got " + value);
    }

    @Test
    void aSizeWithoutANumberOrWithTwoIsRefused() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> COPY.parse("length="))
                .withMessage("size length=: expected a whole number for length, got nothing");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> COPY.parse("length=5,length=6"))
                .withMessage("size length=5,length=6: length is given twice");
    }

    @ParameterizedTest
    @CsvSource({"lenght=5, length", "Length=5, length", "len=5, length", "length, length", "lengths, length"})
    void theNameThatWasMeantIsNamed(String text, String meant) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> COPY.parse(text))
                .withMessage("size " + text + ": expected length=N, got " + text + "; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "", "=5", "rows=5", "length=5,", "length=5,,"})
    void whatNamesNoSizeIsRefused(String text) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> COPY.parse(text))
                .withMessageStartingWith("size " + text + ": expected length=N, got ")
                .withMessageNotContaining("did you mean");
    }

    @Test
    void whatIsNotNamedIsAsLargeAsInTraining() {
        assertThat(REPEAT.parse("repeats=20")).hasToString("length=10,repeats=20");
        assertThat(REPEAT.parse("length=3")).hasToString("length=3,repeats=5");
        assertThat(REPEAT.parse("repeats=2, length=4")).hasToString("length=4,repeats=2");
        assertThat(REPEAT.largest()).hasToString("length=10,repeats=5");
    }

    @Test
    void everyParameterHasItsOwnLimitAndIsNamedInMessages() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> REPEAT.parse("length=51,repeats=51"))
                .withMessage("size length=51,repeats=51: expected repeats from 1 to 50, got 51");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> REPEAT.parse("length=5,repeat=2"))
                .withMessage("size length=5,repeat=2: expected length=N,repeats=N, got repeat=2; did you mean repeats?");
    }

    @Test
    void aCurriculumBeginsWithTheLeastSizes() {
        int largest = 0;
        for (int i = 0; i < 500; i++) {
            assertThat(REPEAT.draw(Random64.of(1, "size", i), 0)).isEqualTo(Size.of("length", 2).with("repeats", 1));
            largest = Math.max(largest, REPEAT.draw(Random64.of(1, "size", i), 0.5).get("length"));
        }
        assertThat(largest).isEqualTo(6);
    }

    @Test
    void everyParameterIsDrawnByItself() {
        boolean[][] seen = new boolean[11][6];
        for (int i = 0; i < 2000; i++) {
            Size size = REPEAT.draw(Random64.of(1, "size", i), 1);
            seen[size.get("length")][size.get("repeats")] = true;
        }
        for (int length = 2; length <= 10; length++) {
            assertThat(seen[length]).as("repeats at length %d", length).containsExactly(false, true, true, true, true, true);
        }
        assertThat(seen[0]).containsOnly(false);
        assertThat(seen[1]).containsOnly(false);
    }

    @Test
    void aSizeWithoutWhatATaskAsksForIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> COPY.steps(Size.of("repeats", 3)))
                .withMessage("size: expected a length, got repeats=3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            copy               | length=20           | 20
            repeat-copy        | length=7,repeats=30 | 7
            associative-recall | items=20            | 60
            priority-sort      | items=30            | 30
            dynamic-ngrams     | length=200          | 32
            copy-reallocation  | instances=20        | 5
            repeat-copy-blocks | longest=28          | 28
            recall-blocks      | blocks=16           | 48
            key-value          | pairs=32            | 32
            key-value-two-way  | pairs=32            | 32
            """)
    void aTaskKnowsHowManyVectorsAreToBeKept(String name, String size, int vectors) {
        Task task = RunConfig.resolve(ConfigTree.of(Map.of("task.name", name), "test")).task().create();
        assertThat(task.kept(task.parse(size))).isEqualTo(vectors);
    }
}
