package io.github.ntm4j.core.training;

import java.util.SequencedMap;

/**
 * A training between two updates. The buffers are the trainer's own, laid out as the parameters.
 *
 * @param progress how far it has come
 * @param weights the parameters
 * @param moments the moments of the optimiser by name
 */
public record TrainingState(Progress progress, float[] weights, SequencedMap<String, float[]> moments) {}
