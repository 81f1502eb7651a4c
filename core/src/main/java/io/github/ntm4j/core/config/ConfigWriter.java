package io.github.ntm4j.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes maps of settings and results as YAML and JSON. The same map always gives the same text, in the order of its keys. */
public final class ConfigWriter {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final ObjectMapper PRETTY_JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private ConfigWriter() {}

    /**
     * YAML, with numbers written out where that is readable; {@link ConfigTree#parse} gives the same values again.
     *
     * @param map nested maps and lists of numbers, booleans, texts and nulls
     * @return a document, with a line break at its end
     */
    public static String toYaml(Map<String, ?> map) {
        return YAML.writeValueAsString(readable(map));
    }

    /**
     * JSON in one line, without a line break at its end. A number that is not finite, which JSON does not have, is null.
     *
     * @param map nested maps and lists of numbers, booleans, texts and nulls
     * @return the line
     */
    public static String toJson(Map<String, ?> map) {
        return escaped(JSON.writeValueAsString(finite(map)));
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
     * JSON over several lines.
     *
     * @param map nested maps and lists of numbers, booleans, texts and nulls
     * @return the text, with a line break at its end
     */
    public static String toPrettyJson(Map<String, ?> map) {
        return PRETTY_JSON.writeValueAsString(finite(map)) + "\n";
    }

    private static @Nullable Object readable(@Nullable Object value) {
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

    private static @Nullable Object finite(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, inner) -> copy.put(String.valueOf(key), finite(inner)));
                yield copy;
            }
            case List<?> list -> list.stream().map(ConfigWriter::finite).toList();
            case Double number when !Double.isFinite(number) -> null;
            case Float number when !Float.isFinite(number) -> null;
            case null, default -> value;
        };
    }
}
