package io.github.ntm4j.learning.training;

import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/**
 * The update at which a training diverged.
 *
 * @param what what was not finite
 * @param first sequences seen before it
 * @param batch its sequences, the trainer's own buffers
 */
public record FailedUpdate(NonFinite what, long first, List<Sequence> batch) {
    /** Keeps the list, not its sequences. */
    public FailedUpdate {
        batch = List.copyOf(batch);
    }
}
