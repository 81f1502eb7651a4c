package io.github.ntm4j.machines.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;

/**
 * Something that came from outside is wrong: an argument, a setting, data, a checkpoint. The message is one line that names
 * what is wrong, where, and what was expected; the command line prints it as it is and ends with exit code 2.
 */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int QUOTE_LENGTH = 80;

    /**
     * An error with its message, in which line breaks and other control characters are shown as escapes.
     *
     * @param message one line that says what is wrong
     */
    public UserException(String message) {
        super(oneLine(message));
    }

    /**
     * The same, with the exception behind it for {@code --debug}.
     *
     * @param message one line that says what is wrong
     * @param cause the exception behind it
     */
    public UserException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /**
     * {@code cannot read <where>: <reason>}.
     *
     * @param where the file or folder
     * @param cause the exception behind it
     * @return the error, to be thrown
     */
    public static UserException cannotRead(Object where, IOException cause) {
        return new UserException("cannot read " + where + ": " + reason(cause), cause);
    }

    /**
     * A foreign text in single quotes for use in a message: control characters escaped, and cut when it is long.
     *
     * @param text what came from outside
     * @return the text in quotes
     */
    public static String quote(String text) {
        if (text.length() <= QUOTE_LENGTH) {
            return "'" + oneLine(text) + "'";
        }
        int end = Character.isHighSurrogate(text.charAt(QUOTE_LENGTH - 1)) ? QUOTE_LENGTH - 1 : QUOTE_LENGTH;
        return "'" + oneLine(text.substring(0, end)) + "...'";
    }

    /** What a user needs to know of an I/O error: its reason, without the path and the class name. */
    static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it exists already";
            case NotDirectoryException _ -> "not a folder";
            case FileSystemException e when e.getReason() != null -> Objects.requireNonNull(e.getReason());
            default -> Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        };
    }

    /** The text with every control character, line separator and unpaired surrogate written as {@code \\uXXXX}. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                    line.append(String.format(Locale.ROOT, "\\u%04x", c));
                default -> line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
