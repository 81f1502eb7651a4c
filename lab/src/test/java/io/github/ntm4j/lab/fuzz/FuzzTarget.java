package io.github.ntm4j.lab.fuzz;

import io.github.ntm4j.lab.tensorboard.EventFile;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.SafetensorsRules;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Reading;
import io.github.ntm4j.machines.data.SequenceData;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SequenceFormat;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceReader;
import io.github.ntm4j.machines.data.SequenceWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A reader of what comes from outside, fed with bytes. It accepts them, and then what it read can be written and read again, or it
 * refuses them with one line that names the source; nothing else may happen. An input that begins with {@link #FRAMED} is put
 * into the frame of its format, with right lengths and checksums, so that changed bytes get past them.
 */
enum FuzzTarget {
    /** Safetensors files; framed: the number of data bytes (one byte), and the header. */
    SAFETENSORS(FuzzTarget::safetensors),
    /** Settings in YAML or JSON, and what they mean for a run. */
    SETTINGS(FuzzTarget::settings),
    /** Sequences in JSON Lines. */
    SEQUENCES(FuzzTarget::sequences),
    /** Sequences in tables; the first byte says how they are to be found. */
    TABLES(FuzzTarget::tables),
    /** Sequences in arrays of NumPy, and in gzip; the first byte says whether windows are asked for. */
    ARRAYS(FuzzTarget::arrays),
    /** TensorBoard events; framed: records, each behind its length (one byte). */
    EVENTS(FuzzTarget::events);

    static final byte FRAMED = (byte) 0xff;

    private static final String SOURCE = "source.x";
    private static final SequenceFormat ANY_FORM = SequenceFormat.ANY.withLimits(1 << 16, 1_000);
    private static final SequenceFormat VECTORS = SequenceFormat.of(0, 0).withLimits(1 << 16, 1_000);
    private static final int LONGEST_MESSAGE = 2_000;

    private final Consumer<byte[]> reading;

    FuzzTarget(Consumer<byte[]> reading) {
        this.reading = reading;
    }

    /** The name in folders. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The files of inputs that are kept. */
    List<Path> corpus() {
        URL folder = FuzzTarget.class.getResource("/fuzz/" + folder());
        try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(folder).toURI()))) {
            return files.sorted().toList();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Reads an input.
     *
     * @return whether it was accepted
     * @throws AssertionError if it was refused in another way than with one line that names the source
     */
    boolean feed(byte[] input) {
        try {
            reading.accept(input);
            return true;
        } catch (UserException e) {
            String message = String.valueOf(e.getMessage());
            require(message.contains(SOURCE), "a message without its source: " + message);
            require(message.lines().count() == 1, "a message of several lines: " + message);
            require(message.length() <= LONGEST_MESSAGE, "a message of " + message.length() + " characters: " + message);
            return false;
        }
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new AssertionError(otherwise);
        }
    }

    private static void safetensors(byte[] input) {
        byte[] file = input;
        if (input.length >= 2 && input[0] == FRAMED) {
            int header = input.length - 2;
            file = ByteBuffer.allocate(Long.BYTES + header + (input[1] & 0xff)).order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header).put(input, 2, header).array();
        }
        Safetensors read = Safetensors.parse(file, SOURCE);
        require(SafetensorsRules.broken(file).isEmpty(), "accepted what breaks " + SafetensorsRules.broken(file));
        byte[] written = Safetensors.of(read.metadata(), read.tensors().values()).bytes();
        require(SafetensorsRules.broken(written).isEmpty(), "wrote what breaks " + SafetensorsRules.broken(written));
        Safetensors again = Safetensors.parse(written, SOURCE);
        require(again.verified() && again.tensors().equals(read.tensors()) && again.metadata().equals(read.metadata()),
                "what was read is not what is read again");
    }

    private static void settings(byte[] input) {
        RunConfig config = RunConfig.resolve(Yaml.parse(new String(input, StandardCharsets.UTF_8), SOURCE));
        require(RunConfig.resolve(Yaml.parse(Yaml.text(config.toMap()), "yaml")).equals(config), "YAML says other settings");
        require(RunConfig.resolve(Yaml.parse(ConfigWriter.toJson(config.toMap()), "json")).equals(config), "JSON says other settings");
    }

    private static void sequences(byte[] input) {
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(input), SOURCE, ANY_FORM)) {
            long last = 0;
            for (SequenceLine next = reader.nextLine(); next != null; next = reader.nextLine()) {
                require(next.line() > last, "line " + next.line() + " after line " + last);
                last = next.line();
            }
        }
        List<SequenceData> read = readSequences(input);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (SequenceWriter writer = SequenceWriter.of(written, "written")) {
            read.forEach(writer::write);
            writer.finish();
        }
        List<SequenceData> again = readSequences(written.toByteArray());
        require(again.size() == read.size(), "another number of sequences");
        for (int i = 0; i < read.size(); i++) {
            SequenceData before = read.get(i);
            SequenceData after = again.get(i);
            require(before.steps() == after.steps()
                    && Arrays.equals(before.input(), after.input())
                    && Arrays.equals(before.target(), after.target())
                    && Arrays.equals(before.mask(), after.mask()), "sequence " + i + " is another");
        }
    }

    private static void tables(byte[] input) {
        int how = input.length == 0 ? 0 : input[0];
        String label = List.of("auto", "first", "last", "none", "label").get(Math.floorMod(how, 5));
        Reading reading = new Reading(Reading.Format.CSV, Reading.ExtraKeys.REFUSE, (how & 16) == 0 ? "" : "space", label, 0, (how & 32) == 0 ? 0 : 2, 1);
        foreign(input, SOURCE + ".csv", reading);
    }

    private static void arrays(byte[] input) {
        boolean windows = input.length > 0 && (input[0] & 1) == 1;
        foreign(input, SOURCE, new Reading(Reading.Format.AUTO, Reading.ExtraKeys.REFUSE, "", "auto", 0, windows ? 2 : 0, 1));
    }

    private static void foreign(byte[] input, String name, Reading reading) {
        byte[] file = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        SequenceFormat format = ANY_FORM.withReading(reading).withTargetRequired();
        long last = 0;
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(file), name, format)) {
            for (SequenceLine next = reader.nextLine(); next != null; next = reader.nextLine()) {
                require(next.line() > last, "line " + next.line() + " after line " + last);
                require(next.input().steps() > 0 || next.input().form() != SequenceForm.VECTORS, "vectors without a step");
                last = next.line();
            }
            require(reader.sha256().length() == 64, "a digest of another length");
        }
    }

    private static List<SequenceData> readSequences(byte[] text) {
        List<SequenceData> sequences = new ArrayList<>();
        try (SequenceReader reader = SequenceReader.of(new ByteArrayInputStream(text), SOURCE, VECTORS)) {
            for (SequenceData next = reader.next(); next != null; next = reader.next()) {
                sequences.add(next);
            }
        }
        return sequences;
    }

    private static void events(byte[] input) {
        EventFile.Content content = EventFile.parse(input.length > 0 && input[0] == FRAMED ? records(input) : input, SOURCE);
        content.scalars().forEach(scalar -> require(scalar.tag().length() <= input.length, "a tag longer than the file"));
    }

    private static byte[] records(byte[] input) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int at = 1; at < input.length; ) {
            int length = Math.min(input[at] & 0xff, input.length - at - 1);
            byte[] content = Arrays.copyOfRange(input, at + 1, at + 1 + length);
            ByteBuffer record = ByteBuffer.allocate(16 + length).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            record.putInt(masked(Arrays.copyOf(record.array(), 8))).put(content).putInt(masked(content));
            records.writeBytes(record.array());
            at += 1 + length;
        }
        return records.toByteArray();
    }

    /** The checksum of TFRecord: CRC-32C, rotated and moved. */
    private static int masked(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        long value = sum.getValue();
        return (int) ((value >>> 15 | value << 17) + 0xa282ead8L);
    }
}
