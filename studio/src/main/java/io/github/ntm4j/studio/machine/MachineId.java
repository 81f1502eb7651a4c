package io.github.ntm4j.studio.machine;

import io.github.ntm4j.machines.config.UserException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the studio names a machine: {@code models/copy-ntm-lstm}, {@code runs/copy-ntm-lstm-seed1}, {@code runs/copy-ntm-lstm-seed1@2000},
 * {@code dropped/mine}. No name leads out of its folder.
 *
 * @param source where it is kept
 * @param path its place there, of parts that are joined by slashes
 * @param checkpoint which of a run's: best, last, or a number of sequences
 */
public record MachineId(Source source, String path, Optional<String> checkpoint) {
    /** A name of a file or folder in any script, with spaces in it; not one that is hidden or leads elsewhere. */
    private static final String PART = "(?![.\\s])[^\\p{C}\\p{Zl}\\p{Zp}/\\\\:@]+(?<!\\s)";

    private static final Pattern FORM =
            Pattern.compile("(models|runs|dropped)/(" + PART + "(?:/" + PART + "){0,7})(?:@(best|last|[0-9]{1,18}))?");
    private static final int LONGEST = 400;

    /** Where machines are kept. */
    public enum Source {
        /** Machines that come with ntm4j. */
        MODELS("models"),
        /** Machines in training, or trained here. */
        RUNS("runs"),
        /** Files that somebody has dropped on the page. */
        DROPPED("dropped");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /**
         * As it stands in a name.
         *
         * @return a word
         */
        public String word() {
            return word;
        }
    }

    /**
     * Reads a name.
     *
     * @param text the name
     * @return the name in its parts
     * @throws UserException if it is none
     */
    public static MachineId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw new UserException("machine: expected a name such as models/copy-ntm-lstm or runs/NAME@last, got " + UserException.quote(text));
        }
        for (Source source : Source.values()) {
            if (source.word.equals(matcher.group(1))) {
                return new MachineId(source, matcher.group(2), Optional.ofNullable(matcher.group(3)));
            }
        }
        throw new IllegalStateException(text);
    }

    @Override
    public String toString() {
        return source.word + "/" + path + checkpoint.map(c -> "@" + c).orElse("");
    }
}
