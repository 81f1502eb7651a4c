package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What must stay as it is while code moves, written down in a file of lines {@code name: value}. With {@code -Dntm4j.write-guards=true} names
 * that are new come behind those that are there; a line that is there is never written again.
 */
final class Guard {
    private static final String BETWEEN = ": ";

    private final Path file;

    Guard(String name) {
        file = ProjectFiles.find("cli/src/test/resources/guard").resolve(name);
    }

    /** Holds values against those of the file, none missing on either side. */
    void check(SequencedMap<String, String> values) throws IOException {
        SequencedMap<String, String> known = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int at = line.indexOf(BETWEEN);
                known.put(line.substring(0, at), line.substring(at + BETWEEN.length()));
            }
        }
        if (Boolean.getBoolean("ntm4j.write-guards")) {
            values.forEach(known::putIfAbsent);
            StringBuilder text = new StringBuilder();
            known.forEach((name, value) -> text.append(name).append(BETWEEN).append(value).append('\n'));
            Files.writeString(file, text);
        }
        assertThat(values).as("%s", file.getFileName()).isNotEmpty().containsExactlyInAnyOrderEntriesOf(known);
    }

    /** SHA-256 of bytes, in hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 of numbers, least byte first. */
    static String sha256(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return sha256(bytes.array());
    }
}
