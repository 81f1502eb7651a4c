package io.github.ntm4j.learning.run;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs of a small machine on a small task, which take milliseconds. */
final class SmallRun {
    private static final ConfigTree SETTINGS = Yaml.parse(
            """
            seed: 7
            task: {name: copy, max_length: 4, width: 3}
            machine: {controller_size: 12, rows: 16, width: 6}
            training:
              batch: 6
              sequences: 72
              report_interval: 12
              evaluation_interval: 18
              evaluation_sequences: 9
              learning_rate: 0.003
              solved_bits: 0
            """,
            "test");

    private SmallRun() {}

    /** Settings as typed by {@code --set}. */
    static ConfigTree set(String... assignments) {
        ConfigTree tree = ConfigTree.EMPTY;
        for (String assignment : assignments) {
            tree = tree.with(ConfigTree.assignment(assignment));
        }
        return tree;
    }

    /** The small settings with some changed. */
    static RunConfig config(String... assignments) {
        return RunConfig.resolve(SETTINGS.with(set(assignments)));
    }

    /** Trains a new run to its end. */
    static Outcome train(Path path, RunConfig config) {
        try (Run run = Run.start(path, config, 1, KernelProvider.SIMD)) {
            return run.train();
        }
    }

    /** Goes on with a run to its end, with other kernels and threads. */
    static Outcome resume(Path path, String... assignments) {
        try (Run run = Run.resume(path, set(assignments), 2, KernelProvider.PORTABLE)) {
            return run.train();
        }
    }

    /** The lines of a run's metrics without the seconds that they took. */
    static List<String> metrics(Path path) {
        try {
            return Files.readAllLines(new RunFolder(path).metrics()).stream()
                    .map(line -> line.replaceFirst(",\"seconds\":[0-9.E-]+}$", "}"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files of a folder, by their paths within it, in their order. */
    static List<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of a folder. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
