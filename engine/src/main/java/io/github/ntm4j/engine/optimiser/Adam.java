package io.github.ntm4j.engine.optimiser;

import io.github.ntm4j.engine.kernel.OptimiserKernels;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1), with corrected bias. */
public final class Adam implements Optimiser {
    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private final float[] means;
    private final float[] squares;

    /**
     * A rule without history.
     *
     * @param size floats of parameters
     * @param beta1 how much of the running mean stays
     * @param beta2 how much of the running square stays
     * @param epsilon added to the root
     */
    public Adam(int size, float beta1, float beta2, float epsilon) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.means = new float[size];
        this.squares = new float[size];
    }

    @Override
    public void update(
            OptimiserKernels kernels, float rate, long update, float[] gradient, float[] weights, int from, int to) {
        double bias1 = 1 - StrictMath.pow(beta1, (double) update);
        double bias2 = 1 - StrictMath.pow(beta2, (double) update);
        kernels.adam(
                (float) (rate / bias1),
                beta1,
                beta2,
                (float) (1 / StrictMath.sqrt(bias2)),
                epsilon,
                gradient,
                means,
                squares,
                weights,
                from,
                to);
    }

    @Override
    public double largestStep(float rate, long update, double gradient, double moment) {
        return rate / (1 - StrictMath.pow(beta1, (double) update)) * Math.max(gradient, moment) / epsilon;
    }

    @Override
    public SequencedMap<String, float[]> moments() {
        SequencedMap<String, float[]> moments = new LinkedHashMap<>();
        moments.put("means", means);
        moments.put("squares", squares);
        return moments;
    }
}
