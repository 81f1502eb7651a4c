package io.github.ntm4j.machines.config;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes maps of settings and results as JSON. The same map always gives the same text, in the order of its keys. */
public final class ConfigWriter {
    private static final JsonFactory JSON = new JsonFactory();

    /** Objects over several lines, lists in one. */
    private static final class Lines extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private ConfigWriter() {}

    /**
     * JSON in one line, without a line break at its end. A number that is not finite, which JSON does not have, is null.
     *
     * @param map nested maps, lists and arrays of numbers, booleans, texts and nulls
     * @return the line
     * @throws IllegalArgumentException if there is anything else in it
     */
    public static String toJson(Map<String, ?> map) {
        return escaped(write(map, ObjectWriteContext.empty()));
    }

    /**
     * JSON over several lines.
     *
     * @param map nested maps, lists and arrays of numbers, booleans, texts and nulls
     * @return the text, with a line break at its end
     * @throws IllegalArgumentException if there is anything else in it
     */
    public static String toPrettyJson(Map<String, ?> map) {
        return write(map, new Lines()) + "\n";
    }

    private static String write(Map<String, ?> map, ObjectWriteContext context) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(context, text)) {
            write(map, out);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator out) {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> map -> {
                out.writeStartObject();
                map.forEach((key, inner) -> {
                    out.writeName(String.valueOf(key));
                    write(inner, out);
                });
                out.writeEndObject();
            }
            case Collection<?> list -> {
                out.writeStartArray();
                list.forEach(inner -> write(inner, out));
                out.writeEndArray();
            }
            case double[] numbers -> write(Arrays.stream(numbers).boxed().toList(), out);
            case int[] numbers -> write(Arrays.stream(numbers).boxed().toList(), out);
            case float[] numbers -> write(IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList(), out);
            case String text -> out.writeString(text);
            case Boolean bool -> out.writeBoolean(bool);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number when !Double.isFinite(number) -> out.writeNull();
            case Double number -> out.writeNumber(number);
            case Float number when !Float.isFinite(number) -> out.writeNull();
            case Float number -> out.writeNumber(number);
            case BigDecimal number -> out.writeNumber(number);
            case BigInteger number -> out.writeNumber(number);
            default -> throw new IllegalArgumentException(
                    "map: expected numbers, booleans, texts and nulls, got a " + value.getClass().getName());
        }
    }

    /** The same JSON without characters that YAML, as which it may be read, does not take as they are: controls and breaks of lines. */
    private static String escaped(String json) {
        StringBuilder escaped = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean special = (c >= '\u007f' && c <= '\u009f') || c == '\u2028' || c == '\u2029' || c == '\ufeff' || c >= '\ufffe';
            if (special && escaped == null) {
                escaped = new StringBuilder(json.substring(0, i));
            }
            if (escaped != null) {
                escaped.append(special ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return escaped == null ? json : escaped.toString();
    }

    /**
     * The same values with numbers that people read easily written out.
     *
     * @param value nested maps and lists of numbers, booleans, texts and nulls
     * @return a copy
     */
    public static @Nullable Object readable(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(String.valueOf(key), readable(inner)));
                yield copy;
            }
            case Double number when SettingType.isReadable(number) -> SettingType.decimal(number);
            case null, default -> value;
        };
    }
}
