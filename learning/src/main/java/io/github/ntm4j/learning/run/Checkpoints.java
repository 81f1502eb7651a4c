package io.github.ntm4j.learning.run;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.learning.task.TaskConfig;
import io.github.ntm4j.learning.training.GoodState;
import io.github.ntm4j.learning.training.Plateau;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.learning.training.Relapses;
import io.github.ntm4j.learning.training.Rollbacks;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingState;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.DataForm;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.ModelFormat;
import io.github.ntm4j.machines.model.Provenance;
import io.github.ntm4j.machines.model.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Checkpoints: a machine, how it was made, and what its training needs to go on. */
public final class Checkpoints {
    private static final String PROGRESS = "progress";
    private static final String HASH = "weights_sha256";
    private static final String SEQUENCES = "trained_sequences";

    /** What progress has more than in the first checkpoints of the format. */
    private static final Map<String, ?> NEWER = Map.of(
            "plateau", Settings.describe(Plateau.NONE),
            "relapses", Settings.describe(Relapses.NONE),
            "rollbacks", Settings.describe(Rollbacks.NONE),
            "evaluation_due", false);

    private Checkpoints() {}

    /**
     * Writes a checkpoint, whole or not at all.
     *
     * @param file where
     * @param config the run's settings
     * @param machine the machine
     * @param state how far its training has come
     * @throws RunFailedException if it cannot be written, or holds NaN or infinity; the file that was there is kept
     */
    public static void write(Path file, RunConfig config, Machine machine, TrainingState state) {
        of(config, machine, state).write(file);
    }

    /** What a checkpoint holds. */
    static Safetensors of(RunConfig config, Machine machine, TrainingState state) {
        SequencedMap<String, String> metadata = metadata(config);
        metadata.put(PROGRESS, ConfigWriter.toJson(Settings.describe(state.progress())));
        metadata.put(ModelFormat.PROVENANCE, ModelFormat.made());
        metadata.put(HASH, machine.parameters().sha256());
        List<StoredTensor> tensors = new ArrayList<>(tensors(machine.parameters(), state.weights(), state.moments(), ""));
        GoodState good = state.good();
        if (good != null && state.progress().rollbacks().apartFrom(state.progress().sequences())) {
            tensors.addAll(tensors(machine.parameters(), good.weights(), good.moments(), ModelFormat.GOOD));
        }
        Safetensors stored = Safetensors.of(metadata, tensors);
        stored.firstNonFinite().ifPresent(tensor -> {
            throw new RunFailedException("cannot write a checkpoint: there is NaN or infinity in " + tensor + "; the one before is kept");
        });
        return stored;
    }

    private static List<StoredTensor> tensors(
            Parameters parameters, float[] weights, Map<String, float[]> moments, String prefix) {
        List<StoredTensor> tensors = new ArrayList<>(Weights.store(parameters, weights, prefix));
        moments.forEach((name, moment) -> tensors.addAll(Weights.store(parameters, moment, prefix + ModelFormat.OPTIMISER + name + "/")));
        return tensors;
    }

    /** What every file of a run says first: its format, its settings, and what the targets are where the settings of the task alone do not say. */
    private static SequencedMap<String, String> metadata(RunConfig config) {
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ModelFormat.FORMAT, ModelFormat.NAME);
        metadata.put(ModelFormat.CONFIG, ConfigWriter.toJson(config.toMap()));
        TaskConfig task = config.task();
        if (task.objective() != Objective.BITS && !task.taskName().equals(DataForm.TASK)) {
            metadata.put(ModelFormat.OBJECTIVE, Settings.text(task.objective()));
        }
        return metadata;
    }

    /**
     * What is left of a checkpoint when it is not to be trained any further: the parameters, the settings and who made them, and how many
     * sequences the training had seen, but neither its other counters nor the moments of its optimiser.
     *
     * @param model a machine with its own number of rows
     * @return the content of a file that {@link Model#load} takes
     * @throws UserException if it was made elsewhere and has no settings, or its parameters are not those of their hash
     */
    public static Safetensors withoutTraining(Model model) {
        RunConfig run = RunConfig.of(model);
        if (run == null) {
            throw new UserException(model.file() + ": expected a machine with the settings of its run, found a model of pytorch-ntm");
        }
        if (!model.hasItsOwnSize()) {
            throw new IllegalArgumentException(model.file() + ": expected the machine of its run, got one with other rows");
        }
        verify(model);
        Parameters parameters = model.machine().parameters();
        String made = model.metadata().get(ModelFormat.PROVENANCE);
        return withoutTraining(run, made, parameters, parameters.values(), trainedSequences(model));
    }

    /**
     * The same of a machine in its training.
     *
     * @param config the settings of its run
     * @param made provenance, if it is known
     * @param parameters the parameters of the machine
     * @param values their values, laid out as {@link Parameters#values}
     * @param sequences how many sequences the training had seen
     */
    static Safetensors withoutTraining(
            RunConfig config, @Nullable String made, Parameters parameters, float[] values, OptionalLong sequences) {
        SequencedMap<String, String> metadata = metadata(config);
        sequences.ifPresent(count -> metadata.put(SEQUENCES, Long.toString(count)));
        if (made != null) {
            metadata.put(ModelFormat.PROVENANCE, made);
        }
        metadata.put(HASH, parameters.sha256(values));
        return Safetensors.of(metadata, Weights.store(parameters, values, ""));
    }

    /**
     * How many sequences the training of a machine had seen.
     *
     * @param model a checkpoint, or what is left of one without its training
     * @return the number, or nothing where the file does not say
     * @throws UserException if it says something else than a number
     */
    public static OptionalLong trainedSequences(Model model) {
        if (model.metadata().containsKey(PROGRESS)) {
            return OptionalLong.of(progress(model).sequences());
        }
        String count = model.metadata().get(SEQUENCES);
        if (count == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(count));
        } catch (NumberFormatException e) {
            throw new UserException(
                    model.file() + " (" + SEQUENCES + "): expected a whole number, found " + UserException.quote(count), e);
        }
    }

    /**
     * The version of ntm4j that trained a machine.
     *
     * @param model the machine
     * @return version and git revision, or nothing where the file does not say
     * @throws UserException if it says it in another form
     */
    public static Optional<Provenance> provenance(Model model) {
        return Optional.ofNullable(model.metadata().get(ModelFormat.PROVENANCE))
                .map(json -> Yaml.parse(json, model.file() + " (" + ModelFormat.PROVENANCE + ")").bind(Provenance.class, ""));
    }

    /**
     * Puts a trainer where a checkpoint left off.
     *
     * @param model the checkpoint
     * @param trainer a trainer for a copy of the model's machine
     * @throws UserException if the checkpoint lacks what training needs
     */
    public static void restore(Model model, Trainer trainer) {
        Progress progress = progress(model);
        moments(model, trainer.state().moments(), "");
        GoodState good = trainer.state().good();
        if (good != null && progress.rollbacks().apartFrom(progress.sequences())) {
            Weights.load(model.tensors(), model.machine().parameters(), good.weights(), ModelFormat.GOOD, model.file().toString());
            moments(model, good.moments(), ModelFormat.GOOD);
        }
        trainer.restore(progress);
    }

    /** Fills the moments of an optimiser from a checkpoint. */
    static void moments(Model model, Map<String, float[]> moments) {
        moments(model, moments, "");
    }

    private static void moments(Model model, Map<String, float[]> moments, String prefix) {
        moments.forEach((name, moment) -> Weights.load(
                model.tensors(), model.machine().parameters(), moment, prefix + ModelFormat.OPTIMISER + name + "/", model.file().toString()));
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
        ConfigTree tree = Yaml.parse(json, where);
        if (tree.keys().isEmpty()) {
            throw new UserException(where + ": expected how far the training had come, found nothing");
        }
        return ConfigTree.of(NEWER, where).with(tree).bind(Progress.class, "");
    }

    /**
     * The hash of a machine's parameters.
     *
     * @param machine the machine
     * @return SHA-256 in hexadecimal, see docs/checkpoint-format.md
     */
    public static String weightsSha256(Machine machine) {
        return machine.parameters().sha256();
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
