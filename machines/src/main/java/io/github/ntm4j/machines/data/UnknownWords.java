package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words that a machine does not know, as they are met, to be said once. */
public final class UnknownWords {
    private static final int SHOWN = 5;
    private static final int MOST = 100_000;

    private final SequenceCoding coding;
    private final Map<String, Long> lines = new LinkedHashMap<>();
    private long met;

    /**
     * None yet.
     *
     * @param coding what the machine knows
     */
    public UnknownWords(SequenceCoding coding) {
        this.coding = coding;
    }

    /**
     * Looks at both sides of a sequence.
     *
     * @param line the sequence
     */
    public void see(SequenceLine line) {
        see(coding.input(), line.input(), line.line());
        SequenceSide target = line.target();
        if (target != null) {
            see(coding.target(), target, line.line());
        }
    }

    private void see(Coding side, SequenceSide words, long line) {
        if (side instanceof Coding.Words known && words instanceof SequenceSide.Words said) {
            for (String word : said.words()) {
                if (!known.vocabulary().knows(word)) {
                    met++;
                    if (lines.size() < MOST) {
                        lines.putIfAbsent(word, line);
                    }
                }
            }
        }
    }

    /**
     * What was met.
     *
     * @param name what messages call the file
     * @return one line that names the first of them; nothing if all words are known
     */
    public Optional<String> notice(String name) {
        if (met == 0) {
            return Optional.empty();
        }
        String first = lines.entrySet().stream()
                .limit(SHOWN)
                .map(word -> UserException.quote(word.getKey()) + " in line " + word.getValue())
                .collect(Collectors.joining(", "));
        return Optional.of(name + ": " + (lines.size() == 1 ? "a word" : lines.size() + " words")
                + " that training did not see, taken as an unknown one: " + first + (lines.size() > SHOWN ? ", ..." : ""));
    }
}
