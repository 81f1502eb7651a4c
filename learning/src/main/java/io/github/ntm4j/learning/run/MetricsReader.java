package io.github.ntm4j.learning.run;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.json.JsonProblem;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code metrics.jsonl} while a training writes it: each time the lines since the last time, so that nothing is read twice. A line
 * counts when it is complete, its line break included. A resume cuts the file; whoever follows it begins again then.
 */
public final class MetricsReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    /** How many bytes before a position say whether the file is still the one that was read: more than the figures of a line. */
    private static final int TAIL = 512;
    /** How much is read at once, so that a long file needs little memory beside its lines. */
    private static final int MOST = 1 << 22;

    private static final byte[] TRAINING = "{\"kind\":\"train\",".getBytes(StandardCharsets.UTF_8);

    private MetricsReader() {}

    /**
     * How far a file was read.
     *
     * @param offset bytes, up to the end of a line
     * @param lines lines
     * @param tail checksum of the last bytes before the offset
     */
    public record Position(long offset, long lines, long tail) {
        /** Nothing was read. */
        public static final Position START = new Position(0, 0, 0);
    }

    /**
     * What was read.
     *
     * @param lines the complete lines since the position, in their order
     * @param next where to go on
     * @param again whether the file was written anew: the lines are those from its beginning, and what was read before is no longer true
     */
    public record Part(List<MetricsLine> lines, Position next, boolean again) {
        /** Keeps a copy. */
        public Part {
            lines = List.copyOf(lines);
        }
    }

    /** A line and its text. */
    record Read(String text, MetricsLine line) {}

    /**
     * Reads what a run has written since.
     *
     * @param run its directory; without metrics there are no lines
     * @param from where the reading ended the last time, or {@link Position#START}
     * @return the lines and where to go on
     * @throws UserException if the file cannot be read, or a complete line is none of metrics; names file and line
     */
    public static Part read(RunFolder run, Position from) {
        return read(run, from, true, Integer.MAX_VALUE);
    }

    /**
     * Reads some of what a run has written since, so that a long file never stands in memory whole: to be called again until the position
     * stays the same.
     *
     * @param run its directory; without metrics there are no lines
     * @param from where the reading ended the last time, or {@link Position#START}
     * @return lines of at most 4 MiB and where to go on
     * @throws UserException if the file cannot be read, or a complete line is none of metrics; names file and line
     */
    public static Part readSome(RunFolder run, Position from) {
        return readSome(run, from, Integer.MAX_VALUE);
    }

    /**
     * The same with only some of the lines on training where there are many, evenly spread and the last among them: enough for a small
     * picture of a long file, at a fraction of the time.
     *
     * @param run its directory; without metrics there are no lines
     * @param from where the reading ended the last time, or {@link Position#START}
     * @param most about how many lines on training are wanted
     * @return lines and where to go on
     * @throws UserException if the file cannot be read, or a line is none of metrics; names file and line
     */
    public static Part readSome(RunFolder run, Position from, int most) {
        return read(run, from, false, most);
    }

    private static Part read(RunFolder run, Position from, boolean whole, int most) {
        List<Read> read = new ArrayList<>();
        Path file = run.metrics();
        boolean again = false;
        Position next = Position.START;
        try (SeekableByteChannel channel = open(file)) {
            again = channel.size() < from.offset() || tail(channel, from.offset()) != from.tail();
            next = read(file, channel, again ? Position.START : from, whole, most, read);
        } catch (NoSuchFileException e) {
            again = from.offset() > 0;
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
        return new Part(read.stream().map(Read::line).toList(), next, again);
    }

    /** All complete lines of a file, none where there is no file. */
    static List<Read> all(Path file) {
        List<Read> read = new ArrayList<>();
        try (SeekableByteChannel channel = open(file)) {
            read(file, channel, Position.START, true, Integer.MAX_VALUE, read);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
        return read;
    }

    /** Opening a pipe would wait for somebody who writes to it. */
    private static SeekableByteChannel open(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new UserException("cannot read " + file + ": it is not a regular file");
        }
        return Files.newByteChannel(file);
    }

    private static Position read(Path file, SeekableByteChannel channel, Position from, boolean whole, int most, List<Read> into)
            throws IOException {
        // What is written while this reads is left to the next time: else it would never end where somebody writes faster.
        long size = channel.size();
        long offset = from.offset();
        long lines = from.lines();
        byte[] bytes = bytes(channel, offset, size);
        for (int end = lastBreak(bytes); end >= 0; end = lastBreak(bytes)) {
            int stride = 1 + (most == Integer.MAX_VALUE ? 0 : trainings(bytes, end) / most);
            int trainings = 0;
            int start = 0;
            for (int i = 0; i <= end; i++) {
                if (bytes[i] == '\n') {
                    lines++;
                    boolean left = isTraining(bytes, start, i) && ++trainings % stride != 0 && isTraining(bytes, i + 1, end);
                    if (!left) {
                        String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                        if (!text.isBlank()) {
                            into.add(new Read(text, parse(text, file, lines)));
                        }
                    }
                    start = i + 1;
                }
            }
            offset += start;
            bytes = whole ? bytes(channel, offset, size) : new byte[0];
        }
        if (bytes.length == MOST) {
            throw new UserException(file + ": line " + (lines + 1) + ": expected an object with sequences, found more than " + MOST + " bytes");
        }
        return new Position(offset, lines, tail(channel, offset));
    }

    private static int trainings(byte[] bytes, int end) {
        int count = 0;
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (bytes[i] == '\n') {
                count += isTraining(bytes, start, i) ? 1 : 0;
                start = i + 1;
            }
        }
        return count;
    }

    /** Whether a line, as training writes it, is one on training. */
    private static boolean isTraining(byte[] bytes, int start, int end) {
        return end - start > TRAINING.length && Arrays.mismatch(bytes, start, start + TRAINING.length, TRAINING, 0, TRAINING.length) < 0;
    }

    private static int lastBreak(byte[] bytes) {
        int end = bytes.length - 1;
        while (end >= 0 && bytes[end] != '\n') {
            end--;
        }
        return end;
    }

    private static MetricsLine parse(String text, Path file, long number) {
        try {
            return MetricsLine.of(JSON.readValue(text, OBJECT));
        } catch (JacksonException | ClassCastException | NullPointerException e) {
            String problem = e instanceof JacksonException json ? JsonProblem.describe(json) : "expected an object with sequences";
            throw new UserException(file + ": line " + number + ": " + problem);
        }
    }

    private static long tail(SeekableByteChannel channel, long offset) throws IOException {
        int length = (int) Math.min(TAIL, offset);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes(channel, offset - length, offset));
        return checksum.getValue();
    }

    /** Bytes from a place up to another, as many as there are, and not more than are read at once. */
    private static byte[] bytes(SeekableByteChannel channel, long offset, long end) throws IOException {
        channel.position(offset);
        ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(Math.min(channel.size(), end) - offset, 0, MOST));
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
