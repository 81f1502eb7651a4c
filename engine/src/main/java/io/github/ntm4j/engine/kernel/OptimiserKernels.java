package io.github.ntm4j.engine.kernel;

/** Loops over parameters, gradients and moments, from {@code from} (inclusive) to {@code to} (exclusive), multiples of 16. */
public interface OptimiserKernels {
    /**
     * Sum of the squares: the squares of blocks {@code i, i + 4, i + 8, ...} make four sums of blocks, by fused multiply-adds in their order; these
     * are added as {@code (s0 + s1) + (s2 + s3)}, and the 16 sums by the {@link Summation#tree fixed tree}. NaN or infinite if an element is, or
     * if the sum overflows.
     *
     * @param x the elements
     * @param from first element, a multiple of 16
     * @param to behind the last element, a multiple of 16
     * @return the sum
     */
    float sumOfSquares(float[] x, int from, int to);

    /**
     * {@code x *= factor}.
     *
     * @param factor what they are multiplied by
     * @param x the elements, in place
     * @param from first element, a multiple of 16
     * @param to behind the last element, a multiple of 16
     */
    void scale(float factor, float[] x, int from, int to);

    /**
     * {@code x = min(max(x, -limit), limit)}; returns whether an element was outside. x is finite.
     *
     * @param limit the largest absolute value that stays
     * @param x the elements, in place
     * @param from first element, a multiple of 16
     * @param to behind the last element, a multiple of 16
     * @return whether an element was outside
     */
    boolean clip(float limit, float[] x, int from, int to);

    /**
     * Weight decay: {@code gradient = gradient + share weight}, a fused multiply-add.
     *
     * @param share of each weight, 0 of those that stay as they are
     * @param weights the weights
     * @param gradient the derivatives, in place
     * @param from first element, a multiple of 16
     * @param to behind the last element, a multiple of 16
     */
    void decay(float[] share, float[] weights, float[] gradient, int from, int to);

    /**
     * RMSProp in the form of Graves 2013 (arXiv 1308.0850, eq. 38-41): {@code n = decay n + (1 - decay) g^2};
     * {@code m = decay m + (1 - decay) g}; {@code d = momentum d - rate g / sqrt(n - m^2 + epsilon)}; {@code w += d}.
     * A variance n - m^2 that rounding has made negative counts as zero.
     *
     * @param rate the learning rate
     * @param decay how much of the averages n and m stays, 0 to 1
     * @param momentum how much of the last step stays, 0 to 1
     * @param epsilon keeps the denominator above zero
     * @param gradient g
     * @param squares n, in place
     * @param means m, in place
     * @param steps d, in place
     * @param weights w, in place
     * @param from first element, a multiple of 16
     * @param to behind the last element, a multiple of 16
     */
    void rmsProp(
            float rate,
            float decay,
            float momentum,
            float epsilon,
            float[] gradient,
            float[] squares,
            float[] means,
            float[] steps,
            float[] weights,
            int from,
            int to);

    /**
     * Adam (Kingma and Ba 2015): {@code m = beta1 m + (1 - beta1) g}; {@code v = beta2 v + (1 - beta2) g^2};
     * {@code w -= rate m / (sqrt(v) * correction + epsilon)}, the bias corrections being folded into rate and correction.
     *
     * @param rate the learning rate with the bias correction of m
     * @param beta1 how much of m stays, 0 to 1
     * @param beta2 how much of v stays, 0 to 1
     * @param correction the bias correction of the square root of v
     * @param epsilon keeps the denominator above zero
     * @param gradient g
     * @param means m, in place
     * @param squares v, in place
     * @param weights w, in place
     * @param from first element, a multiple of 16
     * @param to behind the last element, a multiple of 16
     */
    void adam(
            float rate,
            float beta1,
            float beta2,
            float correction,
            float epsilon,
            float[] gradient,
            float[] means,
            float[] squares,
            float[] weights,
            int from,
            int to);
}
