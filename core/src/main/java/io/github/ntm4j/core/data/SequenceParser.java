package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.Nearest;
import io.github.ntm4j.core.config.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads one line of JSON, and holds it against the format and the lines before it. */
final class SequenceParser {
    private static final List<String> KEYS = List.of("input", "target", "mask");

    /** NaN and infinity are let through the parser only to be refused here, with the step they stand in. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
            .build();

    private final SequenceFormat format;
    /** So many channels would make any machine unwieldy. */
    private static final int MOST_SYMBOLS = 1 << 16;

    private final Side input;
    private final Side target;
    private final FloatList mask = new FloatList();

    SequenceParser(SequenceFormat format) {
        this.format = format;
        input = new Side("input", format.inputForm(), format.inputWidth());
        target = new Side("target", format.targetForm(), format.targetWidth());
    }

    /** What is wrong with a line. */
    static final class Problem extends Exception {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }
    }

    /** Parses a line of valid UTF-8. */
    SequenceLine parse(byte[] bytes, int length, long line) throws Problem {
        boolean hasInput = false;
        boolean hasTarget = false;
        boolean hasMask = false;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem("not a JSON object; expected " + example("input"));
            }
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                json.nextToken();
                switch (key) {
                    case "input" -> hasInput = once(hasInput, key, () -> input.read(json));
                    case "target" -> hasTarget = once(hasTarget, key, () -> target.read(json));
                    case "mask" -> hasMask = once(hasMask, key, () -> readMask(json));
                    default -> throw new Problem("unknown key " + UserException.quote(key) + "; known are input, target and mask"
                            + Nearest.suggestion(key, KEYS));
                }
            }
            if (json.nextToken() != null) {
                throw new Problem("more than one JSON value; expected one object a line");
            }
        }
        if (!hasInput) {
            throw new Problem("no input; expected " + example("input"));
        }
        if (!hasTarget && format.targetRequired()) {
            throw new Problem("no target; expected " + example("input", "target"));
        }
        input.settle("line " + line + " has");
        if (hasTarget) {
            target.settle("line " + line + " has");
        }
        return new SequenceLine(
                Objects.requireNonNull(input.side), hasTarget ? target.side : null, hasMask ? mask.toArray() : null, line);
    }

    /** That a line which was made elsewhere has the forms and widths that are expected; fixes those that are not yet. */
    void requireForm(SequenceLine line) throws Problem {
        SequenceSide wanted = line.target();
        if (wanted == null && format.targetRequired()) {
            throw new Problem("no target");
        }
        input.take(line.input());
        if (wanted != null) {
            target.take(wanted);
        }
    }

    /** That target and mask have a step for each of the input, of which there is one. Where answers follow their inputs they need not. */
    static void requireAligned(SequenceLine line) throws Problem {
        int steps = line.input().steps();
        SequenceSide target = line.target();
        float[] mask = line.mask();
        if (steps == 0) {
            throw new Problem("input is empty; expected at least one step");
        }
        if (target != null && target.steps() != steps) {
            throw new Problem("target has " + target.steps() + " steps, but input has " + steps);
        }
        if (mask != null && mask.length != steps) {
            throw new Problem("mask has " + mask.length + " numbers, but input has " + steps + " steps; expected one per step");
        }
    }

    /** That a mask has a number for each step of the target that follows the input. */
    static void requireMaskOfTarget(SequenceLine line) throws Problem {
        SequenceSide target = line.target();
        float[] mask = line.mask();
        if (target != null && mask != null && mask.length != target.steps()) {
            throw new Problem("mask has " + mask.length + " numbers, but target has " + target.steps()
                    + " steps; expected one per step of the target where the answer follows the input");
        }
    }

    /** What was expected of a line, as an example of its form. */
    private String example(String... keys) {
        String value = format.inputForm() == SequenceForm.TEXT ? "\"...\"" : format.inputForm() == SequenceForm.SYMBOLS ? "[...]" : "[[...], ...]";
        return Arrays.stream(keys).map(key -> "\"" + key + "\": " + value).collect(Collectors.joining(", ", "{", "}"));
    }

    private interface Reading {
        void run() throws Problem;
    }

    private static boolean once(boolean before, String key, Reading reading) throws Problem {
        if (before) {
            throw new Problem("two entries '" + key + "'");
        }
        reading.run();
        return true;
    }

    private void readMask(JsonParser json) throws Problem {
        mask.clear();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new Problem("mask is " + describe(json) + "; expected an array of numbers");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            int step = mask.size() + 1;
            float value = number(json, "mask", step);
            if (value < 0 || value > 1) {
                throw new Problem("mask step " + step + ": " + UserException.quote(json.getString()) + " is not in 0 to 1");
            }
            if (step > format.maxSteps()) {
                throw new Problem("mask has more than " + format.maxSteps() + " steps");
            }
            mask.add(value);
        }
    }

    private static float number(JsonParser json, String what, int step) throws Problem {
        if (!json.currentToken().isNumeric()) {
            throw new Problem(what + " step " + step + ": " + describe(json) + " is not a number");
        }
        float value = json.getFloatValue();
        if (!Float.isFinite(value)) {
            throw new Problem(what + " step " + step + ": " + UserException.quote(json.getString())
                    + (json.isNaN() ? " is not a finite number" : " is too large for a 32-bit float"));
        }
        return value;
    }

    /** The value at the parser, as a user would name it. */
    private static String describe(JsonParser json) {
        return switch (json.currentToken()) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "the text " + UserException.quote(json.getString());
            default -> UserException.quote(json.getString());
        };
    }

    /** One side of the lines, all of one form; vectors of one width. */
    private final class Side {
        private final String what;
        private final FloatList values = new FloatList();
        private int width;
        private @Nullable SequenceForm expectedForm;
        private int expectedWidth;
        private String expectedBy = "expected were";
        private @Nullable SequenceSide side;

        Side(String what, @Nullable SequenceForm form, int width) {
            this.what = what;
            this.expectedForm = form;
            this.expectedWidth = width;
        }

        /** Fixes the form and the width of all that follows, unless they are fixed already. */
        void settle(String by) {
            SequenceSide settled = Objects.requireNonNull(side);
            if (expectedForm == null) {
                expectedForm = settled.form();
            }
            if (expectedWidth == 0 && settled instanceof SequenceSide.Vectors vectors) {
                expectedWidth = vectors.width();
                expectedBy = by;
            }
        }

        /** Takes a side as it is. */
        void take(SequenceSide given) throws Problem {
            if (!expected(given.form())) {
                throw otherForm(given.form().expected());
            }
            int actual = given instanceof SequenceSide.Vectors vectors ? vectors.width() : 0;
            if (actual != 0 && expectedWidth != 0 && actual != expectedWidth) {
                throw new Problem(what + " has " + actual + " numbers a step; " + expectedBy + " " + expectedWidth);
            }
            side = given;
            settle("those before have");
        }

        void read(JsonParser json) throws Problem {
            JsonToken first = json.currentToken();
            boolean split = !format.reading().separator().isEmpty() && expectedForm == null;
            if (first == JsonToken.VALUE_STRING && (split || expectedForm == SequenceForm.WORDS)) {
                side = new SequenceSide.Words(format.reading().split(json.getString()));
                return;
            }
            if (first == JsonToken.VALUE_STRING && expected(SequenceForm.TEXT)) {
                side = new SequenceSide.Text(text(json));
                return;
            }
            if (first != JsonToken.START_ARRAY || expectedForm == SequenceForm.TEXT) {
                throw otherForm(describe(json));
            }
            JsonToken second = json.nextToken();
            boolean symbols = second.isNumeric() || second == JsonToken.END_ARRAY;
            boolean words = second == JsonToken.VALUE_STRING && expectedForm == null;
            if (words || expectedForm == SequenceForm.WORDS) {
                side = new SequenceSide.Words(words(json));
            } else if (expectedForm == SequenceForm.SYMBOLS || (expectedForm == null && symbols)) {
                side = new SequenceSide.Symbols(symbols(json));
            } else {
                side = vectors(json);
            }
        }

        private boolean expected(SequenceForm form) {
            return expectedForm == null || expectedForm == form;
        }

        private Problem otherForm(String found) {
            return new Problem(what + " is " + found + "; expected " + (expectedForm == null
                    ? "a text, an array of whole numbers or of words, or an array with an array of numbers per step"
                    : expectedForm.expected()));
        }

        private int[] text(JsonParser json) throws Problem {
            int[] characters = json.getString().codePoints().toArray();
            if (characters.length > format.maxSteps()) {
                throw new Problem(what + " has more than " + format.maxSteps() + " characters");
            }
            for (int i = 0; i < characters.length; i++) {
                if (characters[i] >= Character.MIN_SURROGATE && characters[i] <= Character.MAX_SURROGATE) {
                    throw new Problem(what + " step " + (i + 1) + ": half a surrogate pair; expected a character");
                }
            }
            return characters;
        }

        private List<String> words(JsonParser json) throws Problem {
            List<String> words = new ArrayList<>();
            for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
                if (words.size() == format.maxSteps()) {
                    throw new Problem(what + " has more than " + format.maxSteps() + " steps");
                }
                if (json.currentToken() != JsonToken.VALUE_STRING) {
                    throw new Problem(what + " step " + (words.size() + 1) + " is " + describe(json) + "; expected a text, a word for each step");
                }
                words.add(json.getString());
            }
            return words;
        }

        private int[] symbols(JsonParser json) throws Problem {
            int[] symbols = new int[16];
            int steps = 0;
            for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
                if (steps == format.maxSteps()) {
                    throw new Problem(what + " has more than " + format.maxSteps() + " steps");
                }
                if (steps == symbols.length) {
                    symbols = Arrays.copyOf(symbols, 2 * steps);
                }
                symbols[steps++] = symbol(json, steps);
            }
            return Arrays.copyOf(symbols, steps);
        }

        private int symbol(JsonParser json, int step) throws Problem {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                long symbol = json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : json.getLongValue();
                if (symbol >= 0 && symbol < MOST_SYMBOLS) {
                    return (int) symbol;
                }
            }
            throw new Problem(what + " step " + step + ": " + describe(json) + " is not a whole number from 0 to " + (MOST_SYMBOLS - 1));
        }

        private SequenceSide vectors(JsonParser json) throws Problem {
            values.clear();
            width = 0;
            int steps = 0;
            for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
                steps++;
                if (steps > format.maxSteps()) {
                    throw new Problem(what + " has more than " + format.maxSteps() + " steps");
                }
                if (json.currentToken() != JsonToken.START_ARRAY) {
                    throw new Problem(what + " step " + steps + " is " + describe(json) + "; expected an array of numbers");
                }
                readStep(json, steps);
            }
            if (steps == 0) {
                throw new Problem(what + " is empty; expected at least one step");
            }
            return new SequenceSide.Vectors(values.toArray(), steps, width);
        }

        private void readStep(JsonParser json, int step) throws Problem {
            int before = values.size();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                values.add(number(json, what, step));
            }
            int actual = values.size() - before;
            if (actual == 0) {
                throw new Problem(what + " step " + step + " is empty; expected at least one number");
            }
            if (step == 1) {
                width = actual;
            }
            if (actual != width) {
                throw new Problem(what + " step " + step + " has " + actual + " numbers, but step 1 has " + width);
            }
            if (expectedWidth != 0 && actual != expectedWidth) {
                throw new Problem(what + " step " + step + " has " + actual + " numbers; " + expectedBy + " " + expectedWidth);
            }
        }
    }
}
