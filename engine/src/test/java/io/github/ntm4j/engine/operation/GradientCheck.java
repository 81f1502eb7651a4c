package io.github.ntm4j.engine.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Compares a run's derivatives with central differences of the double-precision reference, for two random linear functionals of the
 * results. Of a long operand the largest derivatives, some others by chance, and one random direction through all elements are
 * compared. The error is relative to the largest derivative by that operand: a small one is the difference of large terms. Where
 * even the largest is small, the terms are what comes from the results, which is of order one.
 */
final class GradientCheck {
    private static final int FUNCTIONALS = 2;
    private static final int LARGEST = 20;
    private static final int BY_CHANCE = 20;
    private static final double SMALLEST_SCALE = 0.05;

    private final Run run;
    private final RandomGenerator random;
    private final List<Array3> operands;
    private final List<List<float[]>> upstreams = new ArrayList<>();
    private double worst;
    private String worstPlace = "";

    GradientCheck(Run run) {
        this.run = run;
        this.random = run.sample.random();
        this.operands = run.sample.arrays();
        for (int f = 0; f < FUNCTIONALS; f++) {
            upstreams.add(Run.upstream(run, random));
        }
    }

    /** The largest relative error. */
    double worst() {
        float[][][] derivatives = new float[FUNCTIONALS][][];
        for (int f = 0; f < FUNCTIONALS; f++) {
            run.backward(upstreams.get(f));
            derivatives[f] = IntStream.range(0, run.derivatives()).mapToObj(run::derivative).toArray(float[][]::new);
        }
        for (int operand = 0; operand < run.derivatives(); operand++) {
            float[] first = derivatives[0][operand];
            float[] second = derivatives[1][operand];
            if (first.length > 0) {
                compare(operand, first, second);
            }
        }
        return worst;
    }

    String worstPlace() {
        return worstPlace;
    }

    private void compare(int operand, float[] first, float[] second) {
        double step = operand < run.operands.size() ? run.sample.operands().get(operand).step() : Operand.USUAL_STEP;
        int[] chosen = chosen(first);
        double[][] expected = new double[chosen.length][];
        double scale = SMALLEST_SCALE;
        for (int i = 0; i < chosen.length; i++) {
            double[] direction = new double[first.length];
            direction[chosen[i]] = step;
            expected[i] = differences(operand, direction, step);
            scale = Math.max(scale, Math.max(Math.abs(expected[i][0]), Math.abs(expected[i][1])));
        }
        for (int i = 0; i < chosen.length; i++) {
            note(operand, "element " + chosen[i], expected[i][0], first[chosen[i]], scale);
            note(operand, "element " + chosen[i], expected[i][1], second[chosen[i]], scale);
        }
        double[] direction = new double[first.length];
        double along1 = 0;
        double along2 = 0;
        for (int i = 0; i < direction.length; i++) {
            double sign = random.nextBoolean() ? 1 : -1;
            direction[i] = sign * step;
            along1 += sign * first[i];
            along2 += sign * second[i];
        }
        double[] differences = differences(operand, direction, step);
        double spread = scale * Math.sqrt(direction.length);
        note(operand, "all elements", differences[0], along1, spread);
        note(operand, "all elements", differences[1], along2, spread);
    }

    private int[] chosen(float[] derivative) {
        if (derivative.length <= LARGEST + BY_CHANCE) {
            return IntStream.range(0, derivative.length).toArray();
        }
        IntStream largest = IntStream.range(0, derivative.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(derivative[i])))
                .limit(LARGEST)
                .mapToInt(i -> i);
        return IntStream.concat(largest, random.ints(BY_CHANCE, 0, derivative.length)).toArray();
    }

    /** Derivatives of the functionals in a direction, whose elements are some steps long. */
    private double[] differences(int operand, double[] direction, double step) {
        double[] elements = operands.get(operand).elements;
        double[] middle = elements.clone();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = middle[i] + direction[i];
        }
        List<Array3> above = run.sample.reference().results(operands);
        for (int i = 0; i < elements.length; i++) {
            elements[i] = middle[i] - direction[i];
        }
        List<Array3> below = run.sample.reference().results(operands);
        System.arraycopy(middle, 0, elements, 0, middle.length);
        double[] sums = new double[FUNCTIONALS];
        for (int f = 0; f < FUNCTIONALS; f++) {
            for (int r = 0; r < above.size(); r++) {
                float[] upstream = upstreams.get(f).get(r);
                for (int i = 0; i < upstream.length; i++) {
                    sums[f] += upstream[i] * (above.get(r).elements[i] - below.get(r).elements[i]);
                }
            }
        }
        return Arrays.stream(sums).map(sum -> sum / (2 * step)).toArray();
    }

    private void note(int operand, String where, double expected, double actual, double scale) {
        double error = Math.abs(actual - expected) / scale;
        if (!(error <= worst)) {
            worst = error;
            worstPlace = run.name(operand) + ", " + where + ": expected " + expected + ", got " + actual + ", largest " + scale;
        }
    }
}
