package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.Nearest;
import io.github.ntm4j.core.config.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
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
                throw notAnObject(json);
            }
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                json.nextToken();
                switch (key) {
                    case "input" -> hasInput = once(hasInput, key, () -> input.read(json));
                    case "target" -> hasTarget = once(hasTarget, key, () -> target.read(json));
                    case "mask" -> hasMask = once(hasMask, key, () -> readMask(json));
                    default -> skip(json, key);
                }
            }
            if (json.nextToken() != null) {
                throw new Problem("more than one JSON value; expected one object a line");
            }
        }
        boolean anyNull = hasTarget && target.masked.cardinality() > 0;
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
                Objects.requireNonNull(input.side), hasTarget ? target.side : null, hasMask || anyNull ? mask(hasMask) : null, line);
    }

    /** What a line is that has no object; an array of objects is how other programs write them all at once. */
    private Problem notAnObject(JsonParser json) {
        String found = "not a JSON object";
        String hint = "";
        if (json.currentToken() == JsonToken.START_ARRAY) {
            JsonToken next;
            try {
                next = json.nextToken();
            } catch (StreamReadException endsInIt) {
                next = null;
            }
            if (next == null || next == JsonToken.START_OBJECT) {
                found = "a JSON array, which is one value for the whole file";
                hint = " in each line; `jq -c '.[]' FILE > FILE.jsonl` writes one";
            }
        }
        return new Problem(found + "; expected " + example("input") + hint);
    }

    private void skip(JsonParser json, String key) throws Problem {
        if (format.reading().extraKeys() == Reading.ExtraKeys.IGNORE) {
            json.skipChildren();
            return;
        }
        throw new Problem("unknown key " + UserException.quote(key) + "; known are input, target and mask"
                + Nearest.suggestion(key, KEYS) + "; --set task.extra_keys=ignore skips others");
    }

    /** The mask, in which steps without a target do not count. */
    private float[] mask(boolean given) {
        float[] counts = given ? mask.toArray() : new float[Objects.requireNonNull(target.side).steps()];
        if (!given) {
            Arrays.fill(counts, 1);
        }
        target.masked.stream().filter(step -> step < counts.length).forEach(step -> counts[step] = 0);
        return counts;
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
        float[] weights = line.mask();
        for (int t = 0; weights != null && t < weights.length; t++) {
            if (!(weights[t] >= 0 && weights[t] <= 1)) {
                throw new Problem("mask step " + (t + 1) + ": " + weights[t] + " is not in 0 to 1");
            }
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

    private interface Part {
        void run() throws Problem;
    }

    private static boolean once(boolean before, String key, Part part) throws Problem {
        if (before) {
            throw new Problem("two entries '" + key + "'");
        }
        part.run();
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
        /** Steps of a target that are null: what stands there does not count. */
        private final BitSet masked = new BitSet();
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
            requireValues(given);
            side = given;
            settle("those before have");
        }

        /** Files cannot have these. */
        private void requireValues(SequenceSide given) throws Problem {
            if (given instanceof SequenceSide.Vectors vectors) {
                for (int i = 0; i < vectors.values().length; i++) {
                    if (!Float.isFinite(vectors.values()[i])) {
                        throw new Problem(what + " step " + (i / vectors.width() + 1) + ": " + vectors.values()[i] + " is not a finite number");
                    }
                }
            } else if (given instanceof SequenceSide.Symbols symbols) {
                for (int t = 0; t < symbols.steps(); t++) {
                    if (symbols.symbols()[t] < 0) {
                        throw new Problem(what + " step " + (t + 1) + ": symbol " + symbols.symbols()[t] + "; expected 0 or more");
                    }
                }
            }
        }

        void read(JsonParser json) throws Problem {
            JsonToken first = json.currentToken();
            masked.clear();
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
            int nulls = 0;
            for (; second == JsonToken.VALUE_NULL && this == target; second = json.nextToken()) {
                masked.set(nulls++);
                limit(nulls);
            }
            if (nulls > 0 && second == JsonToken.END_ARRAY) {
                throw new Problem(what + " is null at every step, so that nothing of the line counts; expected a line without it");
            }
            boolean symbols = second.isNumeric() || second == JsonToken.END_ARRAY;
            boolean words = second == JsonToken.VALUE_STRING && expectedForm == null;
            if (words || expectedForm == SequenceForm.WORDS) {
                side = new SequenceSide.Words(words(json, nulls));
            } else if (expectedForm == SequenceForm.SYMBOLS || (expectedForm == null && symbols)) {
                side = new SequenceSide.Symbols(symbols(json, nulls));
            } else {
                side = vectors(json, nulls);
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

        /** Whether the step at the parser is null, where that is allowed. */
        private boolean isNull(JsonParser json, int step) {
            boolean isNull = json.currentToken() == JsonToken.VALUE_NULL && this == target;
            if (isNull) {
                masked.set(step);
            }
            return isNull;
        }

        private void limit(int steps) throws Problem {
            if (steps > format.maxSteps()) {
                throw new Problem(what + " has more than " + format.maxSteps() + " steps");
            }
        }

        /** The words; where a target is null, its first word stands. */
        private List<String> words(JsonParser json, int nulls) throws Problem {
            List<String> words = new ArrayList<>();
            for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
                limit(nulls + words.size() + 1);
                if (isNull(json, nulls + words.size())) {
                    words.add(words.getFirst());
                    continue;
                }
                if (json.currentToken() != JsonToken.VALUE_STRING) {
                    throw new Problem(what + " step " + (words.size() + 1) + " is " + describe(json) + "; expected a text, a word for each step");
                }
                words.add(json.getString());
            }
            if (nulls > 0) {
                words.addAll(0, Collections.nCopies(nulls, words.getFirst()));
            }
            return words;
        }

        /** The symbols; where a target is null, its first symbol stands. */
        private int[] symbols(JsonParser json, int nulls) throws Problem {
            int[] symbols = new int[Math.max(16, nulls + 1)];
            int steps = nulls;
            for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
                limit(steps + 1);
                if (steps == symbols.length) {
                    symbols = Arrays.copyOf(symbols, 2 * steps);
                }
                symbols[steps] = isNull(json, steps) ? symbols[nulls] : symbol(json, steps + 1);
                steps++;
            }
            if (nulls > 0) {
                Arrays.fill(symbols, 0, nulls, symbols[nulls]);
            }
            return Arrays.copyOf(symbols, steps);
        }

        private int symbol(JsonParser json, int step) throws Problem {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                long symbol = json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : json.getLongValue();
                if (symbol >= 0 && symbol < Integer.MAX_VALUE) {
                    return (int) symbol;
                }
            }
            boolean real = json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
            throw new Problem(what + " step " + step + ": " + describe(json) + " is not a whole number from 0 to " + (Integer.MAX_VALUE - 1)
                    + (real ? "; real numbers are written with an array for each step: [[0.5], [0.25]]" : ""));
        }

        private SequenceSide vectors(JsonParser json, int nulls) throws Problem {
            values.clear();
            width = 0;
            int steps = nulls;
            for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
                steps++;
                limit(steps);
                if (isNull(json, steps - 1)) {
                    addZeros(width);
                    continue;
                }
                if (json.currentToken() != JsonToken.START_ARRAY) {
                    throw new Problem(what + " step " + steps + " is " + describe(json) + "; expected an array of numbers");
                }
                readStep(json, steps);
            }
            if (steps == 0) {
                throw new Problem(what + " is empty; expected at least one step");
            }
            float[] read = values.toArray();
            float[] all = new float[Math.multiplyExact(steps, width)];
            System.arraycopy(read, 0, all, nulls * width, read.length);
            return new SequenceSide.Vectors(all, steps, width);
        }

        private void addZeros(int count) {
            for (int i = 0; i < count; i++) {
                values.add(0);
            }
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
            if (width == 0) {
                width = actual;
            }
            if (actual != width) {
                throw new Problem(what + " step " + step + " has " + actual + " numbers, but step " + (masked.nextClearBit(0) + 1) + " has " + width);
            }
            if (expectedWidth != 0 && actual != expectedWidth) {
                throw new Problem(what + " step " + step + " has " + actual + " numbers; " + expectedBy + " " + expectedWidth);
            }
        }
    }
}
