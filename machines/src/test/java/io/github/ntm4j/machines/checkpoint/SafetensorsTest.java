package io.github.ntm4j.machines.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a safetensors file holds is what was put into it. */
class SafetensorsTest {
    static byte[] file(String header, byte... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }

    static Safetensors example() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("config", "{\"machine\": \"ntm-lstm\"}");
        metadata.put("author", "Łukasz \uD83D\uDC0B\n\u0001");
        return Safetensors.of(
                metadata,
                List.of(
                        StoredTensor.of("zeta", new float[] {1, -0f, Float.MIN_VALUE, 4, 5, 6}, 2, 3),
                        StoredTensor.of("α", new float[] {7}),
                        StoredTensor.of("empty", new float[0], 3, 0),
                        StoredTensor.of("memory", new float[] {8, 9}, 1, 2)));
    }

    private static byte[] golden() throws IOException {
        try (var in = SafetensorsTest.class.getResourceAsStream("/golden/ntm-copy-trained.safetensors")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    @Test
    void theGoldenModelHasItsNamesAndShapes() throws IOException {
        Safetensors model = Safetensors.parse(golden(), "golden");

        assertThat(model.verified()).isFalse();
        assertThat(model.metadata()).isEmpty();
        assertThat(model.firstNonFinite()).isEmpty();
        assertThat(model.tensors().values().stream().map(StoredTensor::toString)).containsExactly(
                "initial_read_0[1, 20]",
                "controller.initial_h[1, 1, 100]",
                "controller.initial_c[1, 1, 100]",
                "controller.lstm.weight_ih_l0[400, 29]",
                "controller.lstm.weight_hh_l0[400, 100]",
                "controller.lstm.bias_ih_l0[400]",
                "controller.lstm.bias_hh_l0[400]",
                "initial_memory[128, 20]",
                "read_head_0.weight[26, 100]",
                "read_head_0.bias[26]",
                "write_head_0.weight[66, 100]",
                "write_head_0.bias[66]",
                "output.weight[8, 120]",
                "output.bias[8]");
        // The first and the last four bytes of the file's data.
        byte[] bytes = golden();
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int data = 8 + (int) raw.getLong(0);
        assertThat(model.tensors().firstEntry().getValue().data()[0]).isEqualTo(raw.getFloat(data));
        assertThat(model.tensors().lastEntry().getValue().data()[7]).isEqualTo(raw.getFloat(bytes.length - 4));
    }

    @Test
    void aForeignModelSurvivesBeingWrittenByUs() throws IOException {
        Safetensors model = Safetensors.parse(golden(), "golden");
        Safetensors again = Safetensors.parse(model.bytes(), "again");

        assertThat(again.tensors()).isEqualTo(model.tensors());
        assertThat(again.verified()).isTrue();
    }

    @Test
    void readingAndWritingGivesTheSameBytes() {
        byte[] bytes = example().bytes();
        Safetensors read = Safetensors.parse(bytes, "example");

        assertThat(read.verified()).isTrue();
        assertThat(read.metadata()).containsExactlyEntriesOf(example().metadata());
        assertThat(List.copyOf(read.tensors().values())).isEqualTo(List.copyOf(example().tensors().values()));
        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(example().bytes()).isEqualTo(bytes);
    }

    @Test
    void randomContentsSurvive() {
        long seed = 20250101;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var tensors = new ArrayList<StoredTensor>();
            for (int i = random.nextInt(6); i > 0; i--) {
                int[] shape = random.ints(random.nextInt(4), 0, 5).toArray();
                float[] data = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
                for (int j = 0; j < data.length; j++) {
                    data[j] = Float.intBitsToFloat(random.nextInt());
                }
                tensors.add(StoredTensor.of("tensor \"" + i + "\" \\ " + random.nextInt(), data, shape));
            }
            Safetensors content = Safetensors.of(Map.of("round", "" + round), tensors);
            byte[] bytes = content.bytes();
            Safetensors read = Safetensors.parse(bytes, "seed " + seed + ", round " + round);
            assertThat(read.tensors()).as("seed %d, round %d", seed, round).isEqualTo(content.tensors());
            assertThat(read.bytes()).as("seed %d, round %d", seed, round).isEqualTo(bytes);
        }
    }

    @Test
    void theDataStartsAtAMultipleOfEightAndTheChecksumIsWhatItSays() throws Exception {
        byte[] bytes = example().bytes();
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header % 8).isZero();

        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int digits = text.indexOf("\"sha256\":\"") + 10;
        byte[] blanked = bytes.clone();
        Arrays.fill(blanked, digits, digits + 64, (byte) '0');
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(blanked);
        assertThat(text.substring(digits, digits + 64)).isEqualTo(HexFormat.of().formatHex(sum));
        assertThat(text).contains("\"sha256_of\":\"this file with the 64 digits of sha256 as zeros\"");
    }

    @Test
    void aChecksumIsFoundWhereverAnotherProgramPutIt() throws Exception {
        String zeros = "0".repeat(64);
        String header = "{\"é\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 4]},\n \"__metadata__\": {\"name\": \"ü\", "
                + "\"sha256_of\": \"this file with the 64 digits of sha256 as zeros\", \"sha256\" : \"" + zeros + "\"}}  ";
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(file(header, new byte[] {0, 0, 0, 64}));
        byte[] whole = file(header.replace(zeros, HexFormat.of().formatHex(sum)), new byte[] {0, 0, 0, 64});

        Safetensors read = Safetensors.parse(whole, "other");
        assertThat(read.verified()).isTrue();
        assertThat(read.metadata()).containsExactlyEntriesOf(Map.of("name", "ü"));
        assertThat(read.tensors().get("é")).isEqualTo(StoredTensor.of("é", new float[] {2}));
    }

    @Test
    void otherElementTypesBecomeFloats() {
        String header = "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[8,12]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[12,14]}}";
        byte[] data = ByteBuffer.allocate(14)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(0.1)
                .putShort((short) 0x3C00)
                .putShort((short) 0xFC00)
                .putShort((short) 0xC040)
                .array();
        Safetensors read = Safetensors.parse(file(header, data), "types");

        assertThat(read.tensors().get("d")).isEqualTo(StoredTensor.of("d", new float[] {0.1f}, 1));
        assertThat(read.tensors().get("h")).isEqualTo(StoredTensor.of("h", new float[] {1, Float.NEGATIVE_INFINITY}, 2));
        assertThat(read.tensors().get("b")).isEqualTo(StoredTensor.of("b", new float[] {-3}, 1));
        assertThat(read.firstNonFinite()).contains("element 1 of tensor 'h' is -Infinity");
    }

    @Test
    void tensorsOfOtherTypesAreLeftOutAndTheChecksumCoversThem() {
        String header = "{\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"f\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                + "\"b\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[12,15]},"
                + "\"e\":{\"dtype\":\"U8\",\"shape\":[0,4],\"data_offsets\":[15,15]},"
                + "\"h\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[15,16]}}";
        byte[] data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(7).putFloat(2).put(new byte[4]).array();
        Safetensors read = Safetensors.parse(file(header, data), "types");

        assertThat(read.tensors().values()).containsExactly(StoredTensor.of("f", new float[] {2}, 1));
        assertThat(read.unread()).containsExactly(
                Map.entry("n", "I64"), Map.entry("b", "BOOL"), Map.entry("e", "U8"), Map.entry("h", "F4"));
        assertThatThrownBy(() -> read.requireRead("n", "types"))
                .isInstanceOf(UserException.class)
                .hasMessage("types: tensor 'n' has the type 'I64', which is not supported; expected F32, F64, F16 or BF16");
        read.requireRead("f", "types");
        read.requireRead("absent", "types");
    }

    @Test
    void tensorsInAnotherOrderThanTheirDataAndMisalignedOnesAreRead() {
        String header = "{\"b\":{\"shape\":[1],\"data_offsets\":[4,8],\"dtype\":\"F32\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} ";
        Safetensors read = Safetensors.parse(file(header, new byte[] {0, 0, 0, 64, 0, 0, -128, 63}), "order");

        assertThat(read.tensors().sequencedKeySet()).containsExactly("b", "a");
        assertThat(read.tensors().get("a")).isEqualTo(StoredTensor.of("a", new float[] {2}, 1));
        assertThat(read.tensors().get("b")).isEqualTo(StoredTensor.of("b", new float[] {1}, 1));
    }

    @Test
    void aLargeTensorIsReadInPieces(@TempDir Path folder) {
        float[] data = new float[100_003];
        for (int i = 0; i < data.length; i++) {
            data[i] = i;
        }
        Path file = folder.resolve("large.safetensors");
        Safetensors.of(Map.of(), List.of(StoredTensor.of("x", data, data.length))).write(file);

        assertThat(Safetensors.read(file).tensors().get("x")).isEqualTo(StoredTensor.of("x", data, data.length));
        assertThat(folder).isDirectoryContaining(file::equals).satisfies(f -> assertThat(Files.list(f)).hasSize(1));
    }

    @Test
    void aFileWithoutTensorsIsAFile() {
        assertThat(Safetensors.parse(file("{}"), "empty").tensors()).isEmpty();
        assertThat(Safetensors.parse(Safetensors.of(Map.of(), List.of()).bytes(), "empty").verified()).isTrue();
    }

    @Test
    void whatCannotBeStoredIsRefusedBeforehand() {
        StoredTensor tensor = StoredTensor.of("x", new float[1], 1);
        assertThatThrownBy(() -> Safetensors.of(Map.of("sha256", "1"), List.of())).hasMessageContaining("reserved");
        assertThatThrownBy(() -> Safetensors.of(Map.of("k", "\uD800"), List.of())).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> Safetensors.of(Map.of(), List.of(tensor, tensor))).hasMessageContaining("two tensors");
        assertThatThrownBy(() -> Safetensors.of(Map.of(), List.of(StoredTensor.of("__metadata__", new float[0], 0))))
                .hasMessageContaining("__metadata__");
        assertThatThrownBy(() -> StoredTensor.of("x", new float[3], 2, 2)).hasMessage(
                "tensor x: shape [2, 2] means 4 values, but there are 3");
        assertThatThrownBy(() -> StoredTensor.of("x", new float[0], -1, 0)).hasMessageContaining("negative");
    }
}
