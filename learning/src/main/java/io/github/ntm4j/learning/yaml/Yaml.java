package io.github.ntm4j.learning.yaml;

import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.json.ConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Settings as YAML: one document, a map of maps, numbers, booleans, texts and lists. Aliases, tags and several documents in one file are
 * refused. JSON is YAML, too.
 */
public final class Yaml {
    /** The largest file that is read. */
    public static final int MOST_BYTES = 1 << 20;

    private static final Pattern POINT_FIRST = Pattern.compile("[-+]?\\.[0-9]+([eE][-+]?[0-9]+)?");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ConfigReader.DEEPEST + 1)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .build();
    private static final ObjectMapper WRITER = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final ConfigReader.Language LANGUAGE = new ConfigReader.Language() {
        @Override
        public @Nullable String refusal(JsonParser parser) {
            if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                return "aliases (*name) are not read in settings";
            }
            return parser.getTypeId() != null ? "tags (!name) are not read in settings" : null;
        }

        @Override
        public Object text(String text) {
            // A number to YAML, but not to this parser.
            return POINT_FIRST.matcher(text).matches() ? number(text) : text;
        }

        @Override
        public Number number(String text) {
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
    };

    private Yaml() {}

    /**
     * A file of at most 1 MiB.
     *
     * @param file where it is
     * @return the values
     * @throws UserException naming the file and the line if it cannot be read, is not YAML, or gives a key twice
     */
    public static ConfigTree read(Path file) {
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

    /**
     * The same from a text.
     *
     * @param yaml the text
     * @param source what messages call the place that the values come from
     * @return the values
     * @throws UserException naming the source and the line if it is not YAML, or gives a key twice
     */
    public static ConfigTree parse(String yaml, String source) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), yaml)) {
            return ConfigReader.read(parser, LANGUAGE, source);
        } catch (JacksonException e) {
            throw new UserException(source + describe(e), e);
        }
    }

    /**
     * Numbers written out where that is readable; {@link #parse} gives the same values again. The same map always gives the same text, in
     * the order of its keys.
     *
     * @param map nested maps and lists of numbers, booleans, texts and nulls
     * @return a document, with a line break at its end
     */
    public static String text(Map<String, ?> map) {
        return WRITER.writeValueAsString(ConfigWriter.readable(map));
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
