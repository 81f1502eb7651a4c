package io.github.ntm4j.studio.run;

import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a run.
 *
 * @param run its name
 * @param action pause, continue, checkpoint, stop or rate
 * @param rate the step size, for rate alone
 */
record ControlSpec(@Nullable String run, @Nullable String action, @Nullable Double rate) {
    /** What can be done. */
    enum Action {
        /** Halt the training. */
        PAUSE,
        /** Go on with a training that is halted, or with a run that ended before its end. */
        CONTINUE,
        /** Write a checkpoint. */
        CHECKPOINT,
        /** End the training. */
        STOP,
        /** Change the step size. */
        RATE
    }

    /** Checks that there is a run. */
    ControlSpec {
        if (run == null) {
            throw new UserException("run: expected the name of a run, found none");
        }
    }

    /** The name of the run. */
    String name() {
        return Objects.requireNonNull(run);
    }

    /** What is to be done. */
    Action what() {
        SequencedMap<String, Action> words = Settings.words(Action.class);
        Action known = action == null ? null : words.get(action);
        if (known == null) {
            throw new UserException("action: expected one of " + String.join(", ", words.keySet()) + ", got "
                    + (action == null ? "none" : UserException.quote(action)));
        }
        return known;
    }

    /** The step size. */
    double wantedRate() {
        if (rate == null || !Double.isFinite(rate)) {
            throw new UserException("rate: expected a number above 0, found none");
        }
        return rate;
    }
}
