package io.github.ntm4j.lab.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets Jazzer make up inputs for one {@link FuzzTarget} after the other, each in a process of its own, and says how many it tried
 * and what it found. What it found, and what a find needs to be repeated, lies in the folder of the results.
 */
final class FuzzingRun {
    /** Where new code counts: this project's, and its parsers'. */
    private static final String INSTRUMENTED = "io.github.ntm4j.**:tools.jackson.**:org.snakeyaml.**";

    private static final int LONGEST_INPUT = 2_048;
    /** An input hangs if it takes longer; much, as other work may keep the processor busy. */
    private static final int SECONDS_PER_INPUT = 120;

    private final Path corpus;
    private final Path results;

    private FuzzingRun(Path corpus, Path results) {
        this.corpus = corpus;
        this.results = results;
    }

    /** Arguments: seconds in all, whether inputs that reach new code are kept, the folder of the corpora, the folder of the results. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        FuzzingRun run = new FuzzingRun(Path.of(arguments[2]), Path.of(arguments[3]));
        int seconds = Math.max(1, Integer.parseInt(arguments[0]) / FuzzTarget.values().length);
        List<String> summary = new ArrayList<>();
        boolean sound = true;
        for (FuzzTarget target : FuzzTarget.values()) {
            boolean ended = run.fuzz(target, seconds);
            sound &= ended;
            if (ended && Boolean.parseBoolean(arguments[1])) {
                run.keep(target);
            }
            summary.add(target.folder() + ": " + run.lastLine(target, "DONE ") + (ended ? "" : " (stopped by a find)"));
        }
        summary.forEach(System.out::println);
        if (!sound) {
            System.out.println("FOUND SOMETHING: see the logs and the files crash-*, timeout-* and oom-* in " + run.results);
            System.exit(1);
        }
    }

    private boolean fuzz(FuzzTarget target, int seconds) throws IOException, InterruptedException {
        Path found = Files.createDirectories(results.resolve(target.folder()).resolve("corpus"));
        return jazzer(target, "fuzzing.log", List.of(
                found.toString(),
                corpus.resolve(target.folder()).toString(),
                "-max_total_time=" + seconds,
                "-timeout=" + SECONDS_PER_INPUT,
                "-max_len=" + LONGEST_INPUT,
                "-print_final_stats=1",
                "-artifact_prefix=" + results.resolve(target.folder()) + File.separator,
                "--reproducer_path=" + results.resolve(target.folder())));
    }

    /** Adds to the corpus what reaches code that the corpus does not. */
    private void keep(FuzzTarget target) throws IOException, InterruptedException {
        Path folder = corpus.resolve(target.folder());
        jazzer(target, "keeping.log", List.of(
                "-merge=1", "-use_counters=0", folder.toString(), results.resolve(target.folder()).resolve("corpus").toString()));
    }

    private boolean jazzer(FuzzTarget target, String log, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzing.class.getName(),
                "--target_args=" + target.folder(),
                "--instrumentation_includes=" + INSTRUMENTED));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(results.resolve(target.folder()).resolve(log).toFile())
                .start()
                .waitFor() == 0;
    }

    private String lastLine(FuzzTarget target, String part) throws IOException {
        try (Stream<String> lines = Files.lines(results.resolve(target.folder()).resolve("fuzzing.log"))) {
            return lines.filter(line -> line.contains(part)).reduce("no end", (_, later) -> later).strip();
        }
    }
}
