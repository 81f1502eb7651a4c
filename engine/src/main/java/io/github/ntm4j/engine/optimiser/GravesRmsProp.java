package io.github.ntm4j.engine.optimiser;

import io.github.ntm4j.engine.kernel.OptimiserKernels;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * RMSProp in the form of Graves 2013 (arXiv 1308.0850, eq. 38 to 41): centred, with the small number inside the root, and with
 * momentum. The original uses decay 0.95, momentum 0.9 and epsilon 1e-4.
 */
public final class GravesRmsProp implements Optimiser {
    private final float decay;
    private final float momentum;
    private final float epsilon;
    private final float[] squares;
    private final float[] means;
    private final float[] steps;

    /**
     * A rule without history.
     *
     * @param size floats of parameters
     * @param decay how much of the running means stays
     * @param momentum how much of the last step stays
     * @param epsilon added to the variance under the root
     */
    public GravesRmsProp(int size, float decay, float momentum, float epsilon) {
        this.decay = decay;
        this.momentum = momentum;
        this.epsilon = epsilon;
        this.squares = new float[size];
        this.means = new float[size];
        this.steps = new float[size];
    }

    @Override
    public void update(
            OptimiserKernels kernels, float rate, long update, float[] gradient, float[] weights, int from, int to) {
        kernels.rmsProp(rate, decay, momentum, epsilon, gradient, squares, means, steps, weights, from, to);
    }

    @Override
    public double largestStep(float rate, long update, double gradient, double moment) {
        return momentum * moment + rate * gradient / Math.sqrt(epsilon);
    }

    @Override
    public SequencedMap<String, float[]> moments() {
        SequencedMap<String, float[]> moments = new LinkedHashMap<>();
        moments.put("squares", squares);
        moments.put("means", means);
        moments.put("steps", steps);
        return moments;
    }
}
