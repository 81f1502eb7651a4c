package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one side of the lines of JSON, all of one form; vectors of one width. */
final class SideParser {
    private final String what;
    private final boolean isTarget;
    private final int maxSteps;
    private final Reading reading;
    private final FloatList values = new FloatList();
    /** Steps of a target that are null: what stands there does not count. */
    private final BitSet masked = new BitSet();
    private int width;
    private @Nullable SequenceForm expectedForm;
    private int expectedWidth;
    private String expectedBy = "expected were";
    private @Nullable SequenceSide side;

    /**
     * A side of which nothing was read.
     *
     * @param what its key
     * @param form the form that is expected; null for that of the first line
     * @param width the width of vectors that is expected; 0 for that of the first line
     * @param isTarget whether a step may be null, which does not count
     * @param format how the file is read, and its limits
     */
    SideParser(String what, @Nullable SequenceForm form, int width, boolean isTarget, SequenceFormat format) {
        this.what = what;
        this.isTarget = isTarget;
        this.maxSteps = format.maxSteps();
        this.reading = format.reading();
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
    void take(SequenceSide given) throws SequenceParser.Problem {
        if (!expected(given.form())) {
            throw otherForm(given.form().expected());
        }
        int actual = given instanceof SequenceSide.Vectors vectors ? vectors.width() : 0;
        if (actual != 0 && expectedWidth != 0 && actual != expectedWidth) {
            throw new SequenceParser.Problem(what + " has " + actual + " numbers a step; " + expectedBy + " " + expectedWidth);
        }
        requireValues(given);
        side = given;
        settle("those before have");
    }

    /** Files cannot have these. */
    private void requireValues(SequenceSide given) throws SequenceParser.Problem {
        if (given instanceof SequenceSide.Vectors vectors) {
            for (int i = 0; i < vectors.values().length; i++) {
                if (!Float.isFinite(vectors.values()[i])) {
                    throw new SequenceParser.Problem(what + " step " + (i / vectors.width() + 1) + ": " + vectors.values()[i] + " is not a finite number");
                }
            }
        } else if (given instanceof SequenceSide.Symbols symbols) {
            for (int t = 0; t < symbols.steps(); t++) {
                if (symbols.symbols()[t] < 0) {
                    throw new SequenceParser.Problem(what + " step " + (t + 1) + ": symbol " + symbols.symbols()[t] + "; expected 0 or more");
                }
            }
        }
    }

    void read(JsonParser json) throws SequenceParser.Problem {
        JsonToken first = json.currentToken();
        masked.clear();
        boolean split = !reading.separator().isEmpty() && expectedForm == null;
        if (first == JsonToken.VALUE_STRING && (split || expectedForm == SequenceForm.WORDS)) {
            side = new SequenceSide.Words(reading.split(json.getString()));
            return;
        }
        if (first == JsonToken.VALUE_STRING && expected(SequenceForm.TEXT)) {
            side = new SequenceSide.Text(text(json));
            return;
        }
        if (first != JsonToken.START_ARRAY || expectedForm == SequenceForm.TEXT) {
            throw otherForm(SequenceParser.describe(json));
        }
        JsonToken second = json.nextToken();
        int nulls = 0;
        for (; second == JsonToken.VALUE_NULL && isTarget; second = json.nextToken()) {
            masked.set(nulls++);
            limit(nulls);
        }
        if (nulls > 0 && second == JsonToken.END_ARRAY) {
            throw new SequenceParser.Problem(what + " is null at every step, so that nothing of the line counts; expected a line without it");
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

    private SequenceParser.Problem otherForm(String found) {
        return new SequenceParser.Problem(what + " is " + found + "; expected " + (expectedForm == null
                ? "a text, an array of whole numbers or of words, or an array with an array of numbers per step"
                : expectedForm.expected()));
    }

    private int[] text(JsonParser json) throws SequenceParser.Problem {
        int[] characters = json.getString().codePoints().toArray();
        if (characters.length > maxSteps) {
            throw new SequenceParser.Problem(what + " has more than " + maxSteps + " characters");
        }
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] >= Character.MIN_SURROGATE && characters[i] <= Character.MAX_SURROGATE) {
                throw new SequenceParser.Problem(what + " step " + (i + 1) + ": half a surrogate pair; expected a character");
            }
        }
        return characters;
    }

    /** Whether the step at the parser is null, where that is allowed. */
    private boolean isNull(JsonParser json, int step) {
        boolean isNull = json.currentToken() == JsonToken.VALUE_NULL && isTarget;
        if (isNull) {
            masked.set(step);
        }
        return isNull;
    }

    private void limit(int steps) throws SequenceParser.Problem {
        if (steps > maxSteps) {
            throw new SequenceParser.Problem(what + " has more than " + maxSteps + " steps");
        }
    }

    /** The words; where a target is null, its first word stands. */
    private List<String> words(JsonParser json, int nulls) throws SequenceParser.Problem {
        List<String> words = new ArrayList<>();
        for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
            limit(nulls + words.size() + 1);
            if (isNull(json, nulls + words.size())) {
                words.add(words.getFirst());
                continue;
            }
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new SequenceParser.Problem(what + " step " + (words.size() + 1) + " is " + SequenceParser.describe(json)
                        + "; expected a text, a word for each step");
            }
            words.add(json.getString());
        }
        if (nulls > 0) {
            words.addAll(0, Collections.nCopies(nulls, words.getFirst()));
        }
        return words;
    }

    /** The symbols; where a target is null, its first symbol stands. */
    private int[] symbols(JsonParser json, int nulls) throws SequenceParser.Problem {
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

    private int symbol(JsonParser json, int step) throws SequenceParser.Problem {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            long symbol = json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : json.getLongValue();
            if (symbol >= 0 && symbol < Integer.MAX_VALUE) {
                return (int) symbol;
            }
        }
        boolean real = json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
        throw new SequenceParser.Problem(what + " step " + step + ": " + SequenceParser.describe(json) 
                + " is not a whole number from 0 to " + (Integer.MAX_VALUE - 1)
                + (real ? "; real numbers are written with an array for each step: [[0.5], [0.25]]" : ""));
    }

    private SequenceSide vectors(JsonParser json, int nulls) throws SequenceParser.Problem {
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
                throw new SequenceParser.Problem(what + " step " + steps + " is " + SequenceParser.describe(json) + "; expected an array of numbers");
            }
            readStep(json, steps);
        }
        if (steps == 0) {
            throw new SequenceParser.Problem(what + " is empty; expected at least one step");
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

    private void readStep(JsonParser json, int step) throws SequenceParser.Problem {
        int before = values.size();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(SequenceParser.number(json, what, step));
        }
        int actual = values.size() - before;
        if (actual == 0) {
            throw new SequenceParser.Problem(what + " step " + step + " is empty; expected at least one number");
        }
        if (width == 0) {
            width = actual;
        }
        if (actual != width) {
            throw new SequenceParser.Problem(what + " step " + step + " has " + actual + " numbers, but step "
                    + (masked.nextClearBit(0) + 1) + " has " + width);
        }
        if (expectedWidth != 0 && actual != expectedWidth) {
            throw new SequenceParser.Problem(what + " step " + step + " has " + actual + " numbers; " + expectedBy + " " + expectedWidth);
        }
    }

    /** What was read last. */
    SequenceSide side() {
        return Objects.requireNonNull(side);
    }

    /** The steps of what was read last that are null: what stands there does not count. */
    BitSet masked() {
        return masked;
    }
}
