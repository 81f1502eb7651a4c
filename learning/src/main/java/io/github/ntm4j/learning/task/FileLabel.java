package io.github.ntm4j.learning.task;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What runs on a file are called: the file's name without its ending, in whatever script it is, but without what shells, file systems and
 * terminals trip over. It never begins with a hyphen, which options do, or with a dot, which hides files.
 */
final class FileLabel {
    /** Letters, marks and digits of any script, and symbols such as emoji with what joins them. */
    private static final Pattern NOT_FOR_NAMES =
            Pattern.compile("(?:[^\\p{L}\\p{M}\\p{N}\\p{So}\\x{1F3FB}-\\x{1F3FF}\u200d._-]|\ufffd)+");

    private static final Pattern ENDING = Pattern.compile("(?<=.)\\.[^.]*(?:\\.gz)?$", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_AT_THE_BEGINNING = Pattern.compile("^[-.\\p{M}\u200d]+");

    /** Bytes, of the 255 that file systems have; machine, seed and number come behind. */
    private static final int LONGEST = 120;

    private FileLabel() {}

    /**
     * The label of a file.
     *
     * @param file its path
     * @param otherwise the label where nothing of its name is left
     * @return at most 120 bytes in UTF-8; a longer name is cut, and a checksum tells it from others that begin alike
     */
    static String of(Path file, String otherwise) {
        Path last = file.getFileName();
        String stem = last == null ? "" : ENDING.matcher(last.toString()).replaceFirst("");
        String plain = NOT_AT_THE_BEGINNING.matcher(NOT_FOR_NAMES.matcher(stem).replaceAll("-")).replaceFirst("");
        if (plain.isEmpty()) {
            return otherwise;
        }
        return bytes(plain) <= LONGEST ? plain : cut(plain) + "-" + checksum(stem);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String cut(String text) {
        int end = text.length();
        while (bytes(text.substring(0, end)) > LONGEST - 9) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
