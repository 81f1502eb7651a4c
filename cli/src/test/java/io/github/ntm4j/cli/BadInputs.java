package io.github.ntm4j.cli;

import static java.util.Objects.requireNonNull;

import io.github.ntm4j.machines.checkpoint.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of bad inputs, {@code bad-inputs.txt}, whose head says how to read it, and the files that its rows need. */
final class BadInputs {
    private static final String TABLE = "/bad-inputs.txt";

    /** Stands in the table before the name of a file. */
    private static final char FILE = '@';

    private final Path folder;
    private final List<Row> rows = new ArrayList<>();

    private BadInputs(Path folder) {
        this.folder = folder;
    }

    /**
     * A line of the table.
     *
     * @param line its number
     * @param code the exit code
     * @param arguments of the command, with the places of files
     * @param input what is piped in
     * @param message what the message says, with the places of files
     */
    record Row(int line, int code, List<String> arguments, String input, String message) {
        @Override
        public String toString() {
            return "line " + line + ": ntm " + String.join(" ", arguments);
        }
    }

    /** Reads the table and makes its files in a folder that is there and empty. */
    static List<Row> read(Path folder) {
        BadInputs inputs = new BadInputs(folder);
        try (InputStream in = requireNonNull(BadInputs.class.getResourceAsStream(TABLE))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                inputs.line(i + 1, lines.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inputs.rows;
    }

    private void line(int number, String line) throws IOException {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (Character.isDigit(line.charAt(0))) {
            row(number, line.split(" \\| ", 3));
            return;
        }
        String[] words = line.split(" ", 3);
        Path path = folder.resolve(words[1]);
        String rest = words.length < 3 ? "" : words[2];
        switch (words[0]) {
            case "file" -> {
                Files.createDirectories(path.getParent());
                Files.write(path, bytes(rest));
            }
            case "tensors" -> Files.write(path, tensors(rest));
            case "folder" -> Files.createDirectories(path);
            case "run" -> TrainedRun.copyTo(path);
            case "sweep" -> Cli.run(Cli.smallSweep(path, "--seeds", "1", "--sequences", "32").toArray(String[]::new));
            case "delete" -> Files.delete(path);
            case "cut" -> Files.write(path, Arrays.copyOf(Files.readAllBytes(path), Integer.parseInt(rest)));
            case "flip" -> {
                byte[] bytes = Files.readAllBytes(path);
                bytes[bytes.length - Integer.parseInt(rest)] ^= 1;
                Files.write(path, bytes);
            }
            case "metadata" -> metadata(path, rest.split(" ", 2));
            case "replace" -> {
                String[] parts = rest.split(" -> ", 2);
                Files.writeString(path, Files.readString(path).replace(parts[0], parts[1]));
            }
            default -> throw new IllegalArgumentException("line " + number + ": " + words[0]);
        }
    }

    private void row(int number, String[] columns) throws IOException {
        String[] command = columns[1].strip().split(" < ", 2);
        List<String> arguments = Arrays.stream(command[0].split(" +")).map(this::placed).toList();
        String input = command.length < 2 ? "" : Files.readString(Path.of(placed(command[1])));
        rows.add(new Row(number, Integer.parseInt(columns[0].strip()), arguments, input, placed(columns[2].strip())));
    }

    /** The text with the places of the files whose names begin with the sign for them. */
    private String placed(String text) {
        return text.replace(String.valueOf(FILE), folder + "/");
    }

    /** A text in which {@code \n}, {@code \\} and {@code \xHH} mean a byte. */
    private static byte[] bytes(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else {
                c = text.charAt(++i);
                switch (c) {
                    case 'n' -> bytes.put((byte) '\n');
                    case 'x' -> {
                        bytes.put((byte) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                        i += 2;
                    }
                    default -> bytes.put((byte) c);
                }
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** A safetensors file: the number of its bytes of data, all zero, and its header. */
    private static byte[] tensors(String rest) {
        String[] parts = rest.split(" ", 2);
        byte[] header = bytes(parts[1]);
        return ByteBuffer.allocate(Long.BYTES + header.length + Integer.parseInt(parts[0]))
                .order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).array();
    }

    /** Changes a text in a checkpoint, whose checksum is right again afterwards; without a text it is removed. */
    private static void metadata(Path file, String[] change) {
        Safetensors stored = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(stored.metadata());
        metadata.remove(change[0]);
        if (change.length > 1) {
            metadata.put(change[0], change[1]);
        }
        Safetensors.of(metadata, stored.tensors().values()).write(file);
    }
}
