package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.Nearest;
import io.github.ntm4j.core.config.UserException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Makes a sequence of one line of JSON, and holds it against the format and the lines before it. */
final class SequenceParser {
    private static final List<String> KEYS = List.of("input", "target", "mask");

    /** NaN and infinity are let through the parser only to be refused here, with the step they stand in. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
            .build();

    private final SequenceFormat format;
    private final Rows input = new Rows("input");
    private final Rows target = new Rows("target");
    private final FloatList mask = new FloatList();

    SequenceParser(SequenceFormat format) {
        this.format = format;
        input.expectWidth(format.inputWidth(), "expected were");
        target.expectWidth(format.targetWidth(), "expected were");
    }

    /** What is wrong with a line. */
    static final class Problem extends Exception {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }
    }

    /** Parses a line of valid UTF-8. */
    SequenceData parse(byte[] bytes, int length, long line) throws Problem {
        boolean hasInput = false;
        boolean hasTarget = false;
        boolean hasMask = false;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem("not a JSON object; expected {\"input\": [[...], ...]}");
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
            throw new Problem("no input; expected {\"input\": [[...], ...]}");
        }
        if (!hasTarget && format.targetRequired()) {
            throw new Problem("no target; expected {\"input\": [[...], ...], \"target\": [[...], ...]}");
        }
        if (hasTarget && target.steps != input.steps) {
            throw new Problem("target has " + target.steps + " steps, but input has " + input.steps);
        }
        if (hasMask && mask.size() != input.steps) {
            throw new Problem("mask has " + mask.size() + " numbers, but input has " + input.steps + " steps; expected one per step");
        }
        input.expectWidth(input.width, "line " + line + " has");
        if (hasTarget) {
            target.expectWidth(target.width, "line " + line + " has");
        }
        return new SequenceData(
                input.values.toArray(),
                input.steps,
                input.width,
                hasTarget ? target.values.toArray() : null,
                hasTarget ? target.width : 0,
                hasMask ? mask.toArray() : null,
                line);
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

    /** An array of steps, each an array of numbers, all of one width. */
    private final class Rows {
        private final String what;
        private final FloatList values = new FloatList();
        private int steps;
        private int width;
        private int expectedWidth;
        private String expectedBy = "";

        Rows(String what) {
            this.what = what;
        }

        /** Fixes the width of all that follows, unless it is fixed already or 0. */
        void expectWidth(int newWidth, String by) {
            if (expectedWidth == 0) {
                expectedWidth = newWidth;
                expectedBy = by;
            }
        }

        void read(JsonParser json) throws Problem {
            values.clear();
            steps = 0;
            width = 0;
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new Problem(what + " is " + describe(json) + "; expected an array with an array of numbers per step");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                steps++;
                if (steps > format.maxSteps()) {
                    throw new Problem(what + " has more than " + format.maxSteps() + " steps");
                }
                if (json.currentToken() != JsonToken.START_ARRAY) {
                    throw new Problem(what + " step " + steps + " is " + describe(json) + "; expected an array of numbers");
                }
                readStep(json);
            }
            if (steps == 0) {
                throw new Problem(what + " is empty; expected at least one step");
            }
        }

        private void readStep(JsonParser json) throws Problem {
            int before = values.size();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                values.add(number(json, what, steps));
            }
            int actual = values.size() - before;
            if (actual == 0) {
                throw new Problem(what + " step " + steps + " is empty; expected at least one number");
            }
            if (steps == 1) {
                width = actual;
            }
            if (actual != width) {
                throw new Problem(what + " step " + steps + " has " + actual + " numbers, but step 1 has " + width);
            }
            if (expectedWidth != 0 && actual != expectedWidth) {
                throw new Problem(what + " step " + steps + " has " + actual + " numbers; " + expectedBy + " " + expectedWidth);
            }
        }
    }
}
