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
     * What has to be stored to go on after a stop.
     *
     * @return the moments by name, laid out as the parameters; the buffers themselves
     */
    SequencedMap<String, float[]> moments();
}
