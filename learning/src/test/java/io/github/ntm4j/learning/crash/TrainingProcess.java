package io.github.ntm4j.learning.crash;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.KeptCheckpoints;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A training in a process of its own, which can be killed: it begins, or goes on where there is a checkpoint. */
public final class TrainingProcess {
    /** What it says when it is about to train. */
    private static final String READY = "ready";

    private TrainingProcess() {}

    /** Starts one with the settings of a file. */
    static Process start(Path run, Path settings, int threads) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto",
                        "-cp", System.getProperty("java.class.path"), TrainingProcess.class.getName(),
                        run.toString(), settings.toString(), Integer.toString(threads)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Waits until it trains, or has ended. */
    static void awaitReady(Process process) throws IOException {
        int first = process.getInputStream().read();
        assert first == READY.charAt(0) || first < 0 : first;
    }

    /** Waits for its end. @return whether it came without an error */
    static boolean ended(Process process) throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /** @param arguments the run directory, a file with the settings, and how many threads */
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[2]);
        try (Run run = KeptCheckpoints.exist(new RunFolder(path))
                ? Run.resume(path, ConfigTree.EMPTY, threads, KernelProvider.PORTABLE)
                : Run.start(path, config(Path.of(arguments[1])), threads, KernelProvider.PORTABLE)) {
            System.out.write(READY.getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            run.train();
        }
    }

    static RunConfig config(Path settings) throws IOException {
        return RunConfig.resolve(Yaml.parse(Files.readString(settings), settings.toString()));
    }
}
