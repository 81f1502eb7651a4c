package io.github.ntm4j.core.run;

import io.github.ntm4j.core.checkpoint.Safetensors;
import io.github.ntm4j.core.checkpoint.StoredTensor;
import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.ConfigWriter;
import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.training.Progress;
import io.github.ntm4j.core.training.Trainer;
import io.github.ntm4j.core.training.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Checkpoints: a machine, how it was made, and what its training needs to go on. */
public final class Checkpoints {
    private static final String FORMAT = "format";
    private static final String NAME = "ntm4j/1";
    private static final String PROGRESS = "progress";
    private static final String HASH = "weights_sha256";
    private static final String PROVENANCE = "provenance";
    private static final String OPTIMISER = "optimiser.";

    private Checkpoints() {}

    /**
     * Writes a checkpoint, whole or not at all.
     *
     * @param file where
     * @param config the run's settings
     * @param machine the machine
     * @param state how far its training has come
     */
    public static void write(Path file, RunConfig config, Machine<?> machine, TrainingState state) {
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, NAME);
        metadata.put(Model.CONFIG, ConfigWriter.toJson(config.toMap()));
        metadata.put(PROGRESS, ConfigWriter.toJson(Settings.describe(state.progress())));
        metadata.put(PROVENANCE, ConfigWriter.toJson(Environment.provenance()));
        metadata.put(HASH, Weights.sha256(machine.parameters()));
        List<StoredTensor> tensors = new ArrayList<>(Weights.store(machine.parameters(), state.weights(), ""));
        state.moments().forEach((name, moment) ->
                tensors.addAll(Weights.store(machine.parameters(), moment, OPTIMISER + name + "/")));
        Safetensors stored = Safetensors.of(metadata, tensors);
        stored.firstNonFinite().ifPresent(tensor -> {
            throw new IllegalStateException("a checkpoint with NaN or infinity in " + tensor + " is never written");
        });
        stored.write(file);
    }

    /**
     * Puts a trainer where a checkpoint left off.
     *
     * @param model the checkpoint
     * @param trainer a trainer for the model's own machine
     * @throws UserException if the checkpoint lacks what training needs
     */
    public static void restore(Model model, Trainer trainer) {
        Progress progress = progress(model);
        trainer.state().moments().forEach((name, moment) -> Weights.load(
                model.tensors(), model.machine().parameters(), moment, OPTIMISER + name + "/", model.file().toString()));
        trainer.restore(progress);
    }

    /**
     * How far the training of a checkpoint had come.
     *
     * @param model the checkpoint
     * @return its counters
     * @throws UserException if it has none
     */
    public static Progress progress(Model model) {
        String json = model.metadata().get(PROGRESS);
        if (json == null) {
            throw new UserException(model.file() + ": expected a checkpoint to go on from, found only a machine");
        }
        String where = model.file() + " (progress)";
        ConfigTree tree = ConfigTree.parse(json, where);
        if (tree.keys().isEmpty()) {
            throw new UserException(where + ": expected how far the training had come, found nothing");
        }
        return tree.bind(Progress.class, "");
    }

    /**
     * The hash of a machine's parameters.
     *
     * @param machine the machine
     * @return SHA-256 in hexadecimal, see docs/checkpoint-format.md
     */
    public static String weightsSha256(Machine<?> machine) {
        return Weights.sha256(machine.parameters());
    }

    /**
     * Checks what a checkpoint claims of its parameters.
     *
     * @param model the checkpoint
     * @throws UserException if the parameters have another hash
     */
    public static void verify(Model model) {
        String claimed = model.metadata().get(HASH);
        String actual = model.weightsSha256();
        if (claimed != null && !claimed.equals(actual)) {
            throw new UserException(model.file() + ": expected parameters with the SHA-256 " + claimed + ", found " + actual);
        }
    }
}
