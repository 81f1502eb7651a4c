package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Reading.ExtraKeys;
import io.github.ntm4j.machines.data.Reading.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrayFileTest {
    private static byte[] npy(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length).put(text).put(data).array();
    }

    private static String header(String type, boolean fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape + "), }\n";
    }

    /** An array as NumPy writes it. */
    private static byte[] array(String type, boolean fortran, String shape, double... values) {
        int size = type.charAt(2) - '0';
        ByteBuffer data = ByteBuffer.allocate(size * values.length).order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type.substring(1)) {
                case "f2" -> data.putShort(Float.floatToFloat16((float) value));
                case "f4" -> data.putFloat((float) value);
                case "f8" -> data.putDouble(value);
                case "i8", "u8" -> data.putLong((long) value);
                case "i4", "u4" -> data.putInt((int) (long) value);
                case "i2", "u2" -> data.putShort((short) value);
                default -> data.put((byte) (int) value);
            }
        }
        return npy(header(type, fortran, shape), data.array());
    }

    private static byte[] npz(Map<String, byte[]> arrays) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> array : new TreeMap<>(arrays).entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static NpyArray parse(byte[] bytes) {
        return NpyArray.parse(bytes, "a.npy", new HeldBytes("a.npy"));
    }

    private static List<SequenceLine> read(byte[] bytes, SequenceFormat format) {
        List<SequenceLine> lines = new ArrayList<>();
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(bytes), "a.npz", format)) {
            for (SequenceLine line = reader.nextLine(); line != null; line = reader.nextLine()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<SequenceLine> read(Map<String, byte[]> arrays) {
        return read(npz(arrays), SequenceFormat.ANY.withTargetRequired());
    }

    private static float[] numbers(SequenceSide side) {
        return ((SequenceSide.Vectors) side).values();
    }

    private static int[] symbols(SequenceSide side) {
        return ((SequenceSide.Symbols) side).symbols();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f4", ">f4", "<f8", ">f8", "<f2", "<i8", ">i4", "<i2", "|i1"})
    void numbersOfEveryTypeAreRead(String type) {
        NpyArray array = parse(array(type, false, "2, 3", 1, -2, 3, 4, 5, 6));
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.values()).containsExactly(1, -2, 3, 4, 5, 6);
    }

    @Test
    void numbersWithoutASignAndBooleansAreRead() {
        assertThat(parse(array("|u1", false, "2,", 255, 1)).values()).containsExactly(255, 1);
        assertThat(parse(array(">u2", false, "1,", 65535)).values()).containsExactly(65535);
        assertThat(parse(array("|b1", false, "2,", 0, 1)).kind()).isEqualTo('b');
    }

    @Test
    void theOrderOfFortranIsTurned() {
        assertThat(parse(array("<f4", true, "2, 3", 1, 4, 2, 5, 3, 6)).values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(parse(array("<i4", true, "2, 1, 2", 1, 3, 2, 4)).values()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }             # holds objects of Python (a pickle), which are never unpickled",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }            # has numbers of the type '<c8'",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }   # has fields with names",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }            # damaged: expected an array of [2] of 4 bytes each, found 4 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999,99999,99999), } # damaged: expected an array of [99999, 99999, 99999]",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }  # an axis of '99999999999' places",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }           # damaged: no 'shape'",
        "{'descr': '<f4', 'shape': (1,), }                                    # damaged: no 'fortran_order'",
        "nothing                                                              # damaged: no 'descr'",
    })
    void whatIsNoArrayOfNumbersIsRefusedInALine(String header, String message) {
        assertThatThrownBy(() -> parse(npy(header, new byte[4]))).isInstanceOf(UserException.class).hasMessageStartingWith("a.npy: " + message);
    }

    @Test
    void claimsAreCheckedBeforeAnythingIsMade() {
        byte[] array = array("<f4", false, "1,", 1);
        array[8] = (byte) 0xff;
        array[9] = (byte) 0xff;
        assertThatThrownBy(() -> parse(array)).hasMessageContaining("its description would take 65535 bytes");
        assertThatThrownBy(() -> parse(new byte[] {(byte) 0x93, 'N'})).hasMessageContaining("it ends before the description");
        byte[] many = array("|i1", false, "100000,", new double[100_000]);
        assertThatThrownBy(() -> NpyArray.parse(many, "a.npy", new HeldBytes("a.npy", 1000))).hasMessageContaining("would take more than");
        assertThatThrownBy(() -> parse(array("<i8", false, "1,", 1 << 25))).hasMessage("a.npy: number 1 is 33554432; expected whole numbers up to 16777216");
    }

    @Test
    void wholeNumbersAreSymbols() {
        List<SequenceLine> lines = read(Map.of("x", array("<i8", false, "2, 3", 1, 2, 3, 4, 5, 6), "y", array("<i8", false, "2, 2", 7, 8, 9, 0)));
        assertThat(symbols(lines.get(1).input())).containsExactly(4, 5, 6);
        assertThat(symbols(lines.get(1).target())).containsExactly(9, 0);
    }

    @Test
    void aLabelIsOneStep() {
        byte[] x = array("<f4", false, "2, 2, 2", 1, 2, 3, 4, 5, 6, 7, 8);
        SequenceLine line = read(Map.of("X", x, "y", array("|u1", false, "2,", 3, 4))).get(1);
        assertThat(((SequenceSide.Vectors) line.input()).width()).isEqualTo(2);
        assertThat(numbers(line.input())).containsExactly(5, 6, 7, 8);
        assertThat(symbols(line.target())).containsExactly(4);
        assertThat(((SequenceSide.Words) read(Map.of("X", x, "y", array("<i4", false, "2,", -1, 1))).getFirst().target()).words()).containsExactly("-1");
        assertThat(numbers(read(Map.of("X", x, "y", array("<f4", false, "2,", 0.5, 1))).getFirst().target())).containsExactly(0.5f);
        assertThat(symbols(read(Map.of("X", x, "y", array("<f8", false, "2,", 2, 1))).getFirst().target())).as("labels as floats").containsExactly(2);
    }

    @Test
    void targetsOfTwoAxesAreANumberAStepOrOneVector() {
        byte[] x = array("<f4", false, "1, 3", 1, 2, 3);
        SequenceSide.Vectors steps = (SequenceSide.Vectors) read(Map.of("inputs", x, "targets", array("<f4", false, "1, 3", .1, .2, .3))).getFirst().target();
        assertThat(steps.steps()).isEqualTo(3);
        SequenceSide.Vectors one = (SequenceSide.Vectors) read(Map.of("inputs", x, "targets", array("<f4", false, "1, 2", .1, .2))).getFirst().target();
        assertThat(one.steps()).isEqualTo(1);
        assertThat(one.width()).isEqualTo(2);
    }

    @Test
    void sequencesForTestsAreHeldBack() {
        byte[] bytes = npz(Map.of(
                "x_train", array("<i4", false, "2, 1", 0, 1), "y_train", array("<i4", false, "2,", 0, 1),
                "x_test", array("<i4", false, "1, 1", 1), "y_test", array("<i4", false, "1,", 1)));
        SequenceCoding coding = new SequenceCoding(new Coding.Symbols(2), new Coding.Symbols(2), SequenceCoding.Layout.AFTER);
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(bytes), "a.npz", coding)) {
            Sequences sequences = reader.all(coding);
            assertThat(sequences.count()).isEqualTo(3);
            assertThat(sequences.holdBack()).isEqualTo(new Sequences.HoldBack.From(2));
        }
    }

    @Test
    void lengthsAndPaddingMakeSequencesShorter() {
        byte[] y = array("<f4", false, "2, 3", 1, 2, 3, 4, 5, 6);
        List<SequenceLine> lines = read(Map.of("x", array("<f4", false, "2, 3", 1, 2, Double.NaN, 4, 5, 6), "y", y));
        assertThat(lines.stream().map(line -> line.input().steps())).containsExactly(2, 3);
        assertThat(lines.getFirst().target().steps()).isEqualTo(2);
        List<SequenceLine> given = read(Map.of("x", array("<f4", false, "2, 3", 1, 2, 0, 4, 5, 6), "y", y, "lengths", array("<i4", false, "2,", 1, 3)));
        assertThat(given.stream().map(line -> line.input().steps())).containsExactly(1, 3);
    }

    @Test
    void nanInATargetDoesNotCount() {
        SequenceLine line = read(Map.of(
                "x", array("<f4", false, "1, 3", 1, 2, 3), "y", array("<f4", false, "1, 3", Double.NaN, 2, 3))).getFirst();
        assertThat(line.mask()).containsExactly(0, 1, 1);
        assertThat(numbers(line.target())).containsExactly(0, 2, 3);
        SequenceLine masked = read(Map.of(
                "x", array("<i4", false, "1, 3", 1, 2, 3), "y", array("<i4", false, "1, 3", 1, 2, 3), "mask", array("|b1", false, "1, 3", 0, 0, 1))).getFirst();
        assertThat(masked.mask()).containsExactly(0, 0, 1);
    }

    @Test
    void arraysThatDoNotFitAreNamed() {
        byte[] x = array("<f4", false, "2, 1", 1, 2);
        assertThatThrownBy(() -> read(Map.of("a", x, "b", x))).hasMessageStartingWith("a.npz: expected arrays x and y").hasMessageEndingWith("found a, b");
        assertThatThrownBy(() -> read(Map.of("x", x))).hasMessage("a.npz, array 'x': expected targets beside it, such as y, found x");
        assertThatThrownBy(() -> read(Map.of("x", x, "y", array("<i4", false, "3,", 1, 2, 3))))
                .hasMessage("a.npz, array 'y': has 3 sequences, but there are 2 inputs");
        assertThatThrownBy(() -> read(Map.of("x", array("<f4", false, "2,", 1, 2), "y", x)))
                .hasMessageStartingWith("a.npz, array 'x': has the form [2] real numbers; expected [sequences][steps]");
        assertThatThrownBy(() -> read(Map.of("x", array("<f4", false, "2, 2", 1, Double.NaN, 3, 4), "y", array("<i4", false, "2,", 1, 2), "lengths",
                        array("<i4", false, "2,", 2, 2))))
                .hasMessage("a.npz, sequence 1: input step 2: NaN is not a finite number");
    }

    @Test
    void aDamagedArchiveIsRefusedInALine() {
        byte[] bytes = npz(Map.of("x", array("<f4", false, "400, 1", new double[400]), "y", array("<i4", false, "400,", new double[400])));
        byte[] cut = Arrays.copyOf(bytes, 100);
        assertThatThrownBy(() -> read(cut, SequenceFormat.ANY)).isInstanceOf(UserException.class).hasMessageContaining("a.npz: damaged archive");
    }

    @Test
    void anArrayByItselfIsASeriesForWindows() {
        Reading windows = new Reading(Format.AUTO, ExtraKeys.REFUSE, "", "auto", 0, 2, 1);
        SequenceFormat format = SequenceFormat.ANY.withTargetRequired();
        byte[] series = array("<f8", false, "4,", 1, 2, 3, 4);
        List<SequenceLine> lines = read(series, format.withReading(windows));
        assertThat(lines).hasSize(2);
        assertThat(numbers(lines.get(1).input())).containsExactly(2, 3);
        assertThat(numbers(lines.get(1).target())).containsExactly(4);
        assertThatThrownBy(() -> read(series, format)).hasMessageContaining("an array [4] real numbers; expected task.window=");
        assertThatThrownBy(() -> read(array("<f4", false, "1, 1, 1", 1), format.withReading(windows))).hasMessageContaining("expected a series [steps]");
        assertThatThrownBy(() -> read(array("<f4", false, "2,", 1, 2), format.withReading(windows))).hasMessageContaining("expected at least 3 steps");
    }
}
