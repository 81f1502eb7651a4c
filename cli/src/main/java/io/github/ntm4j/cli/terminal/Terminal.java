package io.github.ntm4j.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Where a command reads and writes.
 *
 * @param in what is piped in
 * @param out results
 * @param err errors, and progress when results are for a program
 * @param live whether a person watches, so that a line may be drawn over and over
 * @param colours whether colours may be used
 * @param columns how wide it is now
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean live, boolean colours, IntSupplier columns) {
    private static final int BUFFER = 8192;

    /** The streams of this process, in UTF-8. */
    // Since Java 25 there is no console again where there is no terminal; Error Prone knows Java 22 to 24.
    @SuppressWarnings("SystemConsoleNull")
    public static Terminal system(StandardOutput output) {
        Console console = System.console();
        boolean watched = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        // Each line goes out at once, for whoever follows a long command.
        PrintStream out = new PrintStream(new BufferedOutputStream(output, BUFFER), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        return new Terminal(
                System.in, out, err, watched, watched && wantsColours(System.getenv()), new TerminalWidth(System.getenv()));
    }

    /** Streams that nobody watches. */
    public static Terminal plain(InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(in, out, err, false, false, () -> TerminalWidth.USUAL);
    }

    /** As <a href="https://no-color.org">no-color.org</a> has it. */
    public static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Says on the error stream what is no error but worth knowing. */
    public void notice(String line) {
        err.println("ntm: " + line);
        err.flush();
    }

    /** A text in bold, where that can be seen. */
    public String bold(String text) {
        return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /** A text in green, where that can be seen. */
    public String green(String text) {
        return colours ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    /** A text in grey, where that can be seen. */
    public String grey(String text) {
        return colours ? "\u001b[90m" + text + "\u001b[0m" : text;
    }
}
