package io.github.ntm4j.core.config;

import io.github.ntm4j.core.config.ConfigTree.Leaf;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads settings from YAML: one document, a map of maps, numbers, booleans, texts and lists. Aliases, tags and several
 * documents in one file are refused.
 */
final class YamlSettings {
    static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 8;
    private static final Pattern POINT_FIRST = Pattern.compile("[-+]?\\.[0-9]+([eE][-+]?[0-9]+)?");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST + 1)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .build();

    private final String source;
    private final SequencedMap<String, Leaf> leaves = new LinkedHashMap<>();

    private YamlSettings(String source) {
        this.source = source;
    }

    static ConfigTree read(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserException("cannot read " + file + ": it is a folder, not a YAML file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UserException(file + ": larger than 1 MiB; settings are expected here");
            }
            return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), file.toString());
        } catch (CharacterCodingException e) {
            throw new UserException(file + ": not a YAML file: its bytes are not UTF-8", e);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    static ConfigTree parse(String yaml, String source) {
        YamlSettings settings = new YamlSettings(source);
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), yaml)) {
            JsonToken start = parser.nextToken();
            if (start != null && start != JsonToken.VALUE_NULL) {
                settings.document(parser);
            }
        } catch (JacksonException e) {
            throw new UserException(source + describe(e), e);
        }
        return new ConfigTree(settings.leaves);
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
            Leaf before = leaves.putIfAbsent(key, new Leaf(value(parser), at(line)));
            if (before != null) {
                throw new UserException(at(line) + ": " + key + " is given twice, before in "
                        + before.source().substring(source.length() + 2));
            }
        }
    }

    private @Nullable Object value(JsonParser parser) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw problem(parser, "aliases (*name) are not read in settings");
        }
        if (parser.getTypeId() != null) {
            throw problem(parser, "tags (!name) are not read in settings");
        }
        String text = parser.getString();
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(text);
            case START_ARRAY -> list(parser);
            // A number to YAML, but not to this parser.
            case VALUE_STRING -> POINT_FIRST.matcher(text).matches() ? number(text) : text;
            default -> throw problem(parser, "expected a value");
        };
    }

    private static Number number(String text) {
        try {
            return new BigDecimal(text.replace("_", ""));
        } catch (NumberFormatException e) {
            // What is left is .nan, .inf and -.inf.
            if (text.toLowerCase(Locale.ROOT).endsWith("nan")) {
                return Double.NaN;
            }
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
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

    /** The parser's message without its drawing of the line. The last line it names is where it stood. */
    private static String describe(JacksonException problem) {
        String message = String.valueOf(problem.getOriginalMessage());
        Matcher lines = LINE.matcher(message);
        String line = "";
        while (lines.find()) {
            line = ", line " + lines.group(1);
        }
        List<String> sentences = message.lines()
                .filter(part -> !part.startsWith(" ") && !part.isBlank())
                .toList();
        return line + ": not valid YAML: " + String.join(", ", sentences);
    }
}
