package io.github.ntm4j.lab.picture;

import java.util.List;

/**
 * What machines that differ in their seeds only need at several sizes.
 *
 * @param label what they have in common, in a few words
 * @param runs for each machine a value for each size
 */
public record ReachGroup(String label, List<double[]> runs) {
    /** Keeps copies. */
    public ReachGroup {
        runs = runs.stream().map(double[]::clone).toList();
    }
}
