package io.github.ntm4j.core.explanation;

import io.github.ntm4j.core.explanation.Programme.Effect;
import io.github.ntm4j.core.trace.HeadTrace;

/**
 * Where a head's attention was at each step, and why.
 *
 * @param trace the head
 * @param row {@code [steps]}, the row with most weight
 * @param peak {@code [steps]}, its weight
 * @param rows {@code [steps]}, on how many rows the attention is, {@code 1 / sum w^2}: 1 for one row, N for an even weighting
 * @param found {@code [steps]}, the weight of the rows that have at least half of the peak
 * @param byContent {@code [steps]}, the share of the row's weight that came from the key and not from the step before
 * @param effect {@code [steps]}, what came of it
 * @param size {@code [steps]}, the length of the vector read, or of the change made to the memory
 */
record HeadSteps(
        HeadTrace trace,
        int[] row,
        float[] peak,
        float[] rows,
        float[] found,
        float[] byContent,
        Effect[] effect,
        double[] size) {
    static HeadSteps of(HeadTrace head) {
        int steps = head.steps();
        HeadSteps made = new HeadSteps(
                head,
                new int[steps],
                new float[steps],
                new float[steps],
                new float[steps],
                new float[steps],
                new Effect[steps],
                new double[steps]);
        for (int t = 0; t < steps; t++) {
            made.measure(t);
        }
        return made;
    }

    private void measure(int t) {
        float[] w = trace.weighting()[t];
        int largest = indexOfLargest(w);
        float sum = 0;
        float squares = 0;
        float near = 0;
        for (float weight : w) {
            sum += weight;
            squares += weight * weight;
            near += 2 * weight >= w[largest] ? weight : 0;
        }
        row[t] = largest;
        peak[t] = w[largest];
        rows[t] = squares > 0 ? sum * sum / squares : w.length;
        found[t] = near;
        int source = Math.floorMod(largest - shift(t), w.length);
        float interpolated = trace.interpolated()[t][source];
        byContent[t] = interpolated > 0 ? Math.min(1, trace.gate()[t] * trace.content()[t][source] / interpolated) : 0;
    }

    /** The shift that has most weight at a step. */
    int shift(int t) {
        float[] shifts = trace.shift()[t];
        return indexOfLargest(shifts) - shifts.length / 2;
    }

    /** The rows from where the head was at the step before to where it is, the shorter way around the memory. */
    int delta(int t) {
        int count = trace.weighting()[t].length;
        int ahead = Math.floorMod(row[t] - row[t - 1], count);
        return 2 * ahead > count ? ahead - count : ahead;
    }

    int steps() {
        return row.length;
    }

    String name() {
        return trace.name();
    }

    boolean writes() {
        return trace.kind() == HeadTrace.Kind.WRITE;
    }

    private static int indexOfLargest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
