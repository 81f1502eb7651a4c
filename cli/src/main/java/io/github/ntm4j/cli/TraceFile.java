package io.github.ntm4j.cli;

import io.github.ntm4j.core.checkpoint.AtomicFiles;
import io.github.ntm4j.core.config.RunFailedException;
import io.github.ntm4j.core.trace.HeadTrace;
import io.github.ntm4j.core.trace.Trace;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Traces as JSON Lines, one object for each sequence. Arrays have the step as their first axis: {@code input [steps][inputs]},
 * {@code output [steps][outputs]}, {@code memory [steps][rows][width]} as it is after the step, and for each of {@code heads} its
 * weightings {@code [steps][rows]}, its parameters, and what it read or wrote. A file appears under its name on {@link #finish}.
 */
final class TraceFile implements Closeable {
    private static final ObjectWriter JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build().writer();

    private final Path file;
    private final OutputStream out;

    private TraceFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a file; what is no regular file, such as a pipe or a terminal, is written to directly.
     *
     * @throws RunFailedException {@code cannot write <file>: <reason>}
     */
    static TraceFile create(Path file) {
        try {
            boolean direct = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
            return new TraceFile(file, direct ? Files.newOutputStream(file) : AtomicFiles.begin(file));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    /** Adds a line. */
    void write(Trace trace) {
        try {
            write(trace, out);
        } catch (JacksonException e) {
            throw RunFailedException.cannotWrite(file, e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        } catch (UncheckedIOException e) {
            throw RunFailedException.cannotWrite(file, new IOException(e));
        }
    }

    /** Gives the file its name. */
    void finish() {
        try {
            if (out instanceof AtomicFiles.Draft draft) {
                draft.commit();
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    private static void write(Trace trace, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberProperty("steps", trace.steps());
            json.writeNumberProperty("rows", trace.rows());
            json.writeNumberProperty("width", trace.width());
            matrix(json, "input", trace.input());
            matrix(json, "output", trace.output());
            json.writeName("heads");
            json.writeStartArray();
            for (HeadTrace head : trace.heads()) {
                head(json, head);
            }
            json.writeEndArray();
            memory(json, trace.memory());
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void head(JsonGenerator json, HeadTrace head) {
        json.writeStartObject();
        json.writeStringProperty("name", head.name());
        json.writeStringProperty("kind", head.kind().name().toLowerCase(Locale.ROOT));
        matrix(json, "weighting", head.weighting());
        matrix(json, "content", head.content());
        matrix(json, "interpolated", head.interpolated());
        matrix(json, "shifted", head.shifted());
        matrix(json, "key", head.key());
        vector(json, "strength", head.strength());
        vector(json, "gate", head.gate());
        matrix(json, "shift", head.shift());
        vector(json, "sharpening", head.sharpening());
        matrix(json, "erase", head.erase());
        matrix(json, "add", head.add());
        matrix(json, "read", head.read());
        json.writeEndObject();
    }

    private static void memory(JsonGenerator json, float @Nullable [][][] memory) {
        if (memory != null) {
            json.writeName("memory");
            json.writeStartArray();
            for (float[][] step : memory) {
                rows(json, step);
            }
            json.writeEndArray();
        }
    }

    private static void matrix(JsonGenerator json, String name, float @Nullable [][] rows) {
        if (rows != null) {
            json.writeName(name);
            rows(json, rows);
        }
    }

    private static void vector(JsonGenerator json, String name, float[] values) {
        json.writeName(name);
        row(json, values);
    }

    private static void rows(JsonGenerator json, float[][] rows) {
        json.writeStartArray();
        for (float[] row : rows) {
            row(json, row);
        }
        json.writeEndArray();
    }

    private static void row(JsonGenerator json, float[] row) {
        json.writeStartArray();
        for (float value : row) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
