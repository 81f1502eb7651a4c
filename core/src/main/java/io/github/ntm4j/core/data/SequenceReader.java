package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.json.JsonProblem;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads sequences from JSON Lines, one at a time, so that files may be larger than memory. Each line is an object
 *
 * <pre>{"input": [[0, 1], [1, 0]], "target": [[1], [0]], "mask": [0, 1]}</pre>
 *
 * with one inner array per step and all three of the same length; {@code target} and {@code mask} may be absent. Blank lines are
 * skipped. Everything wrong with a line is a {@link UserException} that names the file, the line and, where there is one, the
 * step, both counted from 1. After an error the reader is of no further use.
 */
public final class SequenceReader implements Closeable {
    private final LineInput lines;
    private final String name;
    private final SequenceParser parser;

    private SequenceReader(InputStream in, String name, SequenceFormat format) {
        this.name = name;
        lines = new LineInput(in, name, format.maxLineBytes());
        parser = new SequenceParser(format);
    }

    /**
     * Opens a file.
     *
     * @param file where it is
     * @param format what the sequences have to be like
     * @return the reader, to be closed
     * @throws UserException if it is missing, a folder, or not readable
     */
    public static SequenceReader open(Path file, SequenceFormat format) {
        if (Files.isDirectory(file)) {
            throw new UserException("cannot read " + file + ": it is a folder, not a file of JSON Lines");
        }
        try {
            return new SequenceReader(Files.newInputStream(file), file.toString(), format);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    /**
     * Reads a stream, such as the standard input; {@link #close} closes it.
     *
     * @param in UTF-8, one sequence a line
     * @param name what messages call it, such as {@code <stdin>}
     * @param format what the sequences have to be like
     * @return the reader
     */
    public static SequenceReader of(InputStream in, String name, SequenceFormat format) {
        return new SequenceReader(in, name, format);
    }

    /**
     * The next sequence, in arrays of its own; null at the end.
     *
     * @return the sequence, or null
     * @throws UserException if the line is not a sequence of the expected format
     */
    public @Nullable SequenceData next() {
        if (!lines.next()) {
            return null;
        }
        try {
            return parser.parse(lines.bytes(), lines.length(), lines.number());
        } catch (SequenceParser.Problem e) {
            throw new UserException(name + ", line " + lines.number() + ": " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new UserException(name + ", line " + lines.number() + ": not valid JSON: " + JsonProblem.describe(e), e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        }
    }
}
