package io.github.ntm4j.learning.run;

import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.json.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A batch of sequences as JSON Lines, with {@code input}, {@code target} and {@code mask}. What is not finite, which no other file of sequences
 * may hold, is a text: {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}.
 */
final class BatchFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BatchFile() {}

    static void write(Path file, List<Sequence> batch) {
        StringBuilder text = new StringBuilder();
        for (Sequence sequence : batch) {
            text.append("{\"input\": ");
            rows(text, sequence.input(), sequence.steps(), sequence.inputs());
            text.append(", \"target\": ");
            rows(text, sequence.target(), sequence.steps(), sequence.outputs());
            text.append(", \"mask\": ");
            row(text, sequence.mask(), 0, sequence.steps());
            text.append("}\n");
        }
        AtomicFiles.write(file, text.toString());
    }

    private static void rows(StringBuilder text, float[] values, int steps, int width) {
        text.append('[');
        for (int t = 0; t < steps; t++) {
            text.append(t == 0 ? "" : ", ");
            row(text, values, t * width, (t + 1) * width);
        }
        text.append(']');
    }

    private static void row(StringBuilder text, float[] values, int from, int to) {
        text.append('[');
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ", ");
            float value = values[i];
            if (Float.isFinite(value)) {
                String digits = Float.toString(value);
                text.append(digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits);
            } else {
                text.append('"').append(value).append('"');
            }
        }
        text.append(']');
    }

    /**
     * Reads a batch.
     *
     * @param file the file
     * @param inputs width of its inputs
     * @param outputs width of its targets
     * @throws UserException if it is none, or of other widths
     */
    static List<Sequence> read(Path file, int inputs, int outputs) {
        List<Sequence> batch = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                batch.add(sequence(JSON.readTree(line), inputs, outputs, file + ", line " + (batch.size() + 1)));
            }
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        } catch (JacksonException e) {
            throw new UserException(file + ", line " + (batch.size() + 1) + ": " + JsonProblem.describe(e), e);
        }
        if (batch.isEmpty()) {
            throw new UserException(file + ": expected a sequence a line, found none");
        }
        return batch;
    }

    private static Sequence sequence(JsonNode line, int inputs, int outputs, String where) {
        JsonNode input = line.path("input");
        int steps = input.size();
        if (steps == 0) {
            throw new UserException(where + ": expected input, target and mask of some steps, found no input");
        }
        Sequence sequence = new Sequence(inputs, outputs);
        sequence.clear(steps);
        fill(sequence.input(), input, steps, inputs, where + ": input");
        fill(sequence.target(), line.path("target"), steps, outputs, where + ": target");
        fill(sequence.mask(), line.path("mask"), steps, 0, where + ": mask");
        return sequence;
    }

    /** Fills a buffer with an array of rows, or of numbers where the width is 0. */
    private static void fill(float[] buffer, JsonNode rows, int steps, int width, String where) {
        if (!rows.isArray() || rows.size() != steps) {
            throw new UserException(where + ": expected an array of " + steps + ", one for each step of the input, found " + found(rows));
        }
        for (int t = 0; t < steps; t++) {
            JsonNode row = rows.get(t);
            if (width == 0) {
                buffer[t] = number(row, where);
            } else if (row.isArray() && row.size() == width) {
                for (int i = 0; i < width; i++) {
                    buffer[t * width + i] = number(row.get(i), where);
                }
            } else {
                throw new UserException(where + ", step " + (t + 1) + ": expected " + width + " numbers, found " + found(row));
            }
        }
    }

    private static String found(JsonNode node) {
        return node.isArray() ? "an array of " + node.size() : node.isMissingNode() ? "none" : UserException.quote(node.toString());
    }

    private static float number(JsonNode node, String where) {
        if (node.isNumber()) {
            return Float.parseFloat(node.asString());
        }
        return switch (node.asString("")) {
            case "NaN" -> Float.NaN;
            case "Infinity" -> Float.POSITIVE_INFINITY;
            case "-Infinity" -> Float.NEGATIVE_INFINITY;
            default -> throw new UserException(where + ": expected a number, found " + UserException.quote(node.toString()));
        };
    }
}
