package io.github.ntm4j.cli;

import io.github.ntm4j.cli.command.BenchCommand;
import io.github.ntm4j.cli.command.CompletionCommand;
import io.github.ntm4j.cli.command.EvalCommand;
import io.github.ntm4j.cli.command.ExportCommand;
import io.github.ntm4j.cli.command.FilmCommand;
import io.github.ntm4j.cli.command.HelpCommand;
import io.github.ntm4j.cli.command.MachinesCommand;
import io.github.ntm4j.cli.command.PlotCommand;
import io.github.ntm4j.cli.command.ReplayCommand;
import io.github.ntm4j.cli.command.ReproduceCommand;
import io.github.ntm4j.cli.command.RunCommand;
import io.github.ntm4j.cli.command.ShowCommand;
import io.github.ntm4j.cli.command.SoakCommand;
import io.github.ntm4j.cli.command.StudioCommand;
import io.github.ntm4j.cli.command.SweepCommand;
import io.github.ntm4j.cli.command.TasksCommand;
import io.github.ntm4j.cli.command.TrainCommand;
import io.github.ntm4j.cli.command.VerifyCommand;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Problems;
import io.github.ntm4j.cli.terminal.StandardOutput;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.machines.config.UserException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The command {@code ntm}. */
@Command(
        name = "ntm",
        versionProvider = Ntm.Version.class,
        description = "Trains, measures and shows Neural Turing Machines.",
        footer = {
            "",
            "Examples:",
            "  ntm train copy",
            "  ntm eval runs/copy-ntm-lstm-seed1 --at length=20 --at length=120",
            "  ntm show runs/copy-ntm-lstm-seed1 --at length=20",
            "",
            "Exit codes: 0 success, 1 the run failed, 2 wrong use, 3 the training diverged, 130 and 143 stopped by a signal.",
        })
public final class Ntm implements Runnable {
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    // Problems looks for it.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    @SuppressWarnings("UnusedVariable")
    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help and exit.")
    private boolean help;

    @SuppressWarnings("UnusedVariable")
    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version and exit.")
    private boolean version;

    private Ntm() {}

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "expected a command: " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        // A training in this process is stopped in order, as by a signal.
        StandardOutput output = new StandardOutput(
                () -> Thread.ofPlatform().name("ntm-reader-gone").start(() -> System.exit(Exit.SUCCESS)));
        int code = run(arguments, Terminal.system(output));
        System.exit(output.readerGone() ? Exit.SUCCESS : code);
    }

    /**
     * Runs a command in this process.
     *
     * @param arguments as on a command line, without the program's name
     * @param in what is piped in
     * @param out results
     * @param err errors
     * @return the exit code
     */
    public static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
        return run(arguments, Terminal.plain(in, out, err));
    }

    private static int run(String[] arguments, Terminal terminal) {
        Problems problems = new Problems(arguments);
        PrintWriter err = new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8);
        PrintWriter out = new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8);
        try {
            OwnClasses.load(System.getenv(OwnClasses.VARIABLE));
        } catch (UserException wrong) {
            err.println("ntm: " + wrong.getMessage());
            return Exit.WRONG_USE;
        }
        try {
            int code = commandLine(terminal)
                    .setOut(out)
                    .setErr(err)
                    .setParameterExceptionHandler(problems)
                    .setExecutionExceptionHandler(problems)
                    .execute(arguments);
            out.flush();
            return terminal.out().checkError() && code == Exit.SUCCESS ? broken(err) : code;
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return problems.unexpected(err, e);
        }
    }

    private static int broken(PrintWriter err) {
        err.println("ntm: cannot write <stdout>: the stream is closed or full");
        return Exit.FAILED;
    }

    /** The parser with all commands. */
    public static CommandLine commandLine(Terminal terminal) {
        CommandLine commands = new CommandLine(new Ntm())
                .addSubcommand(new TrainCommand(terminal))
                .addSubcommand(new SweepCommand(terminal))
                .addSubcommand(new ReproduceCommand(terminal))
                .addSubcommand(new EvalCommand(terminal))
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new ShowCommand(terminal))
                .addSubcommand(new FilmCommand(terminal))
                .addSubcommand(new PlotCommand(terminal))
                .addSubcommand(new StudioCommand(terminal))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new TasksCommand(terminal))
                .addSubcommand(new MachinesCommand(terminal))
                .addSubcommand(new BenchCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new SoakCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .addSubcommand(new HelpCommand(terminal));
        commands.setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setOverwrittenOptionsAllowed(false)
                .setAbbreviatedOptionsAllowed(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(false)
                .setExpandAtFiles(false);
        return commands;
    }

    /** The version that the build wrote into the jar. */
    public static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ntm4j " + text(), "Java " + Runtime.version()};
        }

        public static String text() {
            return Objects.requireNonNullElse(Ntm.class.getPackage().getImplementationVersion(), "(not packaged)");
        }
    }
}
