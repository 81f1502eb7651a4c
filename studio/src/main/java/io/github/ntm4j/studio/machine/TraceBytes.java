package io.github.ntm4j.studio.machine;

import io.github.ntm4j.core.config.ConfigWriter;
import io.github.ntm4j.core.explanation.Assessment;
import io.github.ntm4j.core.explanation.Explanation;
import io.github.ntm4j.core.explanation.ExplanationMaps;
import io.github.ntm4j.core.trace.HeadTrace;
import io.github.ntm4j.core.trace.Trace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A trace as it travels: the length of a JSON header (four bytes, least first), the header, filled up with spaces so that what follows lies
 * at a multiple of four, and float32 numbers, least byte first. The header's {@code arrays} say where each array begins, in numbers, and its
 * shape. docs/studio-api.md has the whole.
 */
final class TraceBytes {
    private final SequencedMap<String, Object> places = new LinkedHashMap<>();
    private final List<float[]> parts = new ArrayList<>();
    private int floats;

    private TraceBytes() {}

    /** The bytes of a performance. */
    static byte[] of(Performance performance) {
        TraceBytes bytes = new TraceBytes();
        bytes.collect(performance.trace(), performance.detail());
        return bytes.packed(bytes.header(performance));
    }

    private void collect(Trace trace, Performance.Detail detail) {
        add("input", trace.input());
        add("output", trace.output());
        add("target", trace.target());
        if (trace.mask() != null) {
            add("mask", trace.mask());
        }
        for (HeadTrace head : trace.heads()) {
            String prefix = head.name() + "/";
            add(prefix + "weighting", head.weighting());
            if (detail != Performance.Detail.TRACKS) {
                add(prefix + "previous", head.previous());
                add(prefix + "similarity", head.similarity());
                add(prefix + "content", head.content());
                add(prefix + "interpolated", head.interpolated());
                add(prefix + "shifted", head.shifted());
            }
            add(prefix + "key", head.key());
            add(prefix + "strength", head.strength());
            add(prefix + "gate", head.gate());
            add(prefix + "shift", head.shift());
            add(prefix + "sharpening", head.sharpening());
            add(prefix + "erase", head.erase());
            add(prefix + "add", head.add());
            add(prefix + "read", head.read());
        }
        float[][][] memory = trace.memory();
        if (detail == Performance.Detail.MEMORY && memory != null) {
            place("memory", memory.length, trace.rows(), trace.width());
            for (float[][] step : memory) {
                for (float[] row : step) {
                    parts.add(row);
                    floats += row.length;
                }
            }
            add("initial_memory", trace.initialMemory());
        }
    }

    private void add(String name, float @Nullable [][] array) {
        if (array != null) {
            place(name, array.length, array[0].length);
            for (float[] row : array) {
                parts.add(row);
                floats += row.length;
            }
        }
    }

    private void add(String name, float[] array) {
        place(name, array.length);
        parts.add(array);
        floats += array.length;
    }

    private void place(String name, Integer... shape) {
        SequencedMap<String, Object> place = new LinkedHashMap<>();
        place.put("at", floats);
        place.put("shape", Arrays.asList(shape));
        places.put(name, place);
    }

    private SequencedMap<String, Object> header(Performance performance) {
        Trace trace = performance.trace();
        SequencedMap<String, Object> header = new LinkedHashMap<>();
        header.put("model", performance.machine().id().toString());
        header.put("task", performance.task());
        header.put("at", performance.size().values());
        header.put("steps", trace.steps());
        header.put("inputs", trace.inputs());
        header.put("outputs", trace.outputs());
        header.put("rows", trace.rows());
        header.put("width", trace.width());
        header.put("detail", performance.detail().name().toLowerCase(Locale.ROOT));
        header.put("answerable", performance.answerable());
        header.put("bits", trace.bits());
        header.put("optimum_bits", performance.optimum() / Math.log(2));
        header.put("bit_errors", trace.bitErrors());
        header.put("counted_bits", performance.answerable() ? trace.countedBits() : 0);
        header.put(
                "heads",
                trace.heads().stream()
                        .map(head -> {
                            SequencedMap<String, Object> map = new LinkedHashMap<>();
                            map.put("name", head.name());
                            map.put("kind", head.kind() == HeadTrace.Kind.READ ? "read" : "write");
                            return map;
                        })
                        .toList());
        if (performance.detail() == Performance.Detail.MEMORY) {
            Explanation explanation = Explanation.of(trace);
            header.put("programme", ExplanationMaps.of(explanation.programme()));
            header.put("health", ExplanationMaps.of(explanation.health()));
            double optimum = performance.optimum() / Math.log(2);
            header.put("assessment", ExplanationMaps.of(Assessment.of(trace, explanation, optimum)));
        }
        header.put("arrays", places);
        return header;
    }

    private byte[] packed(SequencedMap<String, Object> header) {
        byte[] json = ConfigWriter.toJson(header).getBytes(StandardCharsets.UTF_8);
        int length = (json.length + 3) & ~3;
        byte[] bytes = new byte[4 + length + 4 * floats];
        Arrays.fill(bytes, 4 + json.length, 4 + length, (byte) ' ');
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(length).put(json).position(4 + length);
        var numbers = buffer.asFloatBuffer();
        parts.forEach(numbers::put);
        return bytes;
    }
}
