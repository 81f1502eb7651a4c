package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Reading.ExtraKeys;
import io.github.ntm4j.machines.data.Reading.Format;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableFileTest {
    private static final Reading TABLE = Reading.DEFAULT.of(Format.CSV);

    private static SequenceFormat format(Reading reading) {
        return SequenceFormat.ANY.withTargetRequired().withReading(reading);
    }

    private static Reading label(String column) {
        return new Reading(Format.CSV, ExtraKeys.REFUSE, "", column, 0, 0, 1);
    }

    private static Reading windows(int window, int horizon) {
        return new Reading(Format.CSV, ExtraKeys.REFUSE, "", "auto", 0, window, horizon);
    }

    private static List<SequenceLine> read(String text, SequenceFormat format) {
        List<SequenceLine> lines = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(bytes), "t.csv", format)) {
            for (SequenceLine line = reader.nextLine(); line != null; line = reader.nextLine()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<SequenceLine> read(String text) {
        return read(text, format(TABLE));
    }

    private static float[] numbers(SequenceSide side) {
        return ((SequenceSide.Vectors) side).values();
    }

    private static int symbol(SequenceSide side) {
        return ((SequenceSide.Symbols) side).symbols()[0];
    }

    private static String text(SequenceSide side) {
        int[] characters = ((SequenceSide.Text) side).characters();
        return new String(characters, 0, characters.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", ",", ";", "  ", " \t "})
    void aFileOfTheArchiveOfSeriesHasTheLabelFirst(String delimiter) {
        String rows = "1,0.5,1.5,2.5\n2,1,2,3\n1,-1e0,.5,7\n2,1,2,3\n".replace(",", delimiter);
        List<SequenceLine> lines = read(rows);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).input()).isInstanceOf(SequenceSide.Vectors.class);
        assertThat(lines.get(0).input().steps()).isEqualTo(3);
        assertThat(numbers(lines.get(2).input())).containsExactly(-1, 0.5f, 7);
        assertThat(symbol(lines.get(0).target())).isEqualTo(1);
        assertThat(symbol(lines.get(1).target())).isEqualTo(2);
    }

    @Test
    void whatIsMissingAtTheEndOfARowMakesItsSeriesShorter() {
        List<SequenceLine> lines = read("1,1,2,NaN,NaN\n0,1,2,3,4\n0,1,,,\n1,1,2,3\n");
        assertThat(lines.stream().map(line -> line.input().steps())).containsExactly(2, 4, 1, 3);
    }

    @Test
    void whatIsMissingWithinARowIsNamedByLineAndColumn() {
        assertThatThrownBy(() -> read("a,b,c,label\n1,2,3,x\n1,,3,y\n4,5,6,x\n1,2,3,y\n"))
                .isInstanceOf(UserException.class)
                .hasMessage("t.csv, line 3: column 2 ('b') is empty; expected a number");
        assertThatThrownBy(() -> read("1,2,3,0\n1,x,3,1\n4,5,6,0\n1,2,3,1\n", format(label("last"))))
                .hasMessage("t.csv, line 2: column 2: 'x' is not a number");
        assertThatThrownBy(() -> read("1;0,5\n2;0,25\n1;0,5\n2;0,25\n", format(label("first"))))
                .hasMessage("t.csv, line 1: column 2: '0,5' is not a number; expected a decimal point");
    }

    @Test
    void theLabelIsTheColumnOfThatNameOrTheLastWhereTheFirstIsNone() {
        List<SequenceLine> named = read("id,v,class,w\n1,10,7,11\n2,20,8,21\n");
        assertThat(symbol(named.getFirst().target())).isEqualTo(7);
        assertThat(numbers(named.getFirst().input())).containsExactly(1, 10, 11);
        List<SequenceLine> last = read("0.5,1.5,cat\n0.25,1,dog\n3.5,1,cat\n0.125,1,dog\n");
        assertThat(((SequenceSide.Words) last.getFirst().target()).words()).containsExactly("cat");
        assertThat(numbers(last.getFirst().input())).containsExactly(0.5f, 1.5f);
    }

    @ParameterizedTest
    @CsvSource({"first, 1.5, 2", "last, 9, 2", "b, 2, 2", "a, 1.5, 2"})
    void whoKnowsBetterNamesTheLabel(String column, float label, int steps) {
        SequenceLine line = read("a,b,c\n1.5,2,9\n2.5,3,8.5\n", format(label(column))).getFirst();
        assertThat(line.input().steps()).isEqualTo(steps);
        float found = line.target() instanceof SequenceSide.Symbols symbols ? symbols.symbols()[0] : numbers(line.target())[0];
        assertThat(found).isEqualTo(label);
    }

    @Test
    void labelsBelowZeroAreWordsAndOtherNumbersAreTheAnswer() {
        assertThat(((SequenceSide.Words) read("-1,0.5,2\n1,0.5,3\n-1,0.5,3\n1,0.5,2\n").getFirst().target()).words()).containsExactly("-1");
        assertThat(numbers(read("0.5,1,2\n0.75,1,3\n", format(label("first"))).getFirst().target())).containsExactly(0.5f);
    }

    @Test
    void aTableWithoutALabelSaysHowToNameOne() {
        assertThatThrownBy(() -> read("0.5,1.5\n0.25,2.5\n"))
                .hasMessageStartingWith("t.csv: expected two columns of texts, or series with a label, found 2 rows, columns parted by commas")
                .hasMessageContaining("task.label_column=first")
                .hasMessageContaining("task.window=");
        assertThatThrownBy(() -> read("date,v\n2020-01-01,0.5\n2020-01-01,1.5\n2020-01-02,1\n2020-01-02,2\n"))
                .as("a date is no label")
                .hasMessageContaining("neither the first nor the last looks like a label");
        assertThatThrownBy(() -> read("a,b\n1,2\n3,4\n", format(label("c"))))
                .hasMessage("t.csv: task.label_column: expected first, last, none or one of a, b; got 'c'");
        assertThatThrownBy(() -> read("1\n2\n3\n")).hasMessageContaining("task.window=");
    }

    @Test
    void twoColumnsOfTextsAreInputAndTarget() {
        List<SequenceLine> lines = read("question,answer\n\"a, \"\"b\"\"\nc\",x\nplain,\"y;z\"\r\n\n12,34\n");
        assertThat(lines).hasSize(3);
        assertThat(text(lines.get(0).input())).isEqualTo("a, \"b\"\nc");
        assertThat(text(lines.get(1).target())).isEqualTo("y;z");
        assertThat(text(lines.get(2).input())).isEqualTo("12");
        assertThat(lines.stream().map(SequenceLine::line)).containsExactly(2L, 4L, 6L);
    }

    @Test
    void aFirstRowOfTextsThatSaysNothingOfColumnsIsARow() {
        assertThat(read("good morning\tguten Morgen\nthanks\tdanke\n")).hasSize(2);
        assertThat(text(read("answer\tquestion\nja\tyes?\n").getFirst().input())).as("by their names").isEqualTo("yes?");
    }

    @Test
    void aSeparatorSplitsTextsIntoWords() {
        Reading words = new Reading(Format.CSV, ExtraKeys.REFUSE, "space", "auto", 0, 0, 1);
        SequenceLine line = read("jump  twice,JUMP JUMP\nwalk left,LEFT WALK\n", format(words)).getFirst();
        assertThat(((SequenceSide.Words) line.input()).words()).containsExactly("jump", "twice");
        assertThat(((SequenceSide.Words) line.target()).words()).containsExactly("JUMP", "JUMP");
    }

    @Test
    void windowsOfASeriesAreFollowedByTheirTargets() {
        List<SequenceLine> lines = read("date,a,b\nx,1,10\ny,2,20\nz,3,30\nz,4,40\nz,5,50\n", format(windows(2, 2)));
        assertThat(lines).hasSize(2);
        assertThat(numbers(lines.get(0).input())).containsExactly(1, 10, 2, 20);
        assertThat(numbers(lines.get(0).target())).containsExactly(3, 30, 4, 40);
        assertThat(numbers(lines.get(1).target())).containsExactly(4, 40, 5, 50);
        Reading one = new Reading(Format.CSV, ExtraKeys.REFUSE, "", "b", 0, 2, 1);
        assertThat(numbers(read("a,b\n1,10\n2,20\n3,30\n", format(one)).getFirst().target())).containsExactly(30);
        assertThatThrownBy(() -> read("1,2\n3,4\n", format(windows(2, 1))))
                .hasMessage("t.csv: expected at least 3 rows for a window of 2 and the 1 that follow, found 2");
    }

    @Test
    void whatFollowsASeriesIsAskedOfItsLastWindow() {
        List<SequenceLine> lines = read("1\n2\n3\n4\n", SequenceFormat.ANY.withReading(windows(3, 1)));
        assertThat(lines).hasSize(1);
        assertThat(numbers(lines.getFirst().input())).containsExactly(2, 3, 4);
        assertThat(lines.getFirst().target()).isNull();
    }

    @Test
    void rowsToBeAnsweredMayHaveALabelOrNone() {
        SequenceFormat trained = SequenceFormat.ANY.withReading(new Reading(Format.CSV, ExtraKeys.REFUSE, "", "first", 4, 0, 1));
        assertThat(numbers(read("9,1,2,3\n", trained).getFirst().input())).containsExactly(1, 2, 3);
        assertThat(numbers(read("1,2,3\n", trained).getFirst().input())).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> read("1,2,3,4,5\n", trained))
                .hasMessage("t.csv: expected rows of 3 numbers, or 4 with the label, as in training; found 5");
    }

    @Test
    void aColumnOfRowNumbersWithoutANameIsLeftOut() {
        assertThat(numbers(read(",v,w,label\n0,5,6,1\n1,7,8,0\n").getFirst().input())).containsExactly(5, 6);
    }

    @Test
    void whatIsNoTableIsRefusedInALine() {
        assertThatThrownBy(() -> read("a,\"b\nc,d\n")).hasMessageContaining("t.csv, line 1: a quote that is not closed");
        assertThatThrownBy(() -> read("a,\"b\"c\nc,d\n")).hasMessageContaining("line 1: 'c' behind a closing quote");
        assertThatThrownBy(() -> read("")).hasMessage("t.csv: expected sequences, found none");
        assertThatThrownBy(() -> read("input,target\n")).hasMessage("t.csv: expected rows below the names of the columns, found none");
        assertThatThrownBy(() -> read("1,1e39\n1,2\n", format(label("first")))).hasMessageContaining("line 1, column 2: '1e39' is too large");
        assertThatThrownBy(() -> SequenceReader.of(
                        new ByteArrayInputStream(new byte[] {'a', ',', (byte) 0xe4, '\n'}), "t.csv", format(TABLE)))
                .hasMessage("t.csv, line 1: not valid UTF-8");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(read("\uFEFF1,2,3\n0,1,2\n1,2,3\n0,1,1\n")).hasSize(4);
    }
}
