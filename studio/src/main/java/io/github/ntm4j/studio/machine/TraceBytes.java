package io.github.ntm4j.studio.machine;

import io.github.ntm4j.lab.explanation.Assessment;
import io.github.ntm4j.lab.explanation.Explanation;
import io.github.ntm4j.lab.explanation.ExplanationMaps;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.signal.Kind;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Use;
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
        for (Signal signal : trace.signals().all()) {
            float[][] values = trace.values().get(signal);
            boolean stage = signal.kind() != Kind.STORE && signal.over().isPresent() && signal.isDetail();
            if (signal.kind() == Kind.STORE) {
                addStore(signal, detail == Performance.Detail.MEMORY ? values : null, trace.initial().get(signal));
            } else if (detail != Performance.Detail.TRACKS || !stage) {
                addSignal(signal, trace.of(signal));
            }
        }
    }

    private void addSignal(Signal signal, float[][] values) {
        if (signal.kind() == Kind.NUMBER) {
            place(signal.address(), values.length);
        } else {
            place(signal.address(), values.length, signal.floats());
        }
        addAll(values);
    }

    private void addStore(Signal store, float @Nullable [][] values, float @Nullable [] initial) {
        if (values != null) {
            place(store.address(), values.length, store.rows(), store.width());
            addAll(values);
            if (initial != null) {
                place("initial_" + store.address(), store.rows(), store.width());
                addAll(initial);
            }
        }
    }

    private void addAll(float[]... arrays) {
        for (float[] array : arrays) {
            parts.add(array);
            floats += array.length;
        }
    }

    private void add(String name, float @Nullable [][] array) {
        if (array != null) {
            place(name, array.length, array[0].length);
            addAll(array);
        }
    }

    private void add(String name, float[] array) {
        place(name, array.length);
        addAll(array);
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
        header.put("heads", heads(trace));
        header.put("signals", trace.signals().all().stream().map(TraceBytes::signal).toList());
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

    private static List<SequencedMap<String, Object>> heads(Trace trace) {
        List<SequencedMap<String, Object>> heads = new ArrayList<>();
        for (Use use : Use.values()) {
            for (Signal head : trace.heads(use)) {
                SequencedMap<String, Object> map = new LinkedHashMap<>();
                map.put("name", head.group());
                map.put("kind", word(use));
                heads.add(map);
            }
        }
        return heads;
    }

    /** All that the page needs to know to draw a signal and to let it be set. */
    private static SequencedMap<String, Object> signal(Signal signal) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("at", signal.address());
        map.put("group", signal.group());
        map.put("name", signal.name());
        map.put("title", signal.title());
        map.put("kind", signal.kind().name().toLowerCase(Locale.ROOT));
        signal.role().ifPresent(role -> map.put("role", role.name().toLowerCase(Locale.ROOT)));
        signal.over().ifPresent(store -> map.put("over", store.address()));
        signal.use().ifPresent(use -> map.put("use", word(use)));
        if (signal.kind() == Kind.STORE) {
            map.put("rows", signal.rows());
            map.put("width", signal.width());
        } else {
            map.put("size", signal.floats());
        }
        if (!signal.labels().isEmpty()) {
            map.put("labels", signal.labels());
        }
        map.put("low", signal.low());
        map.put("high", signal.high());
        map.put("settable", signal.isSettable());
        map.put("detail", signal.isDetail());
        return map;
    }

    private static String word(Use use) {
        return use == Use.READS ? "read" : "write";
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
