package io.github.ntm4j.learning.run;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.FailedUpdate;
import io.github.ntm4j.learning.training.MeasuringMemory;
import io.github.ntm4j.learning.training.NonFinite;
import io.github.ntm4j.learning.training.Replay;
import io.github.ntm4j.learning.training.TrainingState;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a training that diverged leaves to look at, in the folder {@code diverged} of its run: the batch of the last update that was left out,
 * a checkpoint of the state in which it was, and what was not finite. The folder appears whole or not at all.
 *
 * @param folder the folder
 * @param cause what was not finite, and where in the training
 * @param model the machine in the state before the update
 * @param batch the sequences of the update
 */
public record DivergenceBundle(Path folder, Cause cause, Model model, List<Sequence> batch) {
    private static final String CAUSE = "divergence.json";
    private static final String CHECKPOINT = "checkpoint.safetensors";
    private static final String BATCH = "batch.jsonl";
    private static final String DRAFT = ".diverged-in-the-making";

    /**
     * What {@code divergence.json} says.
     *
     * @param notFinite what was not finite
     * @param update number of the update, skipped ones counted
     * @param sequences sequences seen before it
     * @param seed the seed of the run
     */
    public record Cause(
            @Setting("what was not finite") NonFinite notFinite,
            @Setting(value = "number of the update", min = 1, max = 1e15) long update,
            @Setting(value = "sequences seen before it", min = 0, max = 1e15) long sequences,
            @Setting(value = "seed of the run", min = 0, max = 9e15) long seed) {}

    /** Keeps the list, not its sequences. */
    public DivergenceBundle {
        batch = List.copyOf(batch);
    }

    /** Writes the bundle of a run whose training has diverged. */
    static void write(RunFolder run, RunConfig config, Machine machine, TrainingState state, FailedUpdate failed) {
        remove(run);
        Path draft = run.path().resolve(DRAFT);
        try {
            Files.createDirectory(draft);
            BatchFile.write(draft.resolve(BATCH), failed.batch());
            Checkpoints.write(draft.resolve(CHECKPOINT), config, machine, state);
            long update = state.progress().updates() + state.progress().skipped();
            Cause cause = new Cause(failed.what(), update, failed.first(), config.seed());
            AtomicFiles.write(draft.resolve(CAUSE), ConfigWriter.toJson(Settings.describe(cause)) + "\n");
            Files.move(draft, run.diverged(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(run.diverged(), e);
        }
    }

    /** Removes the bundle of a run that goes on, or what there is of one. */
    static void remove(RunFolder run) {
        for (Path folder : List.of(run.diverged(), run.path().resolve(DRAFT))) {
            if (Files.isDirectory(folder)) {
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(folder, e);
        }
    }

    /**
     * Reads a bundle.
     *
     * @param path a run directory with a bundle, or the folder of the bundle itself
     * @return the bundle
     * @throws UserException if there is none, or its files are damaged
     */
    public static DivergenceBundle read(Path path) {
        Path nested = new RunFolder(path).diverged();
        Path folder = Files.isDirectory(nested) ? nested : path;
        Path file = folder.resolve(CAUSE);
        if (!Files.exists(file)) {
            throw new UserException(path + ": expected a run that diverged, with " + path.relativize(nested.resolve(CAUSE)) + ", found none");
        }
        Cause cause = Yaml.read(file).bind(Cause.class, "");
        Model model = Model.load(folder.resolve(CHECKPOINT), OptionalInt.empty());
        Checkpoints.verify(model);
        Path batch = folder.resolve(BATCH);
        return new DivergenceBundle(folder, cause, model, BatchFile.read(batch, model.machine().inputs(), model.machine().outputs()));
    }

    /**
     * Makes the update again.
     *
     * @param threads how many threads to use; the result does not depend on it
     * @param provider whose kernels to use; the result does not depend on it
     * @return what is not finite; nothing if everything is
     * @throws UserException if the checkpoint is none of a training
     */
    public Optional<Replay.Finding> replay(int threads, KernelProvider provider) {
        RunConfig config = RunConfig.of(model);
        if (config == null) {
            throw new UserException(model.file() + ": expected a checkpoint to go on from, found only a machine");
        }
        int steps = batch.stream().mapToInt(Sequence::steps).max().orElse(1);
        // Weights that are shared have no derivatives.
        Machine machine = model.copy();
        MeasuringMemory.requireReplay(machine, model.objective(), config.training(), Math.max(1, steps), threads);
        try (Replay replay = new Replay(machine, model.objective(), config.training(), batch, threads, provider)) {
            Checkpoints.moments(model, replay.moments());
            return replay.run(Checkpoints.progress(model), config.seed());
        }
    }
}
