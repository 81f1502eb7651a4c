package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.UserException;
import java.util.Arrays;

/** How one side of a sequence becomes vectors: as they are, or with one channel for each symbol or character. */
public sealed interface Coding {
    /**
     * Width of a vector.
     *
     * @return channels, at least 1
     */
    int width();

    /**
     * What it takes.
     *
     * @return the form
     */
    SequenceForm form();

    /**
     * Writes one step.
     *
     * @param side a side of this coding's form
     * @param step which step
     * @param into receives the vector, where it holds zeros
     * @param at offset of its first channel
     * @throws Unknown if there is no channel for it
     */
    void encode(SequenceSide side, int step, float[] into, int at) throws Unknown;

    /** A symbol or a character that a coding does not have. */
    final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }

    /**
     * Vectors as they are.
     *
     * @param width their width
     */
    record Vectors(int width) implements Coding {
        @Override
        public SequenceForm form() {
            return SequenceForm.VECTORS;
        }

        @Override
        public void encode(SequenceSide side, int step, float[] into, int at) {
            System.arraycopy(((SequenceSide.Vectors) side).values(), step * width, into, at, width);
        }
    }

    /**
     * A channel for each symbol.
     *
     * @param width number of symbols: 0 to {@code width - 1}
     */
    record Symbols(int width) implements Coding {
        @Override
        public SequenceForm form() {
            return SequenceForm.SYMBOLS;
        }

        @Override
        public void encode(SequenceSide side, int step, float[] into, int at) throws Unknown {
            int symbol = ((SequenceSide.Symbols) side).symbols()[step];
            if (symbol >= width) {
                throw new Unknown("symbol " + symbol + "; expected 0 to " + (width - 1));
            }
            into[at + symbol] = 1;
        }
    }

    /**
     * A channel for each character.
     *
     * @param alphabet the characters, each once
     */
    record Text(String alphabet) implements Coding {
        @Override
        public int width() {
            return alphabet.codePointCount(0, alphabet.length());
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.TEXT;
        }

        @Override
        public void encode(SequenceSide side, int step, float[] into, int at) throws Unknown {
            int character = ((SequenceSide.Text) side).characters()[step];
            int place = alphabet.indexOf(character);
            if (place < 0) {
                throw new Unknown("character " + UserException.quote(Character.toString(character)) + "; expected one of "
                        + UserException.quote(alphabet));
            }
            into[at + alphabet.codePointCount(0, place)] = 1;
        }

        /**
         * A character by its channel.
         *
         * @param channel from 0
         * @return the Unicode code point
         */
        int character(int channel) {
            return alphabet.codePointAt(alphabet.offsetByCodePoints(0, channel));
        }
    }

    /**
     * A coding from settings.
     *
     * @param form what it takes
     * @param width width of vectors or number of symbols
     * @param alphabet characters of a text
     * @return the coding
     */
    static Coding of(SequenceForm form, int width, String alphabet) {
        return switch (form) {
            case VECTORS -> new Vectors(width);
            case SYMBOLS -> new Symbols(width);
            case TEXT -> new Text(alphabet);
        };
    }

    /**
     * An alphabet of characters in their order.
     *
     * @param characters Unicode code points, each once
     * @return the text of them
     */
    static String alphabet(int[] characters) {
        int[] sorted = characters.clone();
        Arrays.sort(sorted);
        return new String(sorted, 0, sorted.length);
    }
}
