package io.github.ntm4j.machines.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.machines.checkpoint.SafetensorsRules.Rule;
import io.github.ntm4j.machines.config.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exchange with other software in both directions: files made by hand are read or refused by the rules of the format, and files
 * that are written here keep all of them, as judged by a parser of its own.
 */
class SafetensorsRulesTest {
    /**
     * A file and what is to happen to it.
     *
     * @param rule the rule that it breaks; null if none
     * @param read whether it is read here
     */
    record Example(String about, byte[] file, @Nullable Rule rule, boolean read) {
        @Override
        public String toString() {
            return about;
        }
    }

    private static byte[] raw(long claimed, byte[] header, int data) {
        return ByteBuffer.allocate(8 + header.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed).put(header).array();
    }

    private static byte[] file(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return raw(text.length, text, data);
    }

    private static byte[] tensor(String dtype, String shape, String offsets, int data) {
        return file("{\"t\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}", data);
    }

    private static String entry(int begin, int end) {
        return "{\"dtype\":\"F32\",\"shape\":[" + (end - begin) / 4 + "],\"data_offsets\":[" + begin + "," + end + "]}";
    }

    private static Example good(String about, byte[] file) {
        return new Example(about, file, null, true);
    }

    private static Example bad(String about, Rule rule, byte[] file) {
        return new Example(about, file, rule, false);
    }

    /** Within the rules, but refused here: docs/checkpoint-format.md names each. */
    private static Example foreign(String about, byte[] file) {
        return new Example(about, file, null, false);
    }

    static Stream<Example> examples() {
        byte[] braces = "{}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                good("no tensors", file("{}", 0)),
                good("spaces behind the header", file("{}      ", 0)),
                good("a tensor", tensor("F32", "[2]", "[0,8]", 8)),
                good("a single number", tensor("F32", "[]", "[0,4]", 4)),
                good("a tensor without elements", tensor("F32", "[3,0,2]", "[0,0]", 0)),
                good("doubles", tensor("F64", "[1]", "[0,8]", 8)),
                good("halves", tensor("F16", "[3]", "[0,6]", 6)),
                good("brain floats", tensor("BF16", "[1,3]", "[0,6]", 6)),
                good("data that begin at an odd place", file("{\"t\":" + entry(0, 4) + "}   ", 4)),
                good("entries in another order than their data", file("{\"b\":" + entry(4, 8) + ",\"a\":" + entry(0, 4) + "}", 8)),
                good("an empty tensor between others", file(
                        "{\"a\":" + entry(0, 4) + ",\"b\":" + entry(4, 4) + ",\"c\":" + entry(4, 8) + "}", 8)),
                good("keys in another order", file("{\"t\":{\"data_offsets\":[0,4],\"shape\":[1],\"dtype\":\"F32\"}}", 4)),
                good("white space in the header", file("{ \"t\" :\n\t" + entry(0, 4) + "\r\n}", 4)),
                good("metadata", file("{\"__metadata__\":{\"format\":\"pt\"},\"t\":" + entry(0, 4) + "}", 4)),
                good("metadata behind tensors", file("{\"t\":" + entry(0, 4) + ",\"__metadata__\":{}}", 4)),
                good("names with escapes", file("{\"\\u00e9\\ud83d\\ude00\\n\":" + entry(0, 4) + "}", 4)),
                good("a name without characters", file("{\"\":" + entry(0, 4) + "}", 4)),
                good("integers", tensor("I64", "[1]", "[0,8]", 8)),
                good("booleans", tensor("BOOL", "[3]", "[0,3]", 3)),
                good("elements of half a byte", tensor("F4", "[4]", "[0,2]", 2)),
                foreign("more axes than anybody has", tensor("F32", "[1" + ",1".repeat(32) + "]", "[0,4]", 4)),
                foreign("something else in an entry", file(
                        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"strides\":[1]}}", 4)),
                foreign("other white space behind the header", file("{}\n", 0)),
                bad("an empty file", Rule.EIGHT_BYTES_FIRST, new byte[0]),
                bad("seven bytes", Rule.EIGHT_BYTES_FIRST, new byte[7]),
                bad("a header of 100,000,001 bytes", Rule.HEADER_LIMIT, raw(100_000_001, braces, 0)),
                bad("a header of 2^60 bytes", Rule.HEADER_LIMIT, raw(1L << 60, braces, 0)),
                bad("a header of 2^64 - 1 bytes", Rule.HEADER_LIMIT, raw(-1, braces, 0)),
                bad("a header longer than the file", Rule.HEADER_WITHIN_FILE, raw(3, braces, 0)),
                bad("a header of no bytes", Rule.BRACE_FIRST, raw(0, braces, 0)),
                bad("a header of one byte", Rule.HEADER_IS_JSON, raw(1, braces, 0)),
                bad("a space first", Rule.BRACE_FIRST, file(" {}", 0)),
                bad("a byte order mark first", Rule.BRACE_FIRST, file("\uFEFF{}", 0)),
                bad("an array", Rule.BRACE_FIRST, file("[]", 0)),
                bad("Latin-1", Rule.HEADER_IS_UTF8, raw(5, "{\"\u00e9\":".getBytes(StandardCharsets.ISO_8859_1), 0)),
                bad("a comma too many", Rule.HEADER_IS_JSON, file("{\"t\":" + entry(0, 4) + ",}", 4)),
                bad("a second object", Rule.HEADER_IS_JSON, file("{}{}", 0)),
                bad("a zero byte behind the header", Rule.HEADER_IS_JSON, file("{}\0", 0)),
                bad("single quotes", Rule.HEADER_IS_JSON, file("{'t':" + entry(0, 4) + "}", 4)),
                bad("a comment", Rule.HEADER_IS_JSON, file("{/* none */}", 0)),
                bad("half a surrogate pair", Rule.HEADER_IS_JSON, file("{\"\\ud800\":" + entry(0, 4) + "}", 4)),
                bad("the same name twice", Rule.NO_KEY_TWICE, file("{\"t\":" + entry(0, 4) + ",\"t\":" + entry(4, 8) + "}", 8)),
                bad("the same name in other letters", Rule.NO_KEY_TWICE,
                        file("{\"t\":" + entry(0, 4) + ",\"\\u0074\":" + entry(4, 8) + "}", 8)),
                bad("metadata twice", Rule.NO_KEY_TWICE, file("{\"__metadata__\":{},\"__metadata__\":{}}", 0)),
                bad("two texts of one name", Rule.NO_KEY_TWICE, file("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0)),
                bad("two shapes", Rule.NO_KEY_TWICE,
                        file("{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
                bad("numbers for metadata", Rule.METADATA_ARE_TEXTS, file("{\"__metadata__\":{\"epoch\":3}}", 0)),
                bad("metadata in metadata", Rule.METADATA_ARE_TEXTS, file("{\"__metadata__\":{\"a\":{}}}", 0)),
                bad("a list of metadata", Rule.METADATA_ARE_TEXTS, file("{\"__metadata__\":[]}", 0)),
                bad("a number for a tensor", Rule.ENTRY, file("{\"t\":1}", 0)),
                bad("no shape", Rule.ENTRY, file("{\"t\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4)),
                bad("no dtype", Rule.ENTRY, file("{\"t\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
                bad("no offsets", Rule.ENTRY, file("{\"t\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4)),
                bad("one offset", Rule.ENTRY, tensor("F32", "[1]", "[0]", 4)),
                bad("three offsets", Rule.ENTRY, tensor("F32", "[1]", "[0,4,4]", 4)),
                bad("a dtype that nobody knows", Rule.ENTRY, tensor("F31", "[1]", "[0,4]", 4)),
                bad("a dtype in small letters", Rule.ENTRY, tensor("f32", "[1]", "[0,4]", 4)),
                bad("a negative axis", Rule.ENTRY, tensor("F32", "[-1]", "[0,4]", 4)),
                bad("an axis of minus zero", Rule.ENTRY, tensor("F32", "[-0]", "[0,0]", 0)),
                bad("a fraction", Rule.ENTRY, tensor("F32", "[1.0]", "[0,4]", 4)),
                bad("an exponent", Rule.ENTRY, tensor("F32", "[1e0]", "[0,4]", 4)),
                bad("an axis in words", Rule.ENTRY, tensor("F32", "[\"1\"]", "[0,4]", 4)),
                bad("an axis of 2^64", Rule.ENTRY, tensor("F32", "[18446744073709551616]", "[0,4]", 4)),
                bad("an axis that begins with 0", Rule.HEADER_IS_JSON, tensor("F32", "[01]", "[0,4]", 4)),
                bad("more elements than 64 bits count", Rule.NO_OVERFLOW, tensor("F32", "[4294967296,4294967296]", "[0,0]", 0)),
                bad("more bytes than 64 bits count", Rule.NO_OVERFLOW, tensor("F64", "[2305843009213693952]", "[0,0]", 0)),
                bad("half a byte at the end", Rule.WHOLE_BYTES, tensor("F4", "[3]", "[0,2]", 2)),
                bad("a span that is too long", Rule.SPAN, tensor("F32", "[1]", "[0,8]", 8)),
                bad("a span that is too short", Rule.SPAN, tensor("F32", "[2]", "[0,4]", 4)),
                bad("a span backwards", Rule.SPAN, tensor("F32", "[1]", "[4,0]", 4)),
                bad("a hole before", Rule.CONTIGUOUS, tensor("F32", "[1]", "[4,8]", 8)),
                bad("a hole between", Rule.CONTIGUOUS, file("{\"a\":" + entry(0, 4) + ",\"b\":" + entry(8, 12) + "}", 12)),
                bad("an overlap", Rule.CONTIGUOUS, file("{\"a\":" + entry(0, 8) + ",\"b\":" + entry(4, 12) + "}", 12)),
                bad("the same bytes twice", Rule.CONTIGUOUS, file("{\"a\":" + entry(0, 4) + ",\"b\":" + entry(0, 4) + "}", 4)),
                bad("bytes behind the last tensor", Rule.COVERED, tensor("F32", "[1]", "[0,4]", 5)),
                bad("bytes without tensors", Rule.COVERED, file("{}", 1)),
                bad("a byte missing", Rule.COVERED, tensor("F32", "[1]", "[0,4]", 3)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aFileThatBreaksARuleIsRefusedAndOneThatKeepsThemIsRead(Example example) {
        assertThat(SafetensorsRules.broken(example.file())).isEqualTo(Optional.ofNullable(example.rule()));
        boolean read;
        try {
            Safetensors.parse(example.file(), "x");
            read = true;
        } catch (UserException e) {
            read = false;
        }
        assertThat(read).isEqualTo(example.read());
    }

    @Test
    void thereIsAnExampleForEveryRule() {
        assertThat(examples().map(Example::rule).filter(rule -> rule != null).distinct()).containsExactlyInAnyOrder(Rule.values());
    }

    @Test
    void whatIsWrittenKeepsEveryRuleAndIsAlignedForEveryReader() {
        long seed = 3;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Map<String, String> metadata = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                metadata.put(text(random), text(random));
            }
            Map<String, StoredTensor> tensors = new LinkedHashMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                int[] shape = random.ints(random.nextInt(4), 0, 4).toArray();
                int size = 1;
                for (int axis : shape) {
                    size *= axis;
                }
                String name = "tensor " + text(random);
                tensors.put(name, StoredTensor.of(name, new float[size], shape));
            }
            byte[] file = Safetensors.of(metadata, new ArrayList<>(tensors.values())).bytes();
            assertThat(SafetensorsRules.broken(file)).as("seed %d, round %d", seed, round).isEmpty();
            assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).as("start of the data").isZero();
        }
    }

    /** Letters that JSON, UTF-8 and people trip over. */
    private static String text(Random random) {
        List<String> pieces = List.of("a", "\"", "\\", "\n", "\0", "/", "\u007f", "\u00e9", "\u2028", "\ud83d\ude00", "{", "}", " ", "\ufeff");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
