package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.training.TrainingState;
import io.github.ntm4j.machines.checkpoint.Rotation;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last checkpoint of a run and the two before it, so that damage to one costs an interval and not the run. */
public final class KeptCheckpoints {
    private final Rotation rotation;
    /** The sequences of the last one; -1 where it is not known to be sound. */
    private long newest = -1;

    /** Those of a run that begins. */
    KeptCheckpoints(RunFolder run) {
        rotation = new Rotation(run.kept());
    }

    /** Those of a run that goes on. */
    KeptCheckpoints(RunFolder run, Found found) {
        this(run);
        found.skipped().forEach(skipped -> rotation.forget(skipped.file()));
        if (found.skipped().isEmpty() && found.model().file().equals(run.last())) {
            newest = Checkpoints.progress(found.model()).sequences();
        }
    }

    /**
     * A file that no training goes on from.
     *
     * @param file the file
     * @param problem what is wrong with it, which names it
     */
    public record Skipped(Path file, String problem) {}

    /**
     * What a resume goes on from.
     *
     * @param model the newest checkpoint that is sound
     * @param skipped those that would have come before it and are not, the newest first
     */
    public record Found(Model model, List<Skipped> skipped) {
        /** Keeps a copy. */
        public Found {
            skipped = List.copyOf(skipped);
        }

        /** What there is to say of a run that goes on after some sequences and had come further; nothing if it goes on from the last. */
        Optional<String> notice(long sequences, long reached) {
            String what = skipped.isEmpty()
                    ? "there is no last.safetensors"
                    : skipped.stream().map(Skipped::problem).collect(Collectors.joining("; "));
            Path file = model.file();
            if (skipped.isEmpty() && file.endsWith("last.safetensors")) {
                return Optional.empty();
            }
            return Optional.of(what + "; going on from " + file.getFileName() + ", after " + sequences + " sequences"
                    + (reached > sequences ? ", which loses " + (reached - sequences) : ""));
        }
    }

    /**
     * Writes the last checkpoint and keeps the one before, unless that is of the same moment.
     *
     * @return the size of the file in bytes
     */
    long write(RunConfig config, Machine machine, TrainingState state) {
        byte[] content = Checkpoints.of(config, machine, state).bytes();
        long sequences = state.progress().sequences();
        if (sequences == newest) {
            rotation.replace(content);
        } else {
            rotation.advance(content);
        }
        newest = sequences;
        return content.length;
    }

    /** The sequences of the last one, -1 where it is not known to be sound. */
    long newest() {
        return newest;
    }

    /**
     * Whether a run has a checkpoint, sound or not.
     *
     * @param run its directory
     * @return true if any of them is there
     */
    public static boolean exist(RunFolder run) {
        return run.kept().stream().anyMatch(Files::exists);
    }

    /**
     * The checkpoint that a resume goes on from: the last one or, if that is damaged or lost, the one of those before it that has come
     * furthest.
     *
     * @param run the run
     * @return the checkpoint and those that were skipped
     * @throws UserException if none is sound; says what is wrong with the newest
     */
    public static Found newest(RunFolder run) {
        List<Skipped> skipped = new ArrayList<>();
        @Nullable Model furthest = null;
        for (Path file : run.kept()) {
            try {
                if (Files.exists(file)) {
                    Model model = load(file);
                    if (file.equals(run.last())) {
                        return new Found(model, List.of());
                    }
                    furthest = furthest == null || sequences(model) > sequences(furthest) ? model : furthest;
                }
            } catch (UserException damaged) {
                if (furthest == null) {
                    skipped.add(new Skipped(file, String.valueOf(damaged.getMessage())));
                }
            }
        }
        if (furthest == null) {
            throw none(run, skipped);
        }
        return new Found(furthest, skipped);
    }

    /**
     * Loads a checkpoint to go on from.
     *
     * @param file the checkpoint
     * @return what it holds
     * @throws UserException if it is damaged, has not the weights that it claims, or is only a machine
     */
    public static Model load(Path file) {
        Model model = Model.load(file, OptionalInt.empty());
        if (RunConfig.of(model) == null) {
            throw new UserException(file + ": expected a checkpoint to go on from, found only a machine");
        }
        Checkpoints.progress(model);
        Checkpoints.verify(model);
        return model;
    }

    private static long sequences(Model model) {
        return Checkpoints.progress(model).sequences();
    }

    private static UserException none(RunFolder run, List<Skipped> skipped) {
        if (skipped.isEmpty()) {
            return new UserException(run.path() + ": expected a run with checkpoints/last.safetensors, found none");
        }
        String others = skipped.stream()
                .skip(1)
                .map(other -> Objects.toString(other.file().getFileName()))
                .collect(Collectors.joining(" and "));
        return new UserException(skipped.getFirst().problem() + (others.isEmpty() ? "" : "; " + others + " cannot be gone on from either"));
    }
}
