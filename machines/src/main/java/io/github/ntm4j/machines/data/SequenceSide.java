package io.github.ntm4j.machines.data;

import io.github.ntm4j.engine.border.Arguments;
import java.util.Arrays;
import java.util.List;

/** One side of a sequence as it stands in a file: its input or its target. The arrays are not copied. */
public sealed interface SequenceSide {
    /**
     * A text, with a character for each step.
     *
     * @param text the text
     * @return its side
     */
    static SequenceSide text(String text) {
        return new Text(text.codePoints().toArray());
    }

    /**
     * Words, one for each step.
     *
     * @param words the words
     * @return their side
     */
    static SequenceSide words(String... words) {
        return new Words(List.of(words));
    }

    /**
     * Symbols, one for each step.
     *
     * @param symbols whole numbers from 0
     * @return their side
     */
    static SequenceSide symbols(int... symbols) {
        return new Symbols(symbols.clone());
    }

    /**
     * Vectors, one for each step.
     *
     * @param steps at least one, all of one width
     * @return their side
     */
    static SequenceSide vectors(float[]... steps) {
        if (steps.length == 0 || steps[0].length == 0) {
            throw new IllegalArgumentException("steps: expected at least one vector of at least one number");
        }
        int width = steps[0].length;
        float[] values = new float[Math.multiplyExact(steps.length, width)];
        for (int t = 0; t < steps.length; t++) {
            if (steps[t].length != width) {
                throw new IllegalArgumentException("steps: expected " + width + " numbers at each step, got " + steps[t].length + " at step " + (t + 1));
            }
            System.arraycopy(steps[t], 0, values, t * width, width);
        }
        return new Vectors(values, steps.length, width);
    }

    /**
     * Its length.
     *
     * @return number of steps
     */
    int steps();

    /**
     * Its size.
     *
     * @return about as many bytes as it takes in memory
     */
    default long bytes() {
        return switch (this) {
            case Vectors vectors -> 4L * vectors.values().length;
            case Symbols symbols -> 4L * symbols.symbols().length;
            case Text text -> 4L * text.characters().length;
            case Words words -> words.words().stream().mapToLong(word -> 48L + word.length()).sum();
        };
    }

    /**
     * How it is written.
     *
     * @return the form
     */
    SequenceForm form();

    /**
     * A vector for each step.
     *
     * @param values {@code [steps][width]}, one step after the other
     * @param steps number of steps, at least 1
     * @param width numbers per step, at least 1
     */
    record Vectors(float[] values, int steps, int width) implements SequenceSide {
        /** Checks that the array is as long as the numbers say. */
        public Vectors {
            Arguments.atLeast("steps", 0, steps);
            Arguments.atLeast("width", 1, width);
            Arguments.part("values", values, "values", 0, (long) steps * width);
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.VECTORS;
        }
    }

    /**
     * A symbol for each step.
     *
     * @param symbols {@code [steps]}, each 0 or more
     */
    record Symbols(int[] symbols) implements SequenceSide {
        /** Checks that there are some. */
        public Symbols {
            Arguments.given("symbols", symbols);
        }

        @Override
        public int steps() {
            return symbols.length;
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.SYMBOLS;
        }

        /** The symbols, as JSON writes them. */
        @Override
        public String toString() {
            return Arrays.toString(symbols);
        }
    }

    /**
     * A character for each step.
     *
     * @param characters {@code [steps]}, Unicode code points
     */
    record Text(int[] characters) implements SequenceSide {
        /** Checks that they are characters. */
        public Text {
            for (int character : Arguments.given("characters", characters)) {
                if (!Character.isValidCodePoint(character)) {
                    throw new IllegalArgumentException("characters: expected Unicode code points, got " + character);
                }
            }
        }

        @Override
        public int steps() {
            return characters.length;
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.TEXT;
        }

        /** The text. */
        @Override
        public String toString() {
            return new String(characters, 0, characters.length);
        }
    }

    /**
     * A word for each step.
     *
     * @param words the words
     */
    record Words(List<String> words) implements SequenceSide {
        /** Copies the list. */
        public Words {
            words = List.copyOf(words);
        }

        @Override
        public int steps() {
            return words.size();
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.WORDS;
        }

        /** The words with a blank between them. */
        @Override
        public String toString() {
            return String.join(" ", words);
        }
    }
}
