package io.github.ntm4j.machines.config;

import java.io.IOException;

/**
 * The input was right but the run could not go on: the disk is full, a folder is not writable. The message is one line; the
 * command line prints it as it is and ends with exit code 1.
 */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with its message, in which line breaks and other control characters are shown as escapes.
     *
     * @param message one line that says what is wrong
     */
    public RunFailedException(String message) {
        super(UserException.oneLine(message));
    }

    /**
     * The same, with the exception behind it for {@code --debug}.
     *
     * @param message one line that says what is wrong
     * @param cause the exception behind it
     */
    public RunFailedException(String message, Throwable cause) {
        super(UserException.oneLine(message), cause);
    }

    /**
     * {@code cannot write <where>: <reason>}.
     *
     * @param where the file or folder
     * @param cause the exception behind it
     * @return the error, to be thrown
     */
    public static RunFailedException cannotWrite(Object where, IOException cause) {
        return new RunFailedException("cannot write " + where + ": " + UserException.reason(cause), cause);
    }
}
