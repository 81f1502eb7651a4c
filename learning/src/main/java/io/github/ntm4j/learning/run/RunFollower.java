package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.model.RunFolder;
import java.util.OptionalLong;

/**
 * Hears what a training does and keeps something of it in the run directory. A run calls it on the training's thread; a follower that throws
 * ends the run.
 */
public interface RunFollower extends AutoCloseable {
    /** Makes followers: named as a service, it is asked about every run that begins or goes on. */
    interface Maker {
        /**
         * A follower of a run.
         *
         * @param folder the run directory, which is there
         * @param resumedAt sequences of the checkpoint from which the run goes on; empty for a new run
         * @return the follower
         * @throws io.github.ntm4j.machines.config.RunFailedException if it cannot write
         */
        RunFollower follow(RunFolder folder, OptionalLong resumedAt);
    }

    /**
     * Something happened, and is in the metrics already.
     *
     * @param event what
     */
    void hear(TrainingEvent event);

    /** Writes down what it has heard so far: a checkpoint comes next. */
    void flush();

    @Override
    void close();
}
