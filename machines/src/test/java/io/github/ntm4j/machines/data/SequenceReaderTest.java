package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences are read as they stand, and whatever is wrong with one is said with file, line and step. */
@Timeout(60)
class SequenceReaderTest {
    private static final SequenceFormat TWO_IN_ONE_OUT = SequenceFormat.of(2, 1);

    private static List<SequenceData> read(byte[] text, SequenceFormat format) {
        List<SequenceData> sequences = new ArrayList<>();
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(text), "data.jsonl", format)) {
            for (SequenceData next = reader.next(); next != null; next = reader.next()) {
                sequences.add(next);
            }
        }
        return sequences;
    }

    private static List<SequenceData> read(String text, SequenceFormat format) {
        return read(text.getBytes(StandardCharsets.UTF_8), format);
    }

    @Test
    void aSequenceHasItsInputTargetAndMask() {
        List<SequenceData> read = read(
                "{\"input\": [[0, 1], [0.5, -2e-3], [1, 1]], \"target\": [[1], [0], [1]], \"mask\": [0, 0.25, 1]}\r\n"
                        + " \t\r\n\n"
                        + "{\"target\": [[3]], \"input\": [[-0.0, 16777217]]}",
                TWO_IN_ONE_OUT);

        assertThat(read).hasSize(2);
        SequenceData first = read.getFirst();
        assertThat(first.input()).containsExactly(0, 1, 0.5f, -2e-3f, 1, 1);
        assertThat(first.target()).containsExactly(1, 0, 1);
        assertThat(first.mask()).containsExactly(0, 0.25f, 1);
        assertThat(List.of(first.steps(), first.inputWidth(), first.targetWidth())).containsExactly(3, 2, 1);
        assertThat(first.line()).isEqualTo(1);
        SequenceData second = read.getLast();
        assertThat(second.input()).containsExactly(-0f, 16777216);
        assertThat(second.mask()).isNull();
        assertThat(second.line()).isEqualTo(4);
    }

    @Test
    void anInputAloneIsEnoughUnlessATargetIsRequired() {
        assertThat(read("{\"input\":[[1,2]]}", TWO_IN_ONE_OUT).getFirst().target()).isNull();
        assertThatThrownBy(() -> read("{\"input\":[[1,2]]}", TWO_IN_ONE_OUT.withTargetRequired()))
                .hasMessageStartingWith("data.jsonl, line 1: no target; expected");
    }

    @Test
    void anEmptyTextHasNoSequences() {
        assertThat(read("", SequenceFormat.ANY)).isEmpty();
        assertThat(read("\n \n\t", SequenceFormat.ANY)).isEmpty();
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(read("\uFEFF{\"input\":[[1]]}\n", SequenceFormat.ANY)).hasSize(1);
        assertThat(read("\uFEFF", SequenceFormat.ANY)).isEmpty();
    }

    @Test
    void everyFloatIsRead() {
        long seed = 3;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertThat(read("{\"input\":[[" + value + "]]}", SequenceFormat.ANY).getFirst().input()[0])
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(value);
            }
        }
    }

    static Stream<Arguments> wrongLines() {
        String good = "{\"input\":[[1,2],[3,4]]}";
        return Stream.of(
                // Not a sequence.
                Arguments.of("[[1,2]]", "not a JSON object; expected {\"input\": [[...], ...]}"),
                Arguments.of("7", "not a JSON object"),
                Arguments.of("{}", "no input; expected {\"input\": [[...], ...]}"),
                Arguments.of("{\"inputs\":[[1,2]]}", "unknown key 'inputs'; known are input, target and mask; did you mean input?"),
                Arguments.of("{\"targte\":[[1]]}", "known are input, target and mask; did you mean target?"),
                Arguments.of("{\"Mask\":[[1]]}", "unknown key 'Mask'; known are input, target and mask; did you mean mask?"),
                Arguments.of("{\"" + "x".repeat(1_000) + "\":1}", "unknown key 'xxxx"),
                Arguments.of("{\"input\":[[1,2]],\"input\":[[1,2]]}", "two entries 'input'"),
                Arguments.of("{\"input\":[[1,2]],\"target\":[[1]],\"target\":[[1]]}", "two entries 'target'"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":[1],\"mask\":[1]}", "two entries 'mask'"),
                Arguments.of(good + good, "more than one JSON value; expected one object a line"),
                Arguments.of(good + ",", "not valid JSON: column"),
                // Not JSON.
                Arguments.of("{\"input\":[[1,2],[3,", "not valid JSON: column"),
                Arguments.of("{\"input\":[[1,2}", "not valid JSON: column 15: unexpected close marker '}': expected ']'"),
                Arguments.of("{input:[[1,2]]}", "not valid JSON: column"),
                Arguments.of("{'input':[[1,2]]}", "not valid JSON: column"),
                Arguments.of("{\"input\":[[01,2]]}", "not valid JSON: column"),
                Arguments.of("{\"input\":[[+1,2]]}", "not valid JSON: column"),
                Arguments.of("{\"input\":[[1,2],]}", "not valid JSON: column"),
                Arguments.of("{\"input\":" + "[".repeat(5_000) + "]}", "input step 1: an array is not a number"),
                Arguments.of("input,target", "not valid JSON: column"),
                // Not numbers.
                Arguments.of("{\"input\":null}", "input is 'null'; expected an array with an array of numbers per step"),
                Arguments.of("{\"input\":\"0101\"}", "input is the text '0101'; expected an array"),
                Arguments.of("{\"input\":{\"a\":1}}", "input is an object; expected an array"),
                Arguments.of("{\"input\":[1,2]}", "input step 1 is '1'; expected an array of numbers"),
                Arguments.of("{\"input\":[[1,2],null]}", "input step 2 is 'null'; expected an array of numbers"),
                Arguments.of("{\"input\":[[1,2],[null,1]]}", "input step 2: 'null' is not a number"),
                Arguments.of("{\"input\":[[1,2],[1,\"2\"]]}", "input step 2: the text '2' is not a number"),
                Arguments.of("{\"input\":[[true,false]]}", "input step 1: 'true' is not a number"),
                Arguments.of("{\"input\":[[1,[2]]]}", "input step 1: an array is not a number"),
                Arguments.of("{\"input\":[[1,{}]]}", "input step 1: an object is not a number"),
                Arguments.of("{\"input\":[[1,2],[NaN,1]]}", "input step 2: 'NaN' is not a finite number"),
                Arguments.of("{\"input\":[[1,2],[-Infinity,1]]}", "input step 2: '-Infinity' is not a finite number"),
                Arguments.of("{\"input\":[[1,Infinity]]}", "input step 1: 'Infinity' is not a finite number"),
                Arguments.of("{\"input\":[[1,1e39]]}", "input step 1: '1e39' is too large for a 32-bit float"),
                Arguments.of("{\"input\":[[1,-1e400]]}", "input step 1: '-1e400' is too large for a 32-bit float"),
                Arguments.of("{\"input\":[[1," + "9".repeat(50) + "]]}", "input step 1: '" + "9".repeat(50) + "' is too large"),
                Arguments.of(
                        "{\"input\":[[1," + "9".repeat(5_000) + "]]}",
                        "number value length (5000) exceeds the maximum allowed (1000)"),
                // Not of one shape.
                Arguments.of("{\"input\":[]}", "input is empty; expected at least one step"),
                Arguments.of("{\"input\":[[]]}", "input step 1 is empty; expected at least one number"),
                Arguments.of("{\"input\":[[1,2],[]]}", "input step 2 is empty"),
                Arguments.of("{\"input\":[[1,2],[1,2],[1]]}", "input step 3 has 1 numbers, but step 1 has 2"),
                Arguments.of("{\"input\":[[1,2],[1,2,3]]}", "input step 2 has 3 numbers, but step 1 has 2"),
                Arguments.of("{\"input\":[[1,2,3]]}", "input step 1 has 3 numbers; expected were 2"),
                Arguments.of("{\"input\":[[1,2]],\"target\":[[1,2]]}", "target step 1 has 2 numbers; expected were 1"),
                Arguments.of("{\"input\":[[1,2]],\"target\":[[1],[2]]}", "target has 2 steps, but input has 1"),
                Arguments.of("{\"input\":[[1,2],[3,4]],\"target\":[[1],[2,3]]}", "target step 2 has 2 numbers, but step 1 has 1"),
                Arguments.of("{\"input\":[[1,2]],\"target\":[]}", "target is empty"),
                Arguments.of("{\"input\":[[1,2]],\"target\":null}", "target is 'null'; expected an array"),
                Arguments.of("{\"input\":[[1,2]],\"target\":[[NaN]]}", "target step 1: 'NaN' is not a finite number"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":[1,1]}", "mask has 2 numbers, but input has 1 steps; expected one per step"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":[]}", "mask has 0 numbers, but input has 1 steps"),
                Arguments.of("{\"input\":[[1,2],[1,2]],\"mask\":[1,1.5]}", "mask step 2: '1.5' is not in 0 to 1"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":[-0.1]}", "mask step 1: '-0.1' is not in 0 to 1"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":[[1]]}", "mask step 1: an array is not a number"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":[null]}", "mask step 1: 'null' is not a number"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":[NaN]}", "mask step 1: 'NaN' is not a finite number"),
                Arguments.of("{\"input\":[[1,2]],\"mask\":1}", "mask is '1'; expected an array of numbers"),
                // Not text.
                Arguments.of("{\"input\":[[1,2]]}\0", "byte 18: a zero byte; expected JSON in UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void aWrongLineIsNamedWithItsFileLineAndStep(String line, String problem) {
        String text = "{\"input\":[[1,2]],\"target\":[[1]]}\n\n" + line + "\n{\"input\":[[1,2]]}\n";
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> read(text, TWO_IN_ONE_OUT))
                .withMessageStartingWith("data.jsonl, line 3")
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n", "Source", "Exception"));
    }

    @Test
    void theFirstSequenceFixesTheWidths() {
        assertThatThrownBy(() -> read("{\"input\":[[1,2]],\"target\":[[1]]}\n{\"input\":[[1]]}", SequenceFormat.ANY))
                .hasMessage("data.jsonl, line 2: input step 1 has 1 numbers; line 1 has 2");
        assertThatThrownBy(() -> read(
                        "{\"input\":[[1]]}\n{\"input\":[[1]],\"target\":[[1]]}\n{\"input\":[[1]],\"target\":[[1,2]]}", SequenceFormat.ANY))
                .hasMessage("data.jsonl, line 3: target step 1 has 2 numbers; line 2 has 1");
    }

    @Test
    void invalidUtf8IsNamedWithItsByte() {
        byte[] text = "{\"input\":[[1]]}\n{\"inp\u00ffut\":[[1]]}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(text, SequenceFormat.ANY)).hasMessage("data.jsonl, line 2, byte 6: not valid UTF-8");
        byte[] cut = "{\"input\":[[1]]}\n\u00e2\u0082".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(cut, SequenceFormat.ANY)).hasMessage("data.jsonl, line 2, byte 1: not valid UTF-8");
        byte[] utf16 = "{\"input\":[[1]]}".getBytes(StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> read(utf16, SequenceFormat.ANY)).hasMessageContaining("line 1, byte 2: a zero byte");
        String valid = "{\"" + "é\uD83D\uDC0B".repeat(1_000) + "\":1}";
        assertThatThrownBy(() -> read(valid, SequenceFormat.ANY)).hasMessageContaining("line 1: unknown key 'é\uD83D\uDC0B");
    }

    @Test
    void linesAndSequencesThatAreTooLongAreRefused() {
        String line = "{\"input\":[[1,2],[3,4],[5,6]]}";
        assertThat(read(line + "\n", SequenceFormat.ANY.withLimits(line.length(), 3))).hasSize(1);
        assertThatThrownBy(() -> read("\n" + line, SequenceFormat.ANY.withLimits(line.length() - 1, 3)))
                .hasMessage("data.jsonl, line 2: longer than 28 bytes");
        assertThatThrownBy(() -> read(line, SequenceFormat.ANY.withLimits(100, 2)))
                .hasMessage("data.jsonl, line 1: input has more than 2 steps");
        assertThatThrownBy(() -> read("{\"mask\":[1,1,1]," + line.substring(1), SequenceFormat.ANY.withLimits(100, 2)))
                .hasMessage("data.jsonl, line 1: mask has more than 2 steps");
    }

    @Test
    void anEndlessLineIsRefusedInBoundedMemory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                Arrays.fill(bytes, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        try (SequenceReader reader = SequenceReader.of(endless, "<stdin>", SequenceFormat.ANY.withLimits(1 << 20, 10))) {
            assertThatThrownBy(reader::next).hasMessage("<stdin>, line 1: longer than 1048576 bytes");
        }
    }

    @Test
    void aStreamIsReadLineByLine() {
        // More lines than would fit into memory at once: 4 GB of text, of which only the beginning is asked for.
        byte[] line = ("{\"input\":[[" + "1,".repeat(999) + "1]]}\n").getBytes(StandardCharsets.UTF_8);
        InputStream long4Gigabytes = new InputStream() {
            private long position;

            @Override
            public int read() {
                return position >= 4L << 30 ? -1 : line[(int) (position++ % line.length)];
            }
        };
        try (SequenceReader reader = SequenceReader.of(long4Gigabytes, "<stdin>", SequenceFormat.ANY)) {
            for (int i = 1; i <= 1_000; i++) {
                assertThat(Objects.requireNonNull(reader.next()).line()).isEqualTo(i);
            }
        }
    }

    @Test
    void damagedTextIsReadOrRefusedButNothingElse() {
        byte[] good = "{\"input\":[[0,1.5],[1e-3,1]],\"target\":[[1],[0]],\"mask\":[0,1]}\n".repeat(2).getBytes(StandardCharsets.UTF_8);
        long seed = 5;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(32, 127));
            }
            try {
                read(damaged, TWO_IN_ONE_OUT);
            } catch (UserException e) {
                assertThat(e.getMessage()).as("seed %d, round %d", seed, round).startsWith("data.jsonl, line").doesNotContain("\n");
            }
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.jsonl");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SequenceReader.open(missing, SequenceFormat.ANY))
                .withMessage("cannot read " + missing + ": no such file or folder");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SequenceReader.open(folder, SequenceFormat.ANY))
                .withMessage("cannot read " + folder + ": it is a folder, not a file of JSON Lines");
        Path file = Files.writeString(folder.resolve("good.jsonl"), "{\"input\":[[1]]}\n");
        try (SequenceReader reader = SequenceReader.open(file, SequenceFormat.ANY)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void aReadErrorInTheMiddleIsReported() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }
        };
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SequenceReader.of(broken, "<stdin>", SequenceFormat.ANY).next())
                .withMessage("cannot read <stdin>: Input/output error");
    }

    @Test
    void sequencesAndFormatsCheckThemselves() {
        float[] two = new float[2];
        assertThatThrownBy(() -> new SequenceData(two, 1, 1, null, 0, null, 0)).hasMessage("input has 2 numbers; expected 1");
        assertThatThrownBy(() -> new SequenceData(two, 0, 1, null, 0, null, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new SequenceData(two, 2, 1, null, 1, null, 0)).hasMessageContaining("target width 1 without");
        assertThatThrownBy(() -> new SequenceData(two, 2, 1, two, 2, null, 0)).hasMessage("target has 2 numbers; expected 4");
        assertThatThrownBy(() -> new SequenceData(two, 1, 2, null, 0, two, 0)).hasMessage("mask has 2 numbers; expected 1");
        assertThatThrownBy(() -> SequenceFormat.of(-1, 0)).hasMessageContaining("0 or more");
    }

    private static SequenceLine line(String text, SequenceFormat format) {
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "data.jsonl", format)) {
            return reader.nextLine();
        }
    }

    @Test
    void nullMasksAStepOfATarget() {
        SequenceLine vectors = line("{\"input\":[[1],[2],[3]],\"target\":[null,[5,6],null]}", SequenceFormat.ANY);
        assertThat(vectors.mask()).containsExactly(0, 1, 0);
        assertThat(((SequenceSide.Vectors) vectors.target()).values()).containsExactly(0, 0, 5, 6, 0, 0);
        SequenceLine symbols = line("{\"input\":[1,2,3,4],\"target\":[null,7,null,8],\"mask\":[1,1,1,0.5]}", SequenceFormat.ANY);
        assertThat(symbols.mask()).containsExactly(0, 1, 0, 0.5f);
        assertThat(((SequenceSide.Symbols) symbols.target()).symbols()).as("no other symbol comes into use").containsExactly(7, 7, 7, 8);
        SequenceLine words = line("{\"input\":[1,2],\"target\":[null,\"a\"]}", SequenceFormat.ANY);
        assertThat(words.target()).isEqualTo(new SequenceSide.Words(List.of("a", "a")));
        assertThat(words.mask()).containsExactly(0, 1);
        assertThat(line("{\"input\":[1],\"target\":[7]}", SequenceFormat.ANY).mask()).isNull();
    }

    @Test
    void nullElsewhereIsRefused() {
        assertThatThrownBy(() -> line("{\"input\":[1,null],\"target\":[1,2]}", SequenceFormat.ANY)).hasMessageContaining("input step 2: 'null'");
        assertThatThrownBy(() -> line("{\"input\":[1],\"target\":[null]}", SequenceFormat.ANY))
                .hasMessageContaining("target is null at every step, so that nothing of the line counts");
        assertThatThrownBy(() -> line("{\"input\":[1],\"target\":[[1,null]]}", SequenceFormat.ANY)).hasMessageContaining("target step 1: 'null'");
        assertThatThrownBy(() -> line("{\"input\":[1],\"target\":[null,1,2,3]}", SequenceFormat.ANY.withLimits(100, 3)))
                .hasMessageContaining("target has more than 3 steps");
    }

    @Test
    void otherKeysAreSkippedWhereThatIsAllowed() {
        Reading ignoring = new Reading(Reading.Format.AUTO, Reading.ExtraKeys.IGNORE, "", "auto", 0, 0, 1);
        String text = "{\"id\":{\"a\":[1,{\"input\":[9]}]},\"input\":[1],\"split\":\"train\",\"target\":[2],\"score\":NaN}";
        SequenceLine line = line(text, SequenceFormat.ANY.withReading(ignoring));
        assertThat(((SequenceSide.Symbols) line.input()).symbols()).containsExactly(1);
        assertThatThrownBy(() -> line(text, SequenceFormat.ANY))
                .hasMessage("data.jsonl, line 1: unknown key 'id'; known are input, target and mask; --set task.extra_keys=ignore in training skips others");
    }

    @Test
    void oneArrayForAWholeFileIsRefusedWithWhatToDo() {
        for (String text : List.of("[{\"input\":[1]}]", "[\n {\n", " [")) {
            assertThatThrownBy(() -> line(text, SequenceFormat.ANY))
                    .hasMessageContaining("line 1: a JSON array, which is one value for the whole file")
                    .hasMessageContaining("`jq -c '.[]' FILE > FILE.jsonl`");
        }
        assertThatThrownBy(() -> line("[[1]]", SequenceFormat.ANY)).hasMessageContaining("line 1: not a JSON object");
    }

    @Test
    void realNumbersInAFlatListSayHowTheyAreWritten() {
        assertThatThrownBy(() -> line("{\"input\":[1,2],\"target\":[0.5,0.25]}", SequenceFormat.ANY))
                .hasMessageEndingWith("target step 1: '0.5' is not a whole number from 0 to 2147483646; real numbers are written with an array for"
                        + " each step: [[0.5], [0.25]]");
        assertThatThrownBy(() -> line("{\"input\":[1,-2]}", SequenceFormat.ANY)).hasMessageEndingWith("from 0 to 2147483646");
    }

    @Test
    void aLineIsReadAsSoonAsItIsThere() {
        InputStream typed = new InputStream() {
            private final byte[] line = "{\"input\":[1]}\n".getBytes(StandardCharsets.UTF_8);
            private int place;

            @Override
            public int read() {
                throw new AssertionError("asked for more than a line");
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (place == line.length) {
                    throw new AssertionError("asked for more than a line");
                }
                int some = Math.min(4, line.length - place);
                System.arraycopy(line, place, into, offset, some);
                place += some;
                return some;
            }
        };
        assertThat(SequenceReader.of(typed, "<stdin>", SequenceFormat.ANY).nextLine()).isNotNull();
    }
}
