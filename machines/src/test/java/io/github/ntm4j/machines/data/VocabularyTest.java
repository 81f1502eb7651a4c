package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VocabularyTest {
    private static SequenceLine line(String json, SequenceFormat format) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(bytes), "w.jsonl", format)) {
            return reader.nextLine();
        }
    }

    private static List<String> words(SequenceSide side) {
        return ((SequenceSide.Words) side).words();
    }

    private static SequenceFormat separated(String separator) {
        return SequenceFormat.ANY.withReading(new Reading(Reading.Format.AUTO, Reading.ExtraKeys.REFUSE, separator, "auto", 0, 0, 1));
    }

    @Test
    void aListOfTextsIsAWordForEachStep() {
        SequenceLine line = line("{\"input\":[\"jump\",\"twice\"],\"target\":[\"JUMP\",\"JUMP\"]}", SequenceFormat.ANY);
        assertThat(words(line.input())).containsExactly("jump", "twice");
        assertThat(words(line.target())).containsExactly("JUMP", "JUMP");
        assertThatThrownBy(() -> line("{\"input\":[\"jump\",2]}", SequenceFormat.ANY))
                .hasMessage("w.jsonl, line 1: input step 2 is '2'; expected a text, a word for each step");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "' '|a  b c|a;b;c", "space|a  b c|a;b;c", ",|a, b,,c|a;b;c", "comma|a,b c|a;b c", "tab|a b\tc|a b;c", "--|a--b-c|a;b-c", ".|a.b|a;b",
    })
    void aSeparatorSplitsTexts(String separator, String text, String expected) {
        SequenceLine line = line("{\"input\":\"" + text.replace("\t", "\\t") + "\"}", separated(separator));
        assertThat(words(line.input())).containsExactly(expected.split(";"));
    }

    @Test
    void whoAsksForWordsGetsTextsSplitAtWhiteSpace() {
        SequenceFormat words = new SequenceFormat(SequenceForm.WORDS, null, 0, 0, false, 1 << 20, 1000, Reading.DEFAULT);
        assertThat(words(line("{\"input\":\" where is\\tmary ?\"}", words).input())).containsExactly("where", "is", "mary", "?");
    }

    @Test
    void anyWordsSurviveAsAText() {
        List<String> words = List.of("", " ", "\\", "\\s", "a b", "é😀", "\n", "a", "\\e", "  x ", "#", "\"'");
        Vocabulary vocabulary = Vocabulary.of(words);
        Vocabulary again = Vocabulary.parse(vocabulary.toString());
        assertThat(again).isEqualTo(vocabulary);
        assertThat(again.words()).containsExactlyInAnyOrderElementsOf(words);
        assertThat(Vocabulary.parse("").words()).isEmpty();
        assertThat(Vocabulary.parse(Vocabulary.of(List.of("")).toString()).words()).containsExactly("");
    }

    @Test
    void wordsThatAreNotKnownShareAChannel() {
        Vocabulary vocabulary = Vocabulary.of(List.of("walk", "jump"));
        assertThat(vocabulary.width()).isEqualTo(3);
        assertThat(vocabulary.channel("jump")).isEqualTo(0);
        assertThat(vocabulary.channel("fly")).isEqualTo(2).isEqualTo(vocabulary.channel("swim"));
        assertThat(vocabulary.word(2)).isEqualTo("<unknown>");
        Vocabulary customary = Vocabulary.of(List.of("walk", "<unk>"));
        assertThat(customary.width()).as("data that has a word for it").isEqualTo(2);
        assertThat(customary.channel("fly")).isEqualTo(customary.channel("<unk>"));
    }

    @Test
    void unknownWordsAreSaidOnce() {
        Coding.Words known = new Coding.Words(Vocabulary.of(List.of("a")));
        UnknownWords unknown = new UnknownWords(new SequenceCoding(known, known, SequenceCoding.Layout.AFTER));
        unknown.see(new SequenceLine(new SequenceSide.Words(List.of("a")), null, null, 1));
        assertThat(unknown.notice("x")).isEmpty();
        unknown.see(new SequenceLine(new SequenceSide.Words(List.of("b", "a", "b")), null, null, 2));
        assertThat(unknown.notice("x")).contains("x: a word that training did not see, taken as an unknown one: 'b' in line 2");
        for (int i = 0; i < 9; i++) {
            unknown.see(new SequenceLine(new SequenceSide.Words(List.of("w" + i)), null, null, 3));
        }
        assertThat(unknown.notice("x")).hasValueSatisfying(line -> assertThat(line)
                .startsWith("x: 10 words that training did not see").endsWith("'w3' in line 3, ..."));
    }

    @Test
    void wordsAreEncodedAndSaidAgain() throws Coding.Unknown {
        Coding coding = Coding.of(SequenceForm.WORDS, 0, "", "", Vocabulary.of(List.of("b", "a")).toString());
        float[] vector = new float[3];
        coding.encode(new SequenceSide.Words(List.of("b")), 0, vector, 0);
        assertThat(vector).containsExactly(0, 1, 0);
        assertThat(coding.decode(new int[] {1, 0, 2})).isEqualTo(new SequenceSide.Words(List.of("b", "a", "<unknown>")));
    }

    @Test
    void moreWordsOrSymbolsThanAMachineCanHaveAreRefused() {
        SideTally words = new SideTally();
        SideTally symbols = new SideTally();
        for (int i = 0; i < 70_000; i++) {
            words.see(new SequenceSide.Words(List.of("w" + i)));
            symbols.see(new SequenceSide.Symbols(new int[] {i}));
        }
        assertThatThrownBy(() -> words.describe("input", "w.jsonl", new HashMap<>()))
                .hasMessage("w.jsonl: inputs have more than 65536 different words; expected fewer, rare ones replaced by <unk>");
        assertThatThrownBy(() -> symbols.describe("target", "w.jsonl", new HashMap<>()))
                .hasMessageStartingWith("w.jsonl: targets have more than 65536 different symbols; expected fewer, or real numbers");
        SideTally one = new SideTally();
        one.see(new SequenceSide.Words(List.of("x".repeat(500_000))));
        assertThatThrownBy(() -> one.describe("input", "w.jsonl", new HashMap<>())).hasMessageContaining("are longer than 450000 characters");
    }

    @Test
    void symbolsWithGapsHaveAChannelEach() throws Coding.Unknown {
        Coding coding = Coding.of(SequenceForm.SYMBOLS, 3, "", "3 17 65535", "");
        assertThat(coding.width()).isEqualTo(3);
        float[] vector = new float[3];
        coding.encode(new SequenceSide.Symbols(new int[] {65535}), 0, vector, 0);
        assertThat(vector).containsExactly(0, 0, 1);
        assertThat(((SequenceSide.Symbols) coding.decode(new int[] {1, 2, 0})).symbols()).containsExactly(17, 65535, 3);
        assertThatThrownBy(() -> coding.encode(new SequenceSide.Symbols(new int[] {4}), 0, vector, 0))
                .hasMessage("symbol 4; expected one of the symbols trained on: 3 17 65535");
        assertThatThrownBy(() -> Coding.of(SequenceForm.SYMBOLS, 3, "", "3 x", "")).hasMessageContaining("expected whole numbers, got 'x'");
        assertThatThrownBy(() -> Coding.of(SequenceForm.SYMBOLS, 3, "", "3 3", "")).hasMessageContaining("in rising order, got 3");
    }
}
