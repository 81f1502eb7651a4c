package io.github.ntm4j.core.data;

import java.util.List;

/** One side of a sequence as it stands in a file: its input or its target. The arrays are not copied. */
public sealed interface SequenceSide {
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
        @Override
        public int steps() {
            return symbols.length;
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.SYMBOLS;
        }
    }

    /**
     * A character for each step.
     *
     * @param characters {@code [steps]}, Unicode code points
     */
    record Text(int[] characters) implements SequenceSide {
        @Override
        public int steps() {
            return characters.length;
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.TEXT;
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
    }
}
