package io.github.ntm4j.cli;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** The bits of short trainings: with every preset and machine, and with what each task brings. */
final class TrainingBitsGuardTest {
    private static final Guard BITS = new Guard("training-bits.txt");
    private static final List<String> SMALL_COPY = List.of(
            "task.max_length=5", "task.width=4", "training.sequences=200", "training.evaluation_interval=100",
            "training.evaluation_sequences=8", "seed=7");
    private static final List<String> SMALL_MEMORY = List.of("machine.controller_size=16", "machine.rows=16", "machine.width=8");
    private static final List<String> SMALL = List.of("machine.controller_size=16");

    private static String weights(String preset, String task, String machine, List<String> more) {
        ConfigTree given = ConfigTree.EMPTY;
        for (String assignment : List.of("preset=" + preset, "task.name=" + task, "machine.type=" + machine)) {
            given = given.with(ConfigTree.assignment(assignment));
        }
        boolean memory = RunConfig.resolve(given).toMap().get("machine").toString().contains("rows=");
        for (String assignment : memory ? SMALL_MEMORY : SMALL) {
            given = given.with(ConfigTree.assignment(assignment));
        }
        for (String assignment : more) {
            given = given.with(ConfigTree.assignment(assignment));
        }
        RunConfig config = RunConfig.resolve(given);
        Task of = config.task().create();
        Machine trained = config.machine().build(of.inputs(), of.outputs());
        trained.initialise(config.seed());
        try (Trainer trainer = new Trainer(trained, of, config.training(), config.seed(), 2, KernelProvider.best())) {
            trainer.run();
        }
        return Guard.sha256(trained.parameters().values());
    }

    @Test
    void everyTrainingLeavesTheWeightsThatItAlwaysLeft() throws IOException {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        for (String machine : MachineKinds.all().keySet()) {
            for (Preset preset : Preset.of(MachineKinds.kind(machine))) {
                hashes.put(Settings.text(preset) + " copy " + machine, weights(Settings.text(preset), "copy", machine, SMALL_COPY));
            }
            for (String task : TaskKinds.drawn().keySet()) {
                hashes.put(
                        "default " + task + " " + machine + ", 24 sequences",
                        weights("default", task, machine, List.of("training.sequences=24", "training.evaluation_sequences=2", "seed=9")));
            }
        }
        BITS.check(hashes);
    }
}
