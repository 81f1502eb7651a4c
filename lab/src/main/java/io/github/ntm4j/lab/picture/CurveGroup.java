package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.Curve;
import java.util.List;

/**
 * The learning curves of runs that differ in their seeds only.
 *
 * @param label what they have in common, in a few words
 * @param runs a curve for each
 */
public record CurveGroup(String label, List<Curve> runs) {
    /** Keeps a copy. */
    public CurveGroup {
        runs = List.copyOf(runs);
    }
}
