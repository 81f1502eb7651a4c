package io.github.ntm4j.learning.training;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A copy of weights and moments to go back to.
 *
 * @param weights laid out as the parameters
 * @param moments by name, laid out as the parameters
 */
public record GoodState(float[] weights, SequencedMap<String, float[]> moments) {
    /** Room for a copy. */
    static GoodState like(float[] weights, SequencedMap<String, float[]> moments) {
        SequencedMap<String, float[]> room = new LinkedHashMap<>();
        moments.forEach((name, values) -> room.put(name, new float[values.length]));
        return new GoodState(new float[weights.length], room);
    }

    /** Copies. */
    void take(float[] from, SequencedMap<String, float[]> fromMoments) {
        copy(from, weights);
        moments.forEach((name, values) -> copy(Objects.requireNonNull(fromMoments.get(name)), values));
    }

    /** Copies back. */
    void give(float[] to, SequencedMap<String, float[]> toMoments) {
        copy(weights, to);
        moments.forEach((name, values) -> copy(values, Objects.requireNonNull(toMoments.get(name))));
    }

    private static void copy(float[] from, float[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
