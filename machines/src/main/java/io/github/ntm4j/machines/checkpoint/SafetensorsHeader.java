package io.github.ntm4j.machines.checkpoint;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.json.JsonProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The header of a safetensors file: what it says of itself, each entry consistent, but not yet held against the data.
 *
 * @param metadata texts by name, the checksum's entries included
 * @param entries the tensors in the order of the header
 * @param checksumAt where in the header's text the quotation mark before the checksum's digits stands; -1 without checksum
 */
record SafetensorsHeader(SequencedMap<String, String> metadata, List<Entry> entries, int checksumAt) {
    static final String METADATA = "__metadata__";

    /** The reference implementation's limit. */
    static final int MAX_LENGTH = 100_000_000;

    /** The largest array that every JVM can make. */
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private static final int MAX_AXES = 32;
    /** Machines have a few dozen, checkpoints some times as many. */
    static final int MAX_TENSORS = 100_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(MAX_LENGTH)
                    .build())
            .build();

    /**
     * A tensor in the header.
     *
     * @param size the number of elements
     * @param begin of its bytes, from the start of the data
     * @param end of its bytes, exclusive
     */
    record Entry(String name, ElementType type, List<Integer> shape, int size, long begin, long end) {
        String quoted() {
            return UserException.quote(name);
        }
    }

    /**
     * Parses the header's text.
     *
     * @param where what messages call the file
     */
    static SafetensorsHeader parse(String text, String where) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == ' ') {
            length--;
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text.toCharArray(), 0, length)) {
            Parsing parsing = new Parsing(json, where);
            parsing.header();
            if (json.nextToken() != null || text.charAt(length - 1) != '}') {
                throw new UserException(where + " is damaged: more than spaces after the JSON object of its header");
            }
            return new SafetensorsHeader(parsing.metadata, parsing.entries, parsing.checksumAt);
        } catch (JacksonException e) {
            throw new UserException(
                    where + " is damaged or not a safetensors file: its header is not valid JSON: " + JsonProblem.describe(e), e);
        }
    }

    /** One pass over a header. */
    private static final class Parsing {
        private final JsonParser json;
        private final String where;
        private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
        private final List<Entry> entries = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private int checksumAt = -1;

        Parsing(JsonParser json, String where) {
            this.json = json;
            this.where = where;
        }

        private UserException damage(String problem) {
            return new UserException(where + " is damaged: " + problem);
        }

        void header() {
            require(JsonToken.START_OBJECT, json.nextToken(), "its header", "a JSON object");
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                if (!names.add(name)) {
                    throw damage("its header has two entries " + UserException.quote(name));
                }
                if (name.equals(METADATA)) {
                    metadata();
                } else {
                    if (entries.size() >= MAX_TENSORS) {
                        throw damage("its header has more than " + MAX_TENSORS + " tensors");
                    }
                    entries.add(entry(name, "tensor " + UserException.quote(name)));
                }
            }
        }

        private void metadata() {
            require(JsonToken.START_OBJECT, json.nextToken(), METADATA, "a JSON object");
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                String what = METADATA + " entry " + UserException.quote(key);
                require(JsonToken.VALUE_STRING, json.nextToken(), what, "a text");
                if (key.equals(SafetensorsChecksum.KEY)) {
                    checksumAt = Math.toIntExact(json.currentTokenLocation().getCharOffset());
                }
                String value = json.getString();
                if (!Safetensors.isUnicode(value)) { // In names the parser sees to it.
                    throw damage(what + " is not valid Unicode");
                }
                if (metadata.put(key, value) != null) {
                    throw damage(what + " is there twice");
                }
            }
        }

        private Entry entry(String name, String what) {
            ElementType type = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            require(JsonToken.START_OBJECT, json.nextToken(), what, "a JSON object");
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                json.nextToken();
                switch (key) {
                    case "dtype" -> type = once(type, type(what), key, what);
                    case "shape" -> shape = once(shape, numbers(what + ", shape", MAX_AXES), key, what);
                    case "data_offsets" -> offsets = once(offsets, numbers(what + ", data_offsets", 2), key, what);
                    default -> throw damage(what + " has an entry " + UserException.quote(key)
                            + "; expected were dtype, shape and data_offsets");
                }
            }
            if (type == null || shape == null || offsets == null || offsets.size() != 2) {
                throw damage(what + " needs a dtype, a shape and two data_offsets");
            }
            int size = size(shape, what);
            long begin = offsets.getFirst();
            long end = offsets.getLast();
            if (begin > end || (end - begin) * Byte.SIZE != type.bits(size)) {
                throw damage(what + " has data_offsets " + offsets + ", but its type " + type + " and shape " + shape + " mean "
                        + (type.bits(size) % Byte.SIZE == 0 ? type.bits(size) / Byte.SIZE + " bytes" : type.bits(size) + " bits"));
            }
            return new Entry(name, type, shape.stream().map(Math::toIntExact).toList(), size, begin, end);
        }

        private <T> T once(@Nullable T before, T now, String key, String what) {
            if (before != null) {
                throw damage(what + " has two entries " + UserException.quote(key));
            }
            return now;
        }

        private ElementType type(String what) {
            require(JsonToken.VALUE_STRING, json.currentToken(), what + ", dtype", "a text");
            String name = json.getString();
            for (ElementType type : ElementType.values()) {
                if (type.name().equals(name)) {
                    return type;
                }
            }
            throw new UserException(where + ": " + what + " has the type " + UserException.quote(name)
                    + ", which the format does not have; expected F32, F64, F16 or BF16");
        }

        /** An array of at most {@code limit} integers >= 0. */
        private List<Long> numbers(String what, int limit) {
            require(JsonToken.START_ARRAY, json.currentToken(), what, "an array of integers");
            List<Long> numbers = new ArrayList<>();
            for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                require(JsonToken.VALUE_NUMBER_INT, next, what, "an array of integers");
                numbers.add(number(json.getString(), what));
                if (numbers.size() > limit) {
                    throw damage(what + " has more than " + limit + " numbers");
                }
            }
            return numbers;
        }

        private long number(String digits, String what) {
            try {
                long number = Long.parseLong(digits);
                if (number >= 0 && !digits.equals("-0")) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Larger than a long: reported below.
            }
            throw damage(what + " has the number " + UserException.quote(digits) + "; expected 0 or more, and less than 2^63");
        }

        private int size(List<Long> shape, String what) {
            long size = 1;
            for (long axis : shape) {
                // Both factors are below 2^31, so the product can't overflow a long.
                size = axis > MAX_ELEMENTS ? Long.MAX_VALUE : size * axis;
                if (size > MAX_ELEMENTS) {
                    throw damage(what + " has the shape " + shape + ", which is more than " + MAX_ELEMENTS + " elements");
                }
            }
            return (int) size;
        }

        private void require(JsonToken expected, @Nullable JsonToken actual, String what, String meaning) {
            if (actual != expected) {
                throw damage(what + " is not " + meaning);
            }
        }
    }
}
