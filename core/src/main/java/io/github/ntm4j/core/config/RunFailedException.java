package io.github.ntm4j.core.config;

import java.io.IOException;

/**
 * The input was right but the run could not go on: the disk is full, a folder is not writable. The message is one line; the
 * command line prints it as it is and ends with exit code 1.
 */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with its message, in which line breaks and other control characters are shown as escapes. */
    public RunFailedException(String message) {
        super(UserException.oneLine(message));
    }

    /** The same, with the exception behind it for {@code --debug}. */
    public RunFailedException(String message, Throwable cause) {
        super(UserException.oneLine(message), cause);
    }

    /** {@code cannot write <where>: <reason>}. */
    public static RunFailedException cannotWrite(Object where, IOException cause) {
        return new RunFailedException("cannot write " + where + ": " + UserException.reason(cause), cause);
    }
}
