package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.RunFailedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON Lines: a machine's outputs, or sequences that {@link SequenceReader} can read. Every number is the shortest
 * decimal that gives the same float32 again, and every line is passed on as soon as it is complete.
 *
 * <p>A file appears under its name when {@link #finish} is called, whole; a writer closed without it leaves nothing behind.
 */
public final class SequenceWriter implements Closeable {
    private static final int BLOCK = 1 << 16;
    private static final int NEGATIVE_ZERO = 0x8000_0000;

    private final OutputStream out;
    private final AtomicFiles.@Nullable Draft draft;
    private final boolean owned;
    private final String name;
    private final StringBuilder text = new StringBuilder();
    private long line;

    private SequenceWriter(OutputStream out, AtomicFiles.@Nullable Draft draft, boolean owned, String name) {
        this.out = out;
        this.draft = draft;
        this.owned = owned;
        this.name = name;
    }

    /**
     * Writes a file; what is no regular file, such as a pipe or a terminal, is written to directly.
     *
     * @param file where to
     * @return the writer, to be closed; the file has its name when it is
     * @throws RunFailedException {@code cannot write <file>: <reason>}
     */
    public static SequenceWriter create(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
                return new SequenceWriter(Files.newOutputStream(file), null, true, file.toString());
            }
            AtomicFiles.Draft draft = AtomicFiles.begin(file);
            return new SequenceWriter(draft, draft, true, file.toString());
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    /**
     * Writes to a stream of the caller's, such as the standard output, which stays open.
     *
     * @param out where to
     * @param name what messages call it, such as {@code <stdout>}
     * @return the writer
     */
    public static SequenceWriter of(OutputStream out, String name) {
        return new SequenceWriter(out, null, false, name);
    }

    /**
     * Writes {@code {"output": [[...], ...]}}.
     *
     * @param output {@code [steps][width]}, one step after the other
     * @param steps steps in the sequence
     * @param width numbers in a step
     * @throws RunFailedException if a value is NaN or infinite, or writing fails
     */
    public void writeOutput(float[] output, int steps, int width) {
        require("output", output, steps, width);
        text.append("{\"output\": ");
        rows(output, steps, width);
        endLine();
    }

    /**
     * Writes an answer: {@code {"output": [[...], ...]}}, {@code {"output": [3, 0, 2]}} or {@code {"output": "abc"}}.
     *
     * @param answer what a machine said
     * @throws RunFailedException if a value is NaN or infinite, or writing fails
     */
    public void writeAnswer(SequenceSide answer) {
        switch (answer) {
            case SequenceSide.Vectors vectors -> writeOutput(vectors.values(), vectors.steps(), vectors.width());
            case SequenceSide.Symbols symbols -> {
                text.append("{\"output\": ").append(Arrays.toString(symbols.symbols()));
                endLine();
            }
            case SequenceSide.Text said -> {
                String object = ConfigWriter.toJson(Map.of("output", new String(said.characters(), 0, said.characters().length)));
                text.append(object, 0, object.length() - 1);
                endLine();
            }
            case SequenceSide.Words said -> {
                String object = ConfigWriter.toJson(Map.of("output", said.words()));
                text.append(object, 0, object.length() - 1);
                endLine();
            }
        }
    }

    /**
     * Writes a sequence.
     *
     * @param sequence the sequence, with or without target and mask
     * @throws RunFailedException if a value is NaN or infinite, or writing fails
     */
    public void write(SequenceData sequence) {
        float[] target = sequence.target();
        float[] mask = sequence.mask();
        require("input", sequence.input(), sequence.steps(), sequence.inputWidth());
        if (target != null) {
            require("target", target, sequence.steps(), sequence.targetWidth());
        }
        if (mask != null) {
            require("mask", mask, sequence.steps(), 1);
        }
        text.append("{\"input\": ");
        rows(sequence.input(), sequence.steps(), sequence.inputWidth());
        if (target != null) {
            text.append(", \"target\": ");
            rows(target, sequence.steps(), sequence.targetWidth());
        }
        if (mask != null) {
            text.append(", \"mask\": ");
            row(mask, 0, sequence.steps());
        }
        endLine();
    }

    /**
     * Passes everything on; a file gets its name.
     *
     * @throws RunFailedException {@code cannot write <file>: <reason>}
     */
    public void finish() {
        try {
            if (draft != null) {
                draft.commit();
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(name, e);
        }
        flush();
    }

    private void flush() {
        try {
            out.flush();
            if (out instanceof PrintStream stream && stream.checkError()) {
                throw new IOException("the stream is closed or broken");
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(name, e);
        }
    }

    @Override
    public void close() {
        try {
            if (owned) {
                out.close();
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(name, e);
        }
    }

    /** Before anything of the line is written. */
    private void require(String what, float[] values, int steps, int width) {
        if (values.length != (long) steps * width) {
            throw new IllegalArgumentException(what + ": " + values.length + " values; expected " + steps + " x " + width);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new RunFailedException("cannot write " + name + ", line " + (line + 1) + ": " + what + " step "
                        + (i / width + 1) + " is " + values[i]);
            }
        }
    }

    private void rows(float[] values, int steps, int width) {
        text.append('[');
        for (int step = 0; step < steps; step++) {
            text.append(step == 0 ? "" : ", ");
            row(values, step * width, (step + 1) * width);
        }
        text.append(']');
    }

    private void row(float[] values, int from, int to) {
        text.append('[');
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ", ").append(values[i]);
            int end = text.length();
            if (text.charAt(end - 1) == '0' && text.charAt(end - 2) == '.' && Float.floatToRawIntBits(values[i]) != NEGATIVE_ZERO) {
                text.setLength(end - 2);
            }
            if (text.length() > BLOCK) {
                drain();
            }
        }
        text.append(']');
    }

    private void endLine() {
        text.append("}\n");
        drain();
        flush();
        line++;
    }

    private void drain() {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(name, e);
        }
        text.setLength(0);
    }
}
