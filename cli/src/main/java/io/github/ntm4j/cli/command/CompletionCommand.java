package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.Ntm;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints a script that teaches bash and zsh to complete {@code ntm}. */
@Command(
        name = "completion",
        description = "Print a script with which bash and zsh complete commands and options.",
        footer = {"", "Example:", "  source <(ntm completion)"})
public final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    public CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().print(AutoComplete.bash("ntm", Ntm.commandLine(terminal)));
        return Exit.SUCCESS;
    }
}
