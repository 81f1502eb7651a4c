package io.github.ntm4j.lab.record;

import io.github.ntm4j.learning.run.RunFollower;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.model.RunFolder;
import java.util.List;
import java.util.OptionalLong;

/** Draws the learning curve of a run when it has ended. */
public final class RunCurve implements RunFollower {
    /** The service. */
    public static final class Maker implements RunFollower.Maker {
        /** For the service loader. */
        public Maker() {}

        @Override
        public RunFollower follow(RunFolder folder, OptionalLong resumedAt) {
            return new RunCurve(folder);
        }
    }

    private final RunFolder folder;

    private RunCurve(RunFolder folder) {
        this.folder = folder;
    }

    @Override
    public void hear(TrainingEvent event) {
        if (event instanceof TrainingEvent.Finished) {
            AtomicFiles.write(folder.curve(), Curves.ofRuns(List.of(folder)).svg());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
