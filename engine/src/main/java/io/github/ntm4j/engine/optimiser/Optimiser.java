package io.github.ntm4j.engine.optimiser;

import io.github.ntm4j.engine.kernel.OptimiserKernels;
import java.util.SequencedMap;

/** A rule that turns gradients into changes of the parameters, element by element, with moments of its own. */
public sealed interface Optimiser permits GravesRmsProp, Adam {
    /**
     * Changes a range of the weights.
     *
     * @param kernels the loops
     * @param rate the learning rate of this update
     * @param update number of this update, 1 for the first
     * @param gradient the derivatives
     * @param weights the parameters
     * @param from first element, a multiple of 16
     * @param to behind the last element, a multiple of 16
     */
    void update(OptimiserKernels kernels, float rate, long update, float[] gradient, float[] weights, int from, int to);

    /**
     * The largest change of a weight that an update can make, up to rounding: what cannot be reached needs no looking for.
     *
     * @param rate the learning rate of the update
     * @param update its number, 1 for the first
     * @param gradient the largest magnitude of a derivative
     * @param moment the largest magnitude of a moment before it
     * @return a bound of the magnitude
     */
    double largestStep(float rate, long update, double gradient, double moment);

    /**
     * What has to be stored to go on after a stop.
     *
     * @return the moments by name, laid out as the parameters; the buffers themselves
     */
    SequencedMap<String, float[]> moments();
}
