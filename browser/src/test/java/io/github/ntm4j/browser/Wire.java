package io.github.ntm4j.browser;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The answer of {@code POST /api/trace}, as docs/studio-api.md describes it, of a machine that there is not: what it shows is up to a test. */
final class Wire {
    private final int steps;
    private final List<String> signals = new ArrayList<>();
    private final List<String> arrays = new ArrayList<>();
    private final List<Float> numbers = new ArrayList<>();

    /** A number at a step and a place of an array. */
    interface Value {
        double at(int step, int place);
    }

    Wire(int steps) {
        this.steps = steps;
        array("input", (t, i) -> (t + i) % 2, steps, 3);
        array("output", (t, i) -> (t + i) % 2, steps, 2);
        array("target", (t, i) -> (t + i) % 2, steps, 2);
        array("mask", (t, i) -> 1, steps);
    }

    /** A store of its own, or one that relates the rows of another. */
    Wire store(String name, int rows, int width, String more, Value value) {
        signals.add(signal(name, "", name, "store", "\"rows\":" + rows + ",\"width\":" + width + more, -1e6, 1e6));
        array(name, value, steps, rows, width);
        array("initial_" + name, (t, i) -> 0, rows, width);
        return this;
    }

    /** Any other signal; what else is said of it begins with a comma. */
    Wire signal(String group, String name, String kind, int size, double low, double high, String more, Value value) {
        String address = group + "/" + name;
        signals.add(signal(address, group, name, kind, "\"size\":" + size + more, low, high));
        if (kind.equals("number")) {
            array(address, value, steps);
        } else {
            array(address, value, steps, size);
        }
        return this;
    }

    private static String signal(String at, String group, String name, String kind, String more, double low, double high) {
        String title = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
        String flags = (more.contains("\"settable\"") ? "" : ",\"settable\":false") + (more.contains("\"detail\"") ? "" : ",\"detail\":false");
        return "{\"at\":\"" + at + "\",\"group\":\"" + group + "\",\"name\":\"" + name + "\",\"title\":\"" + title + "\",\"kind\":\"" + kind
                + "\"," + more + flags + ",\"low\":" + low + ",\"high\":" + high + "}";
    }

    private void array(String name, Value value, int... shape) {
        int size = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            size *= shape[axis];
        }
        arrays.add("\"" + name + "\":{\"at\":" + numbers.size() + ",\"shape\":" + java.util.Arrays.toString(shape) + "}");
        for (int step = 0; step < shape[0]; step++) {
            for (int place = 0; place < size; place++) {
                numbers.add((float) value.at(step, place));
            }
        }
    }

    /** What has most weight at one place, and none elsewhere. */
    static Value on(java.util.function.IntUnaryOperator row) {
        return (step, place) -> place == row.applyAsInt(step) ? 1 : 0;
    }

    /** The same at each place. */
    static Value all(IntToDoubleFunction value) {
        return (step, place) -> value.applyAsDouble(step);
    }

    byte[] bytes() {
        String header = "{\"model\":\"models/copy-ntm-lstm\",\"task\":\"copy\",\"at\":{\"length\":3},\"steps\":" + steps
                + ",\"inputs\":3,\"outputs\":2,\"rows\":0,\"width\":0,\"detail\":\"memory\",\"answerable\":true,\"bits\":0.5,\"optimum_bits\":0,"
                + "\"bit_errors\":0,\"counted_bits\":" + 2 * steps + ",\"heads\":[],\"signals\":[" + String.join(",", signals)
                + "],\"programme\":{\"confidence\":1,\"writing\":1,\"reading\":1,\"phases\":[],\"actions\":[]},\"health\":[],"
                + "\"assessment\":{\"words\":\"a clear programme\",\"sound\":true},\"arrays\":{" + String.join(",", arrays) + "}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        int length = (json.length + 3) & ~3;
        ByteBuffer bytes = ByteBuffer.allocate(4 + length + 4 * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(length).put(json);
        while (bytes.position() < 4 + length) {
            bytes.put((byte) ' ');
        }
        numbers.forEach(bytes::putFloat);
        return bytes.array();
    }
}
