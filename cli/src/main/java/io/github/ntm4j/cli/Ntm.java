package io.github.ntm4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code ntm}. */
@Command(
        name = "ntm",
        mixinStandardHelpOptions = true,
        version = "ntm4j 0.1.0-SNAPSHOT",
        description = "Trains, measures and shows Neural Turing Machines.")
public final class Ntm implements Runnable {

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Ntm()).execute(arguments));
    }
}
