package io.github.ntm4j.machines.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The words that a coding has channels for, each once and in their order, and one more channel for all other words. Where one of the words
 * is {@value #CUSTOMARY}, which is how files write a word that is too rare to be learnt, that word's channel is the one for others.
 */
public final class Vocabulary {
    /** What stands for an unknown word where the data does not say. */
    public static final String UNKNOWN = "<unknown>";

    /** What stands for an unknown word in data that has it. */
    public static final String CUSTOMARY = "<unk>";

    private final List<String> words;
    private final Map<String, Integer> channels = new HashMap<>();
    private final int unknown;

    private Vocabulary(List<String> words) {
        this.words = List.copyOf(words);
        for (String word : words) {
            channels.put(word, channels.size());
        }
        Integer customary = channels.get(CUSTOMARY);
        unknown = customary == null ? words.size() : customary;
    }

    /**
     * A vocabulary of these words, in alphabetical order.
     *
     * @param words any words
     * @return the vocabulary
     */
    public static Vocabulary of(Collection<String> words) {
        return new Vocabulary(new ArrayList<>(new TreeSet<>(words)));
    }

    /**
     * The vocabulary that was written by {@link #toString}.
     *
     * @param text words with a blank between them
     * @return the vocabulary
     */
    public static Vocabulary parse(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            words.add(unescape(word));
        }
        return new Vocabulary(words);
    }

    /**
     * Its words.
     *
     * @return in the order of their channels
     */
    public List<String> words() {
        return words;
    }

    /**
     * Channels of all words.
     *
     * @return at least 1
     */
    public int width() {
        return Math.max(words.size(), unknown + 1);
    }

    /**
     * Whether a word has a channel of its own.
     *
     * @param word any word
     * @return whether it is known
     */
    public boolean knows(String word) {
        return channels.containsKey(word);
    }

    /**
     * The channel of a word.
     *
     * @param word any word
     * @return its channel, or the one for unknown words
     */
    public int channel(String word) {
        return channels.getOrDefault(word, unknown);
    }

    /**
     * The word of a channel.
     *
     * @param channel from 0
     * @return the word; {@value #UNKNOWN} for the channel that only other words have
     */
    public String word(int channel) {
        return channel < words.size() ? words.get(channel) : UNKNOWN;
    }

    /** All words with a blank between them; blanks within a word are written {@code \s}, backslashes {@code \\}, an empty word {@code \e}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(text.isEmpty() ? "" : " ").append(word.isEmpty() ? "\\e" : word.replace("\\", "\\\\").replace(" ", "\\s"));
        }
        return text.toString();
    }

    private static String unescape(String written) {
        StringBuilder word = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < written.length(); i++) {
            char character = written.charAt(i);
            if (!escaped && character == '\\') {
                escaped = true;
                continue;
            }
            if (escaped && character == 's') {
                word.append(' ');
            } else if (!escaped || character != 'e') {
                word.append(character);
            }
            escaped = false;
        }
        return word.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary vocabulary && vocabulary.words.equals(words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }
}
