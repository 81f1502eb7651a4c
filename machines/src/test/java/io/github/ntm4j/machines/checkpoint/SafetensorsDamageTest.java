package io.github.ntm4j.machines.checkpoint;

import static io.github.ntm4j.machines.checkpoint.SafetensorsTest.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import io.github.ntm4j.machines.config.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that isn't whole, or isn't a safetensors file, is refused with one line that says why. */
@Timeout(60)
class SafetensorsDamageTest {
    private static final byte[] SMALL = Safetensors.of(
                    Map.of("config", "{}"),
                    List.of(StoredTensor.of("a", new float[] {1, 2}, 2), StoredTensor.of("b", new float[] {3}, 1, 1)))
            .bytes();

    private static void assertRefused(byte[] bytes, String description) {
        try {
            Safetensors.parse(bytes, "x.safetensors");
        } catch (UserException e) {
            // Hundreds of thousands of times: no assertion objects unless something is wrong.
            String message = String.valueOf(e.getMessage());
            if (message.contains("\n") || !message.contains("x.safetensors")) {
                fail(description + ": " + message);
            }
            return;
        }
        fail(description + " was not noticed");
    }

    @Test
    void everyFlippedBitIsNoticed() {
        for (int at = 0; at < SMALL.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = SMALL.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertRefused(damaged, "byte " + at + ", bit " + bit);
            }
        }
    }

    @Test
    void anyByteChangedToACharacterOfJsonIsNoticed() {
        changeEveryByte(" \t\n{}[]\":,\\09afF".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @Tag("slow")
    void anyByteChangedToAnyValueIsNoticed() {
        byte[] values = new byte[256];
        for (int value = 0; value < values.length; value++) {
            values[value] = (byte) value;
        }
        changeEveryByte(values);
    }

    private static void changeEveryByte(byte[] values) {
        for (int at = 0; at < SMALL.length; at++) {
            for (byte value : values) {
                if (value != SMALL[at]) {
                    byte[] damaged = SMALL.clone();
                    damaged[at] = value;
                    assertRefused(damaged, "byte " + at + " = " + value);
                }
            }
        }
    }

    @Test
    void everyTruncationAndEveryExtensionIsNoticed() {
        for (int length = 0; length < SMALL.length; length++) {
            assertRefused(Arrays.copyOf(SMALL, length), "cut to " + length);
        }
        for (int more = 1; more < 20; more++) {
            assertRefused(Arrays.copyOf(SMALL, SMALL.length + more), more + " bytes more");
        }
    }

    @Test
    void burstsOfDamageAreNoticed() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = SMALL.clone();
            int length = 2 + random.nextInt(8);
            int at = random.nextInt(damaged.length - length);
            for (int i = 0; i < length; i++) {
                damaged[at + i] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(32, 127));
            }
            if (!Arrays.equals(damaged, SMALL)) {
                assertRefused(damaged, "seed " + seed + ", round " + round);
            }
        }
    }

    @Test
    void aDamagedFileOfOthersIsReadOrRefusedButNothingElse() {
        byte[] foreign = file(
                "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[8,12]}} ",
                new byte[12]);
        Safetensors.parse(foreign, "undamaged");
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = foreign.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(32, 127));
            }
            try {
                Safetensors.parse(damaged, "x");
            } catch (UserException expected) {
                if (String.valueOf(expected.getMessage()).contains("\n")) {
                    fail("seed " + seed + ", round " + round + ": " + expected.getMessage());
                }
            }
        }
    }

    private static byte[] header(String entries) {
        return file(entries, new byte[8]);
    }

    private static byte[] tensor(String dtype, String shape, String offsets) {
        return header("{\"t\":{\"dtype\":" + dtype + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}");
    }

    static Stream<Arguments> wrongFiles() {
        String t = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        String empty = "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}";
        return Stream.of(
                // Headers that aren't what they should be.
                Arguments.of(file("[1]"), "is not a safetensors file"),
                Arguments.of(file(" {}"), "is not a safetensors file"),
                Arguments.of(file("{\"t\":"), "its header is not valid JSON: column"),
                Arguments.of(header("{\"t\":nul}"), "its header is not valid JSON: column"),
                Arguments.of(header("{}"), "8 bytes more than its tensors need"),
                Arguments.of(header("{\"t\":" + t + "}}"), "not valid JSON"),
                Arguments.of(header("{\"t\":" + t + "}{}"), "more than spaces after"),
                Arguments.of(header("{\"t\":" + t + "}\n"), "more than spaces after"),
                Arguments.of(header("{\"t\":" + t + "} \0"), "its header is not valid JSON"),
                Arguments.of(header("{\"t\":" + t + ",}"), "not valid JSON"),
                Arguments.of(header("{\"" + "x".repeat(60_000) + "\":" + t + "}"), "not valid JSON"),
                Arguments.of(header("{\"t\":" + "[".repeat(100) + "]".repeat(100) + "}"), "tensor 't' is not a JSON object"),
                Arguments.of(header("{\"\\udc00\":" + t + "}"), "not valid JSON: column 9: unexpected low surrogate"),
                Arguments.of(header("{\"\\ud800\":" + t + "}"), "not valid JSON: column"),
                // The same twice.
                Arguments.of(header("{\"t\":" + t + ",\"t\":" + t + "}"), "two entries 't'"),
                Arguments.of(header("{\"t\":" + t + ",\"\\u0074\":" + empty + "}"), "two entries 't'"),
                Arguments.of(header("{\"__metadata__\":{},\"__metadata__\":{}}"), "two entries '__metadata__'"),
                Arguments.of(header("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}"), "entry 'a' is there twice"),
                Arguments.of(header("{\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), "tensor 't' has two entries 'dtype'"),
                Arguments.of(header("{\"t\":{\"shape\":[],\"shape\":[]}}"), "tensor 't' has two entries 'shape'"),
                Arguments.of(header("{\"t\":{\"data_offsets\":[],\"data_offsets\":[]}}"), "two entries 'data_offsets'"),
                // Metadata.
                Arguments.of(header("{\"__metadata__\":1}"), "__metadata__ is not a JSON object"),
                Arguments.of(header("{\"__metadata__\":{\"epoch\":3}}"), "entry 'epoch' is not a text"),
                Arguments.of(header("{\"__metadata__\":{\"a\":null}}"), "entry 'a' is not a text"),
                Arguments.of(header("{\"__metadata__\":{\"a\":{}}}"), "entry 'a' is not a text"),
                Arguments.of(header("{\"__metadata__\":{\"a\":\"\\udc00\"}}"), "not valid Unicode"),
                // Tensors.
                Arguments.of(header("{\"t\":1}"), "tensor 't' is not a JSON object"),
                Arguments.of(header("{\"t\":{}}"), "tensor 't' needs a dtype, a shape and two data_offsets"),
                Arguments.of(header("{\"t\":{\"extra\":1}}"), "tensor 't' has an entry 'extra'"),
                Arguments.of(tensor("\"I65\"", "[1]", "[0,8]"), "tensor 't' has the type 'I65', which the format does not have"),
                Arguments.of(tensor("\"I64\"", "[1]", "[0,4]"), "type I64 and shape [1] mean 8 bytes"),
                Arguments.of(tensor("\"F4\"", "[3]", "[0,2]"), "type F4 and shape [3] mean 12 bits"),
                Arguments.of(tensor("32", "[2]", "[0,8]"), "tensor 't', dtype is not a text"),
                Arguments.of(tensor("\"F32\"", "2", "[0,8]"), "tensor 't', shape is not an array of integers"),
                Arguments.of(tensor("\"F32\"", "[2.0]", "[0,8]"), "tensor 't', shape is not an array of integers"),
                Arguments.of(tensor("\"F32\"", "[\"2\"]", "[0,8]"), "tensor 't', shape is not an array of integers"),
                Arguments.of(tensor("\"F32\"", "[[2]]", "[0,8]"), "tensor 't', shape is not an array of integers"),
                Arguments.of(tensor("\"F32\"", "[-2]", "[0,8]"), "tensor 't', shape has the number '-2'"),
                Arguments.of(tensor("\"F32\"", "[-2,-1]", "[0,8]"), "tensor 't', shape has the number '-2'"),
                Arguments.of(tensor("\"F32\"", "[2147483648,2147483648]", "[0,8]"), "more than 2147483639 elements"),
                Arguments.of(tensor("\"F32\"", "[4294967296,4294967296]", "[0,0]"), "more than 2147483639 elements"),
                Arguments.of(tensor("\"F32\"", "[65536,65536]", "[0,0]"), "more than 2147483639 elements"),
                Arguments.of(tensor("\"F32\"", "[3037000500,3037000500]", "[0,8]"), "more than 2147483639 elements"),
                Arguments.of(tensor("\"F32\"", "[9223372036854775808]", "[0,8]"), "shape has the number '9223372036854775808'"),
                Arguments.of(tensor("\"F32\"", "[1" + ",1".repeat(32) + "]", "[0,4]"), "more than 32 numbers"),
                Arguments.of(tensor("\"F32\"", "[2]", "[0]"), "two data_offsets"),
                Arguments.of(tensor("\"F32\"", "[2]", "[0,4,8]"), "data_offsets has more than 2 numbers"),
                Arguments.of(tensor("\"F32\"", "[2]", "[8,0]"), "data_offsets [8, 0]"),
                Arguments.of(tensor("\"F32\"", "[1]", "[0,8]"), "type F32 and shape [1] mean 4 bytes"),
                Arguments.of(tensor("\"F32\"", "[536870913]", "[0,4]"), "mean 2147483652 bytes"),
                Arguments.of(tensor("\"F16\"", "[2]", "[0,8]"), "type F16 and shape [2] mean 4 bytes"),
                Arguments.of(tensor("\"F32\"", "[2]", "[-8,0]"), "data_offsets has the number '-8'"),
                // Places of the data.
                Arguments.of(tensor("\"F32\"", "[1]", "[4,8]"), "the data of tensor 't' begins at 4, after a gap behind"),
                Arguments.of(tensor("\"F32\"", "[1]", "[0,4]"), "4 bytes more than its tensors need"),
                Arguments.of(tensor("\"F32\"", "[3]", "[0,12]"), "cut short: its tensors need 12 bytes of data, but it has 8"),
                Arguments.of(
                        tensor("\"F32\"", "[1]", "[9223372036854775803,9223372036854775807]"), "begins at 9223372036854775803"),
                Arguments.of(header("{\"t\":" + t + ",\"u\":" + t + "}"), "the data of tensor 'u' begins at 0, inside the data before"),
                Arguments.of(
                        header("{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                                + "\"u\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}"),
                        "the data of tensor 'u' begins at 2, inside the data before it, which ends at 4"),
                // Checksums.
                Arguments.of(header("{\"__metadata__\":{\"sha256\":\"00\"},\"t\":" + t + "}"), "the second is missing"),
                Arguments.of(
                        header("{\"__metadata__\":{\"sha256_of\":\"this file with the 64 digits of sha256 as zeros\"},\"t\":" + t + "}"),
                        "the first is missing"),
                Arguments.of(
                        header("{\"__metadata__\":{\"sha256_of\":\"this file with the 64 digits of sha256 as zeros\",\"sha256\":\"00\"},"
                                + "\"t\":" + t + "}"),
                        "its checksum is not 64 hexadecimal digits"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void aWrongFileIsRefusedWithTheReason(byte[] bytes, String reason) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.parse(bytes, "x.safetensors"))
                .withMessageContaining("x.safetensors")
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n"));
    }

    private static byte[] withLength(long length, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) ' ');
        bytes[Math.min(8, size - 1)] = '{';
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        return bytes;
    }

    @Test
    void aHeaderThatClaimsMoreThanTheFileTakesNoMemory() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.parse(withLength(1L << 60, 100), "x"))
                .withMessage("x is damaged: it claims a header of 1152921504606846976 bytes; at most 100000000 are allowed");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.parse(withLength(-1, 100), "x"))
                .withMessageContaining("18446744073709551615 bytes");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.parse(withLength(100_000_000, 100), "x"))
                .withMessage("x is damaged: it was cut short, or claims too much: a header of 100000000 bytes in a file of 100");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.parse(withLength(1, 100), "x"))
                .withMessageContaining("a header of 1 bytes");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.parse(withLength(92, 100), "x"))
                .withMessageContaining("not valid JSON");
    }

    @Test
    void aHugeFileIsRefusedByItsFirstBytes() {
        InputStream endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                assertThat(given).as("bytes read").isLessThan(1_000);
                return given == 9 ? '{' : 0xff;
            }
        };
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SafetensorsReader.read(endless, Long.MAX_VALUE, "x"))
                .withMessageContaining("at most 100000000 are allowed");
    }

    @Test
    void tensorsLargerThanTheMemoryOfTheJvmAreNamedAsSuch() {
        StringBuilder header = new StringBuilder("{");
        long end = 0;
        for (int i = 0; i < 5_000; i++) {
            long begin = end;
            end += 8_000_000_000L;
            header.append(i == 0 ? "" : ",").append("\"").append(i).append("\":{\"dtype\":\"F32\",\"shape\":[2000000000],")
                    .append("\"data_offsets\":[").append(begin).append(",").append(end).append("]}");
        }
        byte[] start = file(header.append("}").toString());
        long size = start.length + end;
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SafetensorsReader.read(new ByteArrayInputStream(start), size, "x"))
                .withMessageContaining("more than the memory of this JVM");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsRefused() {
        for (int claimed : new int[] {SMALL.length - 1, SMALL.length + 1}) {
            assertThat(catchThrowable(() -> SafetensorsReader.read(new ByteArrayInputStream(SMALL), claimed, "x")))
                    .isInstanceOf(UserException.class);
        }
        byte[] shorter = Arrays.copyOf(SMALL, SMALL.length - 2);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SafetensorsReader.read(new ByteArrayInputStream(shorter), SMALL.length, "x"))
                .withMessage("cannot read x: its size changed while it was read");
    }

    static Stream<Arguments> foreignFiles() {
        return Stream.of(
                Arguments.of("PK\3\4\24\0\0\0\10\10", "looks like a ZIP archive (such as a PyTorch .pt or NumPy .npz file)"),
                Arguments.of("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "looks like a PNG picture"),
                Arguments.of("\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P", "looks like a Python pickle"),
                Arguments.of("\u0093NUMPY\1\0v\0{'descr'", "looks like a NumPy .npy file"),
                Arguments.of("{\"weights\": [1, 2, 3]}", "looks like a JSON file"),
                Arguments.of("version https://git-lfs.github.com/spec/v1", "looks like a Git LFS pointer"),
                Arguments.of("tasks: copy\nseed: 1", "is not a safetensors file; expected"),
                Arguments.of("abc", "is not a safetensors file; expected"));
    }

    @ParameterizedTest
    @MethodSource("foreignFiles")
    void aFileOfAnotherKindIsNamed(String content, String reason, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), content.getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining(file + " is not a safetensors file")
                .withMessageContaining(reason);
    }

    @Test
    void whatIsNoFileIsNamed(@TempDir Path folder) throws IOException {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.read(folder))
                .withMessage("cannot read " + folder + ": it is a folder, not a safetensors file");
        Path missing = folder.resolve("missing.safetensors");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.read(missing))
                .withMessage("cannot read " + missing + ": there is no such file");
        Path empty = Files.createFile(folder.resolve("empty.safetensors"));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.read(empty))
                .withMessage(empty + " is empty; expected a safetensors file");
    }

    @Test
    void aChangedValueIsCalledDamage() {
        byte[] damaged = SMALL.clone();
        damaged[damaged.length - 1] ^= 1;
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Safetensors.parse(damaged, "last.safetensors"))
                .withMessage("last.safetensors is damaged: its content doesn't match its checksum (a program that changes the file must "
                        + "remove the metadata entries sha256 and sha256_of)");
    }
}
