package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.report.Names;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Shows the help of a command. */
@Command(name = "help", description = "Show the help of a command.")
public final class HelpCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command; without it, all commands.")
    private @Nullable String command;

    public HelpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine ntm = spec.parent().commandLine();
        CommandLine wanted = command == null
                ? ntm
                : ntm.getSubcommands().get(Names.known(command, ntm.getSubcommands().keySet(), "command"));
        Objects.requireNonNull(wanted).usage(terminal.out());
        return Exit.SUCCESS;
    }
}
