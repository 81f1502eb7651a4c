package io.github.ntm4j.cli.report;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.signal.Kind;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Use;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Traces as JSON Lines, one object for each sequence. Arrays have the step as their first axis: {@code input [steps][inputs]},
 * {@code output [steps][outputs]}, for each of {@code heads} its signals, such as weightings {@code [steps][rows]}, the signals that belong to
 * no head, and stores {@code [steps][rows][width]} as they are after the step. A file appears under its name on {@link #finish}.
 */
public final class TraceFile implements Closeable {
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
    public static TraceFile create(Path file) {
        try {
            boolean direct = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
            return new TraceFile(file, direct ? Files.newOutputStream(file) : AtomicFiles.begin(file));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    /** Adds a line. */
    public void write(Trace trace) {
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
    public void finish() {
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
            for (Use use : Use.values()) {
                for (Signal head : trace.heads(use)) {
                    head(json, trace, head);
                }
            }
            json.writeEndArray();
            List<String> heads = trace.signals().heads().stream().map(Signal::group).toList();
            for (Signal signal : trace.signals().all()) {
                if (signal.kind() == Kind.STORE) {
                    store(json, signal, trace.values().get(signal));
                } else if (!heads.contains(signal.group())) {
                    values(json, signal.address(), signal, trace.of(signal));
                }
            }
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void head(JsonGenerator json, Trace trace, Signal head) {
        json.writeStartObject();
        json.writeStringProperty("name", head.group());
        json.writeStringProperty("kind", head.use().orElseThrow() == Use.WRITES ? "write" : "read");
        for (Signal signal : trace.signals().all()) {
            boolean others = signal.use().isPresent() && !signal.equals(head);
            if (signal.group().equals(head.group()) && !others) {
                values(json, signal.name(), signal, trace.of(signal));
            }
        }
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, String name, Signal signal, float[][] values) {
        json.writeName(name);
        if (signal.kind() == Kind.NUMBER) {
            json.writeStartArray();
            for (float[] number : values) {
                json.writeNumber(number[0]);
            }
            json.writeEndArray();
        } else {
            rows(json, values);
        }
    }

    private static void store(JsonGenerator json, Signal store, float @Nullable [][] steps) {
        if (steps != null) {
            json.writeName(store.name());
            json.writeStartArray();
            for (float[] cells : steps) {
                json.writeStartArray();
                for (int row = 0; row < store.rows(); row++) {
                    row(json, Arrays.copyOfRange(cells, row * store.width(), (row + 1) * store.width()));
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }

    private static void matrix(JsonGenerator json, String name, float[][] rows) {
        json.writeName(name);
        rows(json, rows);
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
