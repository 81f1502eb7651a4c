package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.RunFolder;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What a training leaves in its run directory while it goes on. Whatever a resume needs is in its file before the checkpoint that it goes
 * on from: metrics, film and events first, the best checkpoint next, the last one last.
 */
final class RunRecord implements AutoCloseable {
    private final RunFolder folder;
    private final RunConfig config;
    private final Machine machine;
    private final Trainer trainer;
    private final Metrics metrics;
    private final RunFollowers followers;
    private final Film film;
    private final KeptCheckpoints kept;
    private final DiskRoom room;
    private final Consumer<String> notices;
    private volatile long saved;
    private boolean evaluated;
    private boolean best;

    RunRecord(
            RunFolder folder,
            RunConfig config,
            Machine machine,
            Trainer trainer,
            Metrics metrics,
            RunFollowers followers,
            Film film,
            KeptCheckpoints kept,
            DiskRoom room,
            Consumer<String> notices) {
        this.folder = folder;
        this.config = config;
        this.machine = machine;
        this.trainer = trainer;
        this.metrics = metrics;
        this.followers = followers;
        this.film = film;
        this.kept = kept;
        this.room = room;
        this.notices = notices;
        this.saved = kept.newest();
    }

    /** Writes down from now on what the trainer does. */
    void follow(DoubleSupplier seconds) {
        trainer.listen(event -> write(event, seconds.getAsDouble()));
        trainer.watch(film::show);
        // After all events of an update, so that no metrics are missing up to the checkpoint.
        trainer.watch(_ -> {
            if (evaluated) {
                checkpoint();
            }
        });
    }

    /** Writes the last checkpoint, and the best if it is that; while the state is one to go on from. */
    void checkpoint() {
        followers.flush();
        metrics.force();
        film.settle();
        if (best) {
            Checkpoints.write(folder.best(), config, machine, trainer.state());
        }
        long bytes = kept.write(config, machine, trainer.state());
        saved = kept.newest();
        evaluated = false;
        best = false;
        look(bytes);
    }

    /** How far the training had come at the last checkpoint. */
    OptionalLong saved() {
        long sequences = saved;
        return sequences < 0 ? OptionalLong.empty() : OptionalLong.of(sequences);
    }

    /** Gives notice if there is hardly room for more checkpoints of some size. */
    void look(long bytes) {
        room.after(bytes).ifPresent(notices);
    }

    private void write(TrainingEvent event, double seconds) {
        if (event instanceof TrainingEvent.Finished) {
            checkpoint();
        }
        metrics.write(event, seconds);
        switch (event) {
            case TrainingEvent.Evaluated e -> {
                evaluated = true;
                best |= e.best();
            }
            case TrainingEvent.Finished f ->
                trainer.failedUpdate().ifPresent(failed -> DivergenceBundle.write(folder, config, machine, trainer.state(), failed));
            case TrainingEvent.Started s -> DivergenceBundle.remove(folder);
            case TrainingEvent.Reported r -> {}
            case TrainingEvent.Skipped s -> {}
            case TrainingEvent.RolledBack r -> {}
            case TrainingEvent.Solved s -> {}
            case TrainingEvent.PlateauReached p -> {}
            case TrainingEvent.PlateauLeft p -> {}
            case TrainingEvent.Relapsed r -> {}
        }
        followers.hear(event);
    }

    @Override
    public void close() {
        try (followers;
                metrics) {
            film.close();
        }
    }
}
