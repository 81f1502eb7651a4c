package io.github.ntm4j.learning.training;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A training between two updates. The buffers are the trainer's own, laid out as the parameters.
 *
 * @param progress how far it has come
 * @param weights the parameters
 * @param moments the moments of the optimiser by name
 * @param good the last good state, null where the training goes back to none; of meaning only where it is
 *     {@linkplain Rollbacks#apartFrom another} than this one
 */
public record TrainingState(Progress progress, float[] weights, SequencedMap<String, float[]> moments, @Nullable GoodState good) {}
