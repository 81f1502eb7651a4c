package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
     * The side that these channels stand for, the reverse of {@link #encode}.
     *
     * @param said a channel for each step
     * @return a side of this coding's form
     */
    SequenceSide decode(int[] said);

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
     * Vectors as they are, or with each channel scaled.
     *
     * @param width their width
     * @param scaling how they are scaled; null for as they are
     */
    record Vectors(int width, @Nullable Scaling scaling) implements Coding {
        /**
         * Vectors as they are.
         *
         * @param width their width
         */
        public Vectors(int width) {
            this(width, null);
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.VECTORS;
        }

        @Override
        public void encode(SequenceSide side, int step, float[] into, int at) {
            System.arraycopy(((SequenceSide.Vectors) side).values(), step * width, into, at, width);
            if (scaling != null) {
                scaling.apply(into, at);
            }
        }

        @Override
        public SequenceSide decode(int[] said) {
            float[] values = new float[Math.multiplyExact(said.length, width)];
            for (int t = 0; t < said.length; t++) {
                values[t * width + said[t]] = 1;
            }
            return new SequenceSide.Vectors(values, said.length, width);
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
            if (symbol < 0 || symbol >= width) {
                throw new Unknown("symbol " + symbol + "; expected 0 to " + (width - 1));
            }
            into[at + symbol] = 1;
        }

        @Override
        public SequenceSide decode(int[] said) {
            return new SequenceSide.Symbols(said);
        }
    }

    /**
     * A channel for each of some symbols, between which there are others.
     *
     * @param symbols in their order, each once
     */
    record SomeSymbols(List<Integer> symbols) implements Coding {
        private static final int SHOWN = 12;

        /** Copies the list. */
        public SomeSymbols {
            symbols = List.copyOf(symbols);
        }

        @Override
        public int width() {
            return symbols.size();
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.SYMBOLS;
        }

        @Override
        public void encode(SequenceSide side, int step, float[] into, int at) throws Unknown {
            int symbol = ((SequenceSide.Symbols) side).symbols()[step];
            int channel = Collections.binarySearch(symbols, symbol);
            if (channel < 0) {
                throw new Unknown("symbol " + symbol + "; expected one of the symbols trained on: "
                        + symbols.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(" "))
                        + (symbols.size() > SHOWN ? " ... " + symbols.getLast() : ""));
            }
            into[at + channel] = 1;
        }

        @Override
        public SequenceSide decode(int[] said) {
            return new SequenceSide.Symbols(Arrays.stream(said).map(symbols::get).toArray());
        }
    }

    /**
     * A channel for each word.
     *
     * @param vocabulary the words
     */
    record Words(Vocabulary vocabulary) implements Coding {
        @Override
        public int width() {
            return vocabulary.width();
        }

        @Override
        public SequenceForm form() {
            return SequenceForm.WORDS;
        }

        @Override
        public void encode(SequenceSide side, int step, float[] into, int at) {
            into[at + vocabulary.channel(((SequenceSide.Words) side).words().get(step))] = 1;
        }

        @Override
        public SequenceSide decode(int[] said) {
            return new SequenceSide.Words(Arrays.stream(said).mapToObj(vocabulary::word).toList());
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

        @Override
        public SequenceSide decode(int[] said) {
            int[] characters = alphabet.codePoints().toArray();
            return new SequenceSide.Text(Arrays.stream(said).map(channel -> characters[channel]).toArray());
        }
    }

    /**
     * A coding from settings.
     *
     * @param form what it takes
     * @param width width of vectors or number of symbols
     * @param alphabet characters of a text
     * @param symbols the symbols in use with a blank between them; empty for all from 0 to {@code width - 1}
     * @param words a {@linkplain Vocabulary#toString vocabulary}
     * @return the coding
     * @throws UserException if the symbols are no whole numbers in rising order
     */
    static Coding of(SequenceForm form, int width, String alphabet, String symbols, String words) {
        return switch (form) {
            case VECTORS -> new Vectors(width);
            case SYMBOLS -> symbols.isEmpty() ? new Symbols(width) : new SomeSymbols(symbols(symbols));
            case TEXT -> new Text(alphabet);
            case WORDS -> new Words(Vocabulary.parse(words));
        };
    }

    private static List<Integer> symbols(String text) {
        List<Integer> symbols = new ArrayList<>();
        for (String symbol : text.split(" ", -1)) {
            try {
                symbols.add(Integer.parseUnsignedInt(symbol));
            } catch (NumberFormatException e) {
                throw new UserException("symbols in use: expected whole numbers, got " + UserException.quote(symbol), e);
            }
        }
        for (int i = 0; i < symbols.size(); i++) {
            if (symbols.get(i) < 0 || (i > 0 && symbols.get(i) <= symbols.get(i - 1))) {
                throw new UserException("symbols in use: expected whole numbers in rising order, got " + symbols.get(i));
            }
        }
        return symbols;
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
