package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one side of many sequences is like, all of one form: what has been seen of it so far. */
public final class SideTally {
    /** So many channels would make any machine unwieldy. */
    private static final int MOST = 1 << 16;

    /** What the settings of a run can hold of one side. */
    private static final int LONGEST = 450_000;

    private static final int ESCAPED = 6;

    private @Nullable SequenceForm form;
    private int width;
    private final TreeSet<Integer> symbols = new TreeSet<>();
    private final TreeSet<String> words = new TreeSet<>();

    /** Nothing was seen. */
    public SideTally() {
        // All fields have their values.
    }

    /**
     * Takes one more side into account.
     *
     * @param side the input or the target of a sequence
     */
    public void see(SequenceSide side) {
        form = side.form();
        switch (side) {
            case SequenceSide.Vectors vectors -> width = vectors.width();
            case SequenceSide.Symbols seen -> {
                for (int symbol : seen.symbols()) {
                    if (symbols.size() <= MOST) {
                        symbols.add(symbol);
                    }
                }
            }
            case SequenceSide.Text text -> {
                for (int character : text.characters()) {
                    symbols.add(character);
                }
            }
            case SequenceSide.Words seen -> {
                if (words.size() <= MOST) {
                    words.addAll(seen.words());
                }
            }
        }
    }

    /**
     * The form of all that was seen.
     *
     * @return the form; null before anything was
     */
    public @Nullable SequenceForm form() {
        return form;
    }

    /**
     * How many different things a step can be: channels of vectors, symbols up to the largest unless there are gaps, characters, or words.
     *
     * @return the number; for words with the one that stands for others
     */
    public int width() {
        return switch (form) {
            case null -> 1;
            case VECTORS -> width;
            case SYMBOLS, TEXT -> Math.max(1, symbols.size());
            case WORDS -> Vocabulary.of(words).width();
        };
    }

    /**
     * Whether the symbols are not all those from 0 on.
     *
     * @return whether there are gaps between symbols
     */
    public boolean hasGaps() {
        return form == SequenceForm.SYMBOLS && !symbols.isEmpty() && symbols.getLast() >= symbols.size();
    }

    /**
     * How many different symbols, characters or words there are.
     *
     * @return their number; 0 for vectors
     */
    public int different() {
        return form == SequenceForm.WORDS ? words.size() : symbols.size();
    }

    /**
     * The largest symbol, or the last character.
     *
     * @return the symbol; -1 if there is none
     */
    public int largest() {
        return symbols.isEmpty() ? -1 : symbols.getLast();
    }

    /**
     * The settings of a task that say the same.
     *
     * @param side {@code input} or {@code target}
     * @param name what messages call the sequences
     * @param into receives the settings by their keys
     * @throws UserException if there are more different symbols or words than a machine can have channels for
     */
    public void describe(String side, String name, Map<String, Object> into) {
        if (different() > MOST) {
            throw new UserException(name + ": " + side + "s have more than " + MOST + " different " + (form == SequenceForm.WORDS
                    ? "words; expected fewer, rare ones replaced by " + Vocabulary.CUSTOMARY
                    : "symbols; expected fewer, or real numbers, which are written with an array for each step: [[0.5], [0.25]]"));
        }
        boolean text = form == SequenceForm.TEXT;
        into.put(side + "_form", Settings.text(form == null ? SequenceForm.VECTORS : form));
        into.put(side + "_width", width());
        into.put(side + "_alphabet", text ? Coding.alphabet(symbols.stream().mapToInt(Integer::intValue).toArray()) : "");
        into.put(side + "_symbols", hasGaps() ? symbols.stream().map(String::valueOf).collect(Collectors.joining(" ")) : "");
        String vocabulary = Vocabulary.of(words).toString();
        if (vocabulary.chars().map(character -> character < 127 ? 1 : ESCAPED).sum() > LONGEST) {
            throw new UserException(name + ": the words of " + side + "s, each once, are longer than " + LONGEST
                    + " characters; expected fewer, rare ones replaced by " + Vocabulary.CUSTOMARY);
        }
        into.put(side + "_words", vocabulary);
    }
}
