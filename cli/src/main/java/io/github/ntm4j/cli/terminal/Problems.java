package io.github.ntm4j.cli.terminal;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Nearest;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.HeapRoom;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/** Turns whatever goes wrong into one line {@code ntm: ...} and an exit code; with {@code --debug}, the stack trace follows. */
public final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String WHOLE = "a whole number";
    private static final Map<Class<?>, String> NUMBERS = Map.of(
            int.class, WHOLE, long.class, WHOLE, Integer.class, WHOLE, Long.class, WHOLE, double.class, "a number");

    private final boolean debug;

    public Problems(String[] arguments) {
        debug = Arrays.asList(arguments).contains("--debug");
    }

    /** Wrong arguments. */
    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String help = "(see " + command.getCommandSpec().qualifiedName() + " --help)";
        return say(command.getErr(), describe(problem) + " " + help, problem, Exit.WRONG_USE);
    }

    /** An error while the command ran. */
    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult arguments) {
        return switch (problem) {
            case UserException e -> say(command.getErr(), e.getMessage(), e, Exit.WRONG_USE);
            case InvalidPathException e -> say(command.getErr(), "the name " + UserException.quote(e.getInput()) + " cannot be the name of a file here, in the encoding "
                    + System.getProperty("sun.jnu.encoding") + " (" + e.getReason() + "); where that is not UTF-8, set LC_ALL=C.UTF-8", e, Exit.WRONG_USE);
            case RunFailedException e -> say(command.getErr(), e.getMessage(), e, Exit.FAILED);
            default -> unexpected(command.getErr(), problem);
        };
    }

    /** What nobody foresaw: most likely a mistake in ntm4j. */
    public int unexpected(PrintWriter err, Throwable problem) {
        if (isOutOfMemory(problem)) {
            long heap = Runtime.getRuntime().maxMemory();
            return say(err, "this needs more than the " + HeapRoom.mebibytes(heap) + " of memory that java has; "
                    + HeapRoom.more(2 * heap) + ", or use smaller settings", problem, Exit.WRONG_USE);
        }
        String what = "internal error: " + problem + (debug ? "" : " (run it again with --debug, and please report it)");
        return say(err, what.replaceAll("\\s*\\R\\s*", " "), problem, Exit.FAILED);
    }

    private static boolean isOutOfMemory(Throwable problem) {
        Throwable cause = problem;
        while (cause != null && !(cause instanceof OutOfMemoryError)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private int say(PrintWriter err, @Nullable String what, Throwable problem, int code) {
        err.println("ntm: " + what);
        if (debug) {
            problem.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    private static String describe(ParameterException problem) {
        CommandSpec command = problem.getCommandLine().getCommandSpec();
        if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched.getUnmatched().getFirst(), command);
        }
        ArgSpec argument = problem.getArgSpec();
        String value = problem.getValue();
        if (argument != null && value != null && NUMBERS.containsKey(argument.type())) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            return name + ": expected " + NUMBERS.get(argument.type()) + ", got " + UserException.quote(value);
        }
        return firstLine(problem);
    }

    private static String unknown(String argument, CommandSpec command) {
        String name = argument.replaceFirst("=.*", "");
        if (argument.startsWith("-")) {
            List<String> options = command.optionsMap().keySet().stream()
                    .filter(option -> option.length() > 2 && name.length() > 2)
                    .sorted()
                    .toList();
            String meant = Nearest.suggestion(name, options);
            return "unknown option " + UserException.quote(name) + (meant.isEmpty() ? setting(name, command) : meant);
        }
        if (!command.subcommands().isEmpty()) {
            return "unknown command " + UserException.quote(name)
                    + Nearest.suggestion(name, command.subcommands().keySet());
        }
        return "unexpected argument " + UserException.quote(argument);
    }

    /** Whoever types {@code --batch 32} means a setting. */
    private static String setting(String option, CommandSpec command) {
        if (!command.optionsMap().containsKey("--set")) {
            return "";
        }
        List<String> keys = ConfigTree.of(RunConfig.resolve(ConfigTree.EMPTY).toMap(), "").keys();
        String name = option.replaceFirst("^-+", "").replace('-', '_');
        return Nearest.of(name, keys).map(key -> "; did you mean --set " + key + "=...?").orElse("");
    }

    private static String firstLine(Exception problem) {
        String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        return message.isEmpty() ? message : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
