package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Programme.Effect;

/**
 * Where a head's attention was at each step, and why.
 *
 * @param head the head
 * @param row {@code [steps]}, the row with most weight
 * @param peak {@code [steps]}, its weight
 * @param rows {@code [steps]}, on how many rows the attention is, {@code 1 / sum w^2}: 1 for one row, N for an even weighting
 * @param found {@code [steps]}, the weight of the rows that have at least half of the peak
 * @param byContent {@code [steps]}, the share of the row's weight that came from the key and not from the step before
 * @param effect {@code [steps]}, what came of it
 * @param size {@code [steps]}, the length of the vector read, or of the change made to the memory
 */
record HeadSteps(
        Head head,
        int[] row,
        float[] peak,
        float[] rows,
        float[] found,
        float[] byContent,
        Effect[] effect,
        double[] size) {
    static HeadSteps of(Head head) {
        int steps = head.weighting().length;
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
        float[] w = head.weighting()[t];
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
        byContent[t] = head.byContent(t, largest);
    }

    /** The shift that has most weight at a step. */
    int shift(int t) {
        return head.shift(t);
    }

    /** The rows from where the head was at the step before to where it is, the shorter way around the memory. */
    int delta(int t) {
        int count = head.rows();
        int ahead = Math.floorMod(row[t] - row[t - 1], count);
        return 2 * ahead > count ? ahead - count : ahead;
    }

    int steps() {
        return row.length;
    }

    String name() {
        return head.name();
    }

    boolean writes() {
        return head.writes();
    }

    static int indexOfLargest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
