package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a file of sequences is read.
 *
 * @param format how it is written
 * @param extraKeys what becomes of unknown keys in JSON Lines
 * @param separator what stands between the words of a text: the text itself, or {@code space}, {@code tab} or {@code comma}; empty where
 *     texts are not split
 * @param labelColumn which column of a table is what a row is to be told by: {@code auto}, {@code first}, {@code last}, {@code none}, or
 *     its name in the first row
 * @param columns how many columns the table has that a machine was trained on; 0 if not all rows have as many, or for no table
 * @param window how many rows of a table an input has; 0 if each row is a sequence
 * @param horizon how many rows follow a window as its target
 */
public record Reading(
        @Setting("how the files are written; auto by their names and first bytes") Format format,
        @Setting("what becomes of keys beside input, target and mask in JSON Lines") ExtraKeys extraKeys,
        @Setting("splits texts into words: a text, or space, tab or comma; empty for a step per character") String separator,
        @Setting("the column of a table that a row is to be told by: auto, first, last, none, or its name") String labelColumn,
        @Setting(value = "columns of a table, found out by reading it; 0 if they differ", min = 0, max = 1000000) int columns,
        @Setting(value = "rows of a table that make an input; 0 if each row is a sequence", min = 0, max = 1000000) int window,
        @Setting(value = "rows after a window that are its target", min = 1, max = 1000000) int horizon) {
    /** How a file is written. Any of these may be compressed by gzip, which its first bytes say. */
    public enum Format {
        /** What its first bytes and the ending of its name say. */
        AUTO,
        /** A JSON object for each sequence. */
        JSON_LINES,
        /** A table whose columns are parted by commas, semicolons, tabs or blanks. */
        CSV,
        /** A table whose columns are parted by tabs. */
        TSV,
        /** Arrays of NumPy by their names. */
        NPZ,
        /** One array of NumPy. */
        NPY
    }

    /** What becomes of keys that mean nothing. */
    public enum ExtraKeys {
        /** They are an error. */
        REFUSE,
        /** They are skipped. */
        IGNORE
    }

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /** As the file says, texts not split. */
    public static final Reading DEFAULT = new Reading(Format.AUTO, ExtraKeys.REFUSE, "", "auto", 0, 0, 1);

    /**
     * The same of files that are written in another way.
     *
     * @param other how they are written
     * @return the reading
     */
    public Reading of(Format other) {
        return new Reading(other, extraKeys, separator, labelColumn, columns, window, horizon);
    }

    /**
     * The words of a text: what stands between the separators, without white space around it, unless that is empty.
     *
     * @param text a text
     * @return its words
     */
    List<String> split(String text) {
        String between = switch (separator) {
            case "", " ", "space" -> "";
            case "tab" -> "\t";
            case "comma" -> ",";
            default -> separator;
        };
        Stream<String> words = between.isEmpty() ? WHITE_SPACE.splitAsStream(text) : Arrays.stream(text.split(Pattern.quote(between), -1));
        return words.map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    /**
     * Reads a file of sequences to draw from.
     *
     * @param file the file; every sequence needs a target
     * @param coding how its sequences become vectors
     * @return the sequences
     * @throws UserException if it cannot be read, or a sequence is not one of the coding
     */
    public Sequences sequences(Path file, SequenceCoding coding) {
        RereadableFile.require(file);
        SequenceFormat required = SequenceFormat.of(coding).withReading(this).withTargetRequired();
        try (SequenceReader reader = SequenceReader.open(file, required)) {
            if (!reader.canBeFoundAgain()) {
                return reader.all(coding);
            }
        }
        return new SequenceFile(file, coding, this);
    }
}
