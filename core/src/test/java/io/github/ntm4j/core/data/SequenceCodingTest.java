package io.github.ntm4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.data.SequenceCoding.Layout;
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
        float[] answer = {0.2f, 0.7f, 0.1f, 0.5f, 0.3f, 0.2f, 0.1f, 0.2f, 0.7f, 1, 0, 0};
        assertThat(((SequenceSide.Text) AFTER.decode(answer, 4)).characters()).containsExactly('b', 'a');
        assertThat(((SequenceSide.Symbols) DURING.decode(new float[] {0.4f, 0.6f, 0.9f, 0.1f}, 2)).symbols()).containsExactly(1, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"input\": \"ac\", \"target\": \"a\"} | input step 2: character 'c'; expected one of 'abü'",
        "{\"input\": \"a\", \"target\": \"ü\"} | target step 1: character 'ü'; expected one of 'ab'",
        "{\"input\": [0], \"target\": \"a\"} | input is an array; expected a text",
        "{\"input\": \"a\", \"target\": [[1]]} | target is an array; expected a text",
        "{\"input\": \"a\", \"target\": \"a\", \"mask\": [1]} | a mask; expected none where the answer follows the input",
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
        "{\"input\": [-1], \"target\": [0]} | input step 1: '-1' is not a whole number from 0 to 65535",
        "{\"input\": [1.5], \"target\": [0]} | input step 1: '1.5' is not a whole number from 0 to 65535",
        "{\"input\": [99999999999999999999], \"target\": [0]} | input step 1: '99999999999999999999' is not a whole number from 0 to 65535",
        "{\"input\": [0, [1]], \"target\": [0, 0]} | input step 2: an array is not a whole number from 0 to 65535",
        "{\"input\": [], \"target\": []} | input is empty; expected at least one step",
        "{\"input\": [1, 2], \"target\": [0]} | target has 1 steps, but input has 2",
        "{\"input\": [1, 2], \"target\": [0, 1], \"mask\": [1]} | mask has 1 numbers, but input has 2 steps; expected one per step",
        "{\"input\": \"ab\", \"target\": [0, 1]} | input is the text 'ab'; expected an array of whole numbers",
    })
    void whatSymbolsCannotBeIsSaidWithItsStep(String line, String problem) {
        assertThatThrownBy(() -> read(line, DURING)).isInstanceOf(UserException.class).hasMessage("data.jsonl, line 1: " + problem);
    }

    @Test
    void vectorsHaveNoEndSymbol() {
        assertThatThrownBy(() -> new SequenceCoding(new Coding.Vectors(1), new Coding.Vectors(1), Layout.AFTER))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("task.layout: expected during for targets that are vectors");
    }
}
