package io.github.ntm4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands in this process. */
public final class Cli {
    /** A machine and a task so small that a training takes a moment. */
    private static final List<String> SMALL = List.of(
            "--set", "machine.controller_size=8",
            "--set", "machine.rows=8",
            "--set", "machine.width=4",
            "--set", "task.max_length=3",
            "--set", "task.width=2",
            "--set", "training.batch=4",
            // Else the rate would depend on the budget, and what is resumed with a larger one on when it stopped.
            "--set", "training.schedule=constant",
            "--set", "training.evaluation_interval=32",
            "--set", "training.evaluation_sequences=8",
            "--set", "training.report_interval=16");

    private Cli() {}

    /** What a command left behind. */
    public record Outcome(int code, String out, String err) {}

    public static Outcome run(String... arguments) {
        return runWithInput("", arguments);
    }

    public static Outcome runWithInput(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Ntm.run(
                arguments,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Trains a small machine for a moment. */
    public static Outcome trainSmall(Path out, String... more) {
        return run(smallTraining(out, more).toArray(String[]::new));
    }

    /** Options for a training that learns nothing: its bits stay where they are, and its bit errors, about 3 of 6, are luck. */
    public static String[] still(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--sequences", "1280", "--set", "training.learning_rate=1e-9", "--set", "training.stop_when_solved=false",
                "--set", "training.solved_errors=3"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** The arguments that train a small machine. */
    public static List<String> smallTraining(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "copy", "--out", out.toString()));
        arguments.addAll(SMALL);
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** The arguments that sweep over trainings of a small machine. */
    public static List<String> smallSweep(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "copy", "--out", out.toString()));
        arguments.addAll(SMALL);
        arguments.addAll(List.of(more));
        return arguments;
    }
}
