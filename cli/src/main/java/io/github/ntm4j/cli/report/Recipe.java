package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.command.TrainCommand;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.run.RunDirectory;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.machines.config.Settings;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The commands that make a machine again, to the bit, from the source folder.
 *
 * @param config the settings of its run
 * @param last whether it is the run's last checkpoint, not its best
 */
public record Recipe(RunConfig config, boolean last) {
    /** What naming a file of sequences sets, and reading it finds out. */
    private static final Set<String> FOUND_OUT = Set.of(
            "task.file", "task.sha256", "task.validation_sha256", "task.input_form", "task.input_width", "task.input_alphabet", "task.target_form",
            "task.target_width", "task.target_alphabet", "task.input_symbols", "task.input_words", "task.target_symbols", "task.target_words",
            "task.columns", "task.input_means", "task.input_deviations", "task.target_means", "task.target_deviations");

    /** Trains it, with no more options than it takes. */
    String train() {
        return "./ntm train " + options(config, Set.of());
    }

    /** Has a sweep train it with every seed; what a sweep keeps of a run besides its machine is left out. */
    static String sweep(RunConfig config, String seeds) {
        return "./ntm sweep " + options(config, Set.of("seed", "training.snapshots")) + " --seeds " + seeds;
    }

    /** The fewest options that give all settings but some. */
    private static String options(RunConfig config, Set<String> without) {
        return config.given().entrySet().stream()
                .filter(setting -> !without.contains(setting.getKey()) && !FOUND_OUT.contains(setting.getKey()))
                .map(setting -> option(config, setting.getKey(), Settings.text(setting.getValue())))
                .collect(Collectors.joining(" "));
    }

    private static String option(RunConfig config, String key, String value) {
        return switch (key) {
            case "task.name" -> config.task() instanceof DataConfig data ? data.source().file() : value;
            case "machine.type" -> "--machine " + value;
            case "preset", "seed" -> "--" + key + " " + value;
            default -> "--set " + key + "=" + value;
        };
    }

    /** Exports it from where the training put it to a file beside. */
    String export(String name) {
        return "./ntm export " + TrainCommand.RUNS.resolve(RunDirectory.name(config)) + (last ? " --last" : "") + " --out "
                + TrainCommand.RUNS.resolve(name);
    }
}
