package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.Nearest;
import io.github.ntm4j.machines.config.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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
    private final SideParser input;
    private final SideParser target;
    private final FloatList mask = new FloatList();

    SequenceParser(SequenceFormat format) {
        this.format = format;
        input = new SideParser("input", format.inputForm(), format.inputWidth(), false, format);
        target = new SideParser("target", format.targetForm(), format.targetWidth(), true, format);
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
        boolean anyNull = hasTarget && target.masked().cardinality() > 0;
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
                input.side(), hasTarget ? target.side() : null, hasMask || anyNull ? mask(hasMask) : null, line);
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
                + Nearest.suggestion(key, KEYS) + "; --set task.extra_keys=ignore in training skips others");
    }

    /** The mask, in which steps without a target do not count. */
    private float[] mask(boolean given) {
        float[] counts = given ? mask.toArray() : new float[target.side().steps()];
        if (!given) {
            Arrays.fill(counts, 1);
        }
        target.masked().stream().filter(step -> step < counts.length).forEach(step -> counts[step] = 0);
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

    static float number(JsonParser json, String what, int step) throws Problem {
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
    static String describe(JsonParser json) {
        return switch (json.currentToken()) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "the text " + UserException.quote(json.getString());
            default -> UserException.quote(json.getString());
        };
    }
}
