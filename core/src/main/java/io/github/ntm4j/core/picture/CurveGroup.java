package io.github.ntm4j.core.picture;

import io.github.ntm4j.core.run.Curve;
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
