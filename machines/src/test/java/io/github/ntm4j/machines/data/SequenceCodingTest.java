package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.SequenceCoding.Layout;
import io.github.ntm4j.machines.machine.Objective;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbols and texts become vectors with a channel for each, and answers become symbols and texts again. */
final class SequenceCodingTest {
    private static final SequenceCoding AFTER = new SequenceCoding(new Coding.Text("abü"), new Coding.Text("ab"), Layout.AFTER);
    private static final SequenceCoding DURING = new SequenceCoding(new Coding.Symbols(3), new Coding.Symbols(2), Layout.DURING);

    private static SequenceData read(String line, SequenceCoding coding) {
        try (SequenceReader reader =
                SequenceReader.of(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), "data.jsonl", coding)) {
            return Objects.requireNonNull(reader.next());
        }
    }

    @Test
    void anAnswerFollowsItsInputBehindADelimiterAndEnds() {
        SequenceData sequence = read("{\"input\": \"aü\", \"target\": \"b\"}", AFTER);
        assertThat(sequence.steps()).isEqualTo(5);
        assertThat(sequence.inputWidth()).isEqualTo(4);
        assertThat(sequence.input()).containsExactly(
                1, 0, 0, 0, //
                0, 0, 1, 0,
                0, 0, 0, 1,
                0, 0, 0, 0,
                0, 0, 0, 0);
        assertThat(sequence.targetWidth()).isEqualTo(3);
        assertThat(sequence.target()).containsExactly(
                0, 0, 0, //
                0, 0, 0,
                0, 0, 0,
                0, 1, 0,
                0, 0, 1);
        assertThat(sequence.mask()).containsExactly(0, 0, 0, 1, 1);
    }

    @Test
    void withoutATargetASequenceEndsWithTheDelimiter() {
        SequenceData sequence = read("{\"input\": \"a\"}", AFTER);
        assertThat(sequence.steps()).isEqualTo(2);
        assertThat(sequence.target()).isNull();
        assertThat(sequence.mask()).isNull();
    }

    @Test
    void emptyTextsAreAskedAndAnswered() {
        SequenceData sequence = read("{\"input\": \"\", \"target\": \"\"}", AFTER);
        assertThat(sequence.input()).containsExactly(0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(sequence.target()).containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(sequence.mask()).containsExactly(0, 1);
    }

    @Test
    void symbolsAreAnsweredStepByStep() {
        SequenceData sequence = read("{\"input\": [2, 0], \"target\": [1, 1], \"mask\": [0, 0.5]}", DURING);
        assertThat(sequence.input()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(sequence.target()).containsExactly(0, 1, 0, 1);
        assertThat(sequence.mask()).containsExactly(0, 0.5f);
    }

    @Test
    void theLikeliestSymbolsUpToTheEndAreTheAnswer() {
        float[] answer = {0.2f, 0.7f, 0.1f, 0.5f, 0.3f, 0.2f, 0.1f, 0.2f, 0.7f};
        assertThat(((SequenceSide.Text) AFTER.decode(answer, 2)).characters()).containsExactly('b', 'a');
        assertThat(AFTER.ended(answer, 1, Objective.SYMBOLS)).isFalse();
        assertThat(AFTER.ended(answer, 2, Objective.SYMBOLS)).isTrue();
        assertThat(((SequenceSide.Symbols) DURING.decode(new float[] {0.4f, 0.6f, 0.9f, 0.1f}, 2)).symbols()).containsExactly(1, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"input\": \"ac\", \"target\": \"a\"} | input step 2: character 'c'; expected one of 'abü'",
        "{\"input\": \"a\", \"target\": \"ü\"} | target step 1: character 'ü'; expected one of 'ab'",
        "{\"input\": [0], \"target\": \"a\"} | input is an array; expected a text",
        "{\"input\": \"a\", \"target\": [[1]]} | target is an array; expected a text",
        "{\"input\": \"a\", \"target\": \"a\", \"mask\": [1, 1]} | mask has 2 numbers, but target has 1 steps; expected one per step of the target where the answer follows the input",
        "{\"input\": 7} | input is '7'; expected a text",
        "{\"input\": \"\\ud800\"} | input step 1: half a surrogate pair; expected a character",
    })
    void whatATextCannotBeIsSaidWithItsStep(String line, String problem) {
        assertThatThrownBy(() -> read(line, AFTER)).isInstanceOf(UserException.class).hasMessage("data.jsonl, line 1: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"input\": [3], \"target\": [0]} | input step 1: symbol 3; expected 0 to 2",
        "{\"input\": [1], \"target\": [2]} | target step 1: symbol 2; expected 0 to 1",
        "{\"input\": [-1], \"target\": [0]} | input step 1: '-1' is not a whole number from 0 to 2147483646",
        "{\"input\": [1.5], \"target\": [0]} | input step 1: '1.5' is not a whole number from 0 to 2147483646; real numbers are written with an array for each step: [[0.5], [0.25]]",
        "{\"input\": [99999999999999999999], \"target\": [0]} | input step 1: '99999999999999999999' is not a whole number from 0 to 2147483646",
        "{\"input\": [0, [1]], \"target\": [0, 0]} | input step 2: an array is not a whole number from 0 to 2147483646",
        "{\"input\": [], \"target\": []} | input is empty; expected at least one step",
        "{\"input\": [1, 2], \"target\": [0]} | target has 1 steps, but input has 2",
        "{\"input\": [1, 2], \"target\": [0, 1], \"mask\": [1]} | mask has 1 numbers, but input has 2 steps; expected one per step",
        "{\"input\": \"ab\", \"target\": [0, 1]} | input is the text 'ab'; expected an array of whole numbers",
    })
    void whatSymbolsCannotBeIsSaidWithItsStep(String line, String problem) {
        assertThatThrownBy(() -> read(line, DURING)).isInstanceOf(UserException.class).hasMessage("data.jsonl, line 1: " + problem);
    }

    @Test
    void vectorsThatFollowTheirInputEndByAChannelOfTheirOwn() {
        SequenceCoding coding = new SequenceCoding(new Coding.Vectors(1), new Coding.Vectors(2), Layout.AFTER);
        SequenceData sequence = read("{\"input\": [[5], [6], [7]], \"target\": [[0.5, -1]]}", coding);
        assertThat(sequence.input()).containsExactly(
                5, 0, //
                6, 0,
                7, 0,
                0, 1,
                0, 0,
                0, 0);
        assertThat(sequence.target()).containsExactly(
                0, 0, 0, //
                0, 0, 0,
                0, 0, 0,
                0, 0, 0,
                0.5f, -1, 0,
                0, 0, 1);
        assertThat(sequence.mask()).containsExactly(0, 0, 0, 0, 1, 1);
        float[] answer = {2, 3, 0.4f, 4, 5, 0.6f};
        assertThat(coding.ended(answer, 0, Objective.REALS)).isFalse();
        assertThat(coding.ended(answer, 1, Objective.REALS)).isTrue();
        assertThat(coding.ended(answer, 1, Objective.BITS)).isTrue();
        assertThat(coding.ended(answer, 1, Objective.SYMBOLS)).as("another symbol is more probable").isFalse();
        SequenceSide.Vectors said = (SequenceSide.Vectors) coding.decode(answer, 2);
        assertThat(said.values()).containsExactly(2, 3, 4, 5);
        assertThat(said.width()).isEqualTo(2);
    }

    @Test
    void answersOfOneLengthNeedNoEnd() {
        SequenceCoding coding = new SequenceCoding(new Coding.Vectors(1), new Coding.Vectors(1), Layout.AFTER, 2);
        SequenceData sequence = read("{\"input\": [[5]], \"target\": [[1], [2]]}", coding);
        assertThat(coding.outputs()).isEqualTo(1);
        assertThat(sequence.input()).containsExactly(5, 0, 0, 1, 0, 0, 0, 0);
        assertThat(sequence.target()).containsExactly(0, 0, 1, 2);
        assertThat(sequence.mask()).containsExactly(0, 0, 1, 1);
        assertThat(coding.ended(new float[] {1, 1}, 1, Objective.BITS)).isFalse();
        assertThat(coding.steps(new SequenceLine(new SequenceSide.Vectors(new float[] {5}, 1, 1), null, null, 1))).isEqualTo(2);
        SequenceCoding label = new SequenceCoding(new Coding.Text("ab"), new Coding.Symbols(3), Layout.AFTER, 1);
        assertThat(read("{\"input\": \"ab\", \"target\": [2]}", label).target()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThatThrownBy(() -> read("{\"input\": [[5]], \"target\": [[1]]}", coding))
                .isInstanceOf(UserException.class)
                .hasMessage("data.jsonl, line 1: target has 1 steps; expected 2 (task.answer_steps)");
        assertThatThrownBy(() -> new SequenceCoding(new Coding.Symbols(1), new Coding.Symbols(1), Layout.DURING, 1))
                .isInstanceOf(UserException.class)
                .hasMessage("task.answer_steps: expected 0 for answers during the input, got 1");
    }

    @Test
    void aMaskOfAnAnswerThatFollowsIsOfTheAnswer() {
        SequenceData sequence = read("{\"input\": \"a\", \"target\": \"ab\", \"mask\": [0, 0.5]}", AFTER);
        assertThat(sequence.mask()).containsExactly(0, 0, 0, 0.5f, 1);
    }
}
