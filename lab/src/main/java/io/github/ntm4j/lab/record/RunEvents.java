package io.github.ntm4j.lab.record;

import io.github.ntm4j.lab.tensorboard.EventFile;
import io.github.ntm4j.learning.run.RunFollower;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.model.RunFolder;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Writes what a training reports and what its evaluations find to an event file for TensorBoard. */
public final class RunEvents implements RunFollower {
    /** The service. */
    public static final class Maker implements RunFollower.Maker {
        /** For the service loader. */
        public Maker() {}

        @Override
        public RunFollower follow(RunFolder folder, OptionalLong resumedAt) {
            return new RunEvents(
                    resumedAt.isPresent()
                            ? EventFile.resume(folder.path(), InstantSource.system(), resumedAt.getAsLong() + 1)
                            : EventFile.create(folder.path(), InstantSource.system()));
        }
    }

    private final EventFile events;

    private RunEvents(EventFile events) {
        this.events = events;
    }

    @Override
    public void hear(TrainingEvent event) {
        if (event instanceof TrainingEvent.Reported r) {
            events.scalar("train/bits_per_sequence", r.sequences(), (float) r.bitsPerSequence());
            events.scalar("train/bit_errors_per_sequence", r.sequences(), (float) r.bitErrorsPerSequence());
            events.scalar("train/gradient_norm", r.sequences(), (float) r.gradientNorm());
            events.scalar("train/learning_rate", r.sequences(), (float) r.learningRate());
        } else if (event instanceof TrainingEvent.Evaluated e) {
            events.scalar("evaluation/bits_per_sequence", e.sequences(), (float) e.evaluation().bitsPerSequence());
            events.scalar("evaluation/bit_errors_per_sequence", e.sequences(), (float) e.evaluation().bitErrorsPerSequence());
        }
    }

    @Override
    public void flush() {
        events.flush();
    }

    @Override
    public void close() {
        events.close();
    }
}
