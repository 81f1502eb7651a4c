package io.github.ntm4j.machines.json;

import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Makes a tree of settings of what a parser of JSON, or of a language that has the same tokens, finds: one map of maps, numbers, booleans, texts and lists. */
public final class ConfigReader {
    /** How deep settings may be nested. */
    public static final int DEEPEST = 8;

    /** What a language has beyond JSON. */
    public interface Language {
        /**
         * Refuses what settings have not.
         *
         * @param parser at a value
         * @return what is wrong with it; null if nothing is
         */
        @Nullable String refusal(JsonParser parser);

        /**
         * What a text stands for.
         *
         * @param text as it was written
         * @return the text, or the number that it is in this language
         */
        Object text(String text);

        /**
         * What a number stands for.
         *
         * @param text as it was written
         * @return the number
         */
        Number number(String text);
    }

    /** Nothing beyond JSON. */
    public static final Language JSON = new Language() {
        @Override
        public @Nullable String refusal(JsonParser parser) {
            return null;
        }

        @Override
        public Object text(String text) {
            return text;
        }

        @Override
        public Number number(String text) {
            return new BigDecimal(text);
        }
    };

    private final Language language;
    private final String source;
    private final SequencedMap<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> sources = new HashMap<>();

    private ConfigReader(Language language, String source) {
        this.language = language;
        this.source = source;
    }

    /**
     * Reads one document.
     *
     * @param parser before its first token
     * @param language what it speaks
     * @param source what messages call the place that the values come from
     * @return the values
     * @throws UserException naming the source and the line if it is no map, gives a key twice, or has what settings have not
     */
    public static ConfigTree read(JsonParser parser, Language language, String source) {
        ConfigReader reader = new ConfigReader(language, source);
        JsonToken start = parser.nextToken();
        if (start != null && start != JsonToken.VALUE_NULL) {
            reader.document(parser);
        }
        return ConfigTree.of(reader.values, reader.sources);
    }

    private void document(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw problem(parser, "expected keys and values, such as `seed: 1`");
        }
        map(parser, "", 1);
        if (parser.nextToken() != null) {
            throw problem(parser, "a second document begins here; expected one");
        }
    }

    private void map(JsonParser parser, String path, int depth) {
        if (depth > DEEPEST) {
            throw problem(parser, "nested too deeply; settings have at most " + DEEPEST + " levels");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = path + parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                map(parser, key + ".", depth + 1);
                continue;
            }
            String before = sources.putIfAbsent(key, at(line));
            if (before != null) {
                throw new UserException(at(line) + ": " + key + " is given twice, before in " + before.substring(source.length() + 2));
            }
            values.put(key, value(parser));
        }
    }

    private @Nullable Object value(JsonParser parser) {
        String refusal = language.refusal(parser);
        if (refusal != null) {
            throw problem(parser, refusal);
        }
        String text = parser.getString();
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> language.number(text);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> language.text(text);
            default -> throw problem(parser, "expected a value");
        };
    }

    private List<@Nullable Object> list(JsonParser parser) {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                throw problem(parser, "expected a value, got a map in a list");
            }
            list.add(value(parser));
        }
        return list;
    }

    private String at(int line) {
        return source + ", line " + line;
    }

    private UserException problem(JsonParser parser, String what) {
        return new UserException(at(parser.currentTokenLocation().getLineNr()) + ": " + what);
    }
}
