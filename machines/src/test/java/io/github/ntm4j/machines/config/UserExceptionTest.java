package io.github.ntm4j.machines.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

/** Messages for users are one line and say the reason. */
class UserExceptionTest {
    @Test
    void aMessageIsOneLineWhateverItQuotes() {
        assertThat(new UserException("a\nb\u001b[31m\u2028\uD800 é\uD83D\uDC0B"))
                .hasMessage("a\\u000ab\\u001b[31m\\u2028\\ud800 é\uD83D\uDC0B");
        assertThat(new RunFailedException("a\tb")).hasMessage("a\\u0009b");
    }

    @Test
    void aQuotedTextIsCutWhenItIsLong() {
        assertThat(UserException.quote("copy")).isEqualTo("'copy'");
        assertThat(UserException.quote("x".repeat(81))).isEqualTo("'" + "x".repeat(80) + "...'");
        assertThat(UserException.quote("x".repeat(79) + "\uD83D\uDC0B")).isEqualTo("'" + "x".repeat(79) + "...'");
        assertThat(UserException.quote("a\rb")).isEqualTo("'a\\u000db'");
    }

    @Test
    void anInputOutputErrorIsItsReason() {
        assertThat(UserException.cannotRead("a", new NoSuchFileException("a"))).hasMessage("cannot read a: no such file or folder");
        assertThat(UserException.cannotRead("a", new NotDirectoryException("a"))).hasMessage("cannot read a: not a folder");
        assertThat(RunFailedException.cannotWrite("a", new AccessDeniedException("a"))).hasMessage("cannot write a: permission denied");
        assertThat(RunFailedException.cannotWrite("a", new FileAlreadyExistsException("a")))
                .hasMessage("cannot write a: it exists already");
        assertThat(RunFailedException.cannotWrite("a", new FileSystemException("a", null, "No space left on device")))
                .hasMessage("cannot write a: No space left on device");
        assertThat(RunFailedException.cannotWrite("a", new FileSystemException("a"))).hasMessage("cannot write a: a");
        assertThat(RunFailedException.cannotWrite("a", new IOException())).hasMessage("cannot write a: IOException");
    }
}
