package io.github.ntm4j.machines.machine;

import java.util.List;
import java.util.Map;

/**
 * All that a machine did with some sequences.
 *
 * @param steps for each step and sequence the parts of the state after it, and the {@code output} as probabilities
 * @param loss nats, summed over counted steps, sequences and outputs
 * @param gradients derivatives of the loss by everything that exists before the first step
 */
public record Outcome(List<List<Map<String, double[]>>> steps, double loss, Map<String, double[]> gradients) {
    /**
     * How far two outcomes are apart where they are farthest apart.
     *
     * @param size the distance, NaN if anything is NaN
     * @param place where that is
     */
    public record Deviation(double size, String place) {
        private static final Deviation NONE = new Deviation(0, "nowhere");

        /** The larger one; NaN is the largest. */
        private Deviation or(double other, String where) {
            return Double.compare(other, size) > 0 ? new Deviation(other, where) : this;
        }
    }

    /** The largest difference of states and outputs from those of another outcome. */
    public Deviation states(Outcome expected) {
        return states(expected, false);
    }

    /** The same, of those parts only that have the same size. */
    Deviation comparableStates(Outcome expected) {
        return states(expected, true);
    }

    private Deviation states(Outcome expected, boolean comparable) {
        Deviation largest = Deviation.NONE;
        requireSame("steps", steps.size(), expected.steps.size());
        for (int t = 0; t < steps.size(); t++) {
            requireSame("sequences", steps.get(t).size(), expected.steps.get(t).size());
            for (int b = 0; b < steps.get(t).size(); b++) {
                Map<String, double[]> actual = steps.get(t).get(b);
                Map<String, double[]> wanted = expected.steps.get(t).get(b);
                requireSame("parts of the state", actual.keySet(), wanted.keySet());
                for (String part : wanted.keySet()) {
                    if (!comparable || actual.get(part).length == wanted.get(part).length) {
                        String place = part + " of sequence " + b + " after step " + t;
                        largest = largest.or(distance(place, actual.get(part), wanted.get(part)), place);
                    }
                }
            }
        }
        return largest;
    }

    /** The largest difference of derivatives from those of another outcome. */
    public Deviation gradients(Outcome expected) {
        return gradients(expected, false);
    }

    /** The same, each as a share of the largest derivative by the parameter in question. */
    public Deviation relativeGradients(Outcome expected) {
        return gradients(expected, true);
    }

    private Deviation gradients(Outcome expected, boolean relative) {
        requireSame("parameters", gradients.keySet(), expected.gradients.keySet());
        Deviation largest = Deviation.NONE;
        for (Map.Entry<String, double[]> parameter : expected.gradients.entrySet()) {
            String name = parameter.getKey();
            double[] wanted = parameter.getValue();
            double distance = distance(name, gradients.get(name), wanted);
            double scale = relative && distance != 0 ? distance(name, wanted, new double[wanted.length]) : 1;
            largest = largest.or(distance / scale, "derivative by " + name);
        }
        return largest;
    }

    private static double distance(String place, double[] a, double[] b) {
        requireSame("size of " + place, a.length, b.length);
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static void requireSame(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + actual);
        }
    }
}
