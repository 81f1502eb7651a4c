package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.kernel.Activation;

/** A function of a vector's elements. */
public enum Squash {
    /** The identity. */
    NONE(Activation.IDENTITY),
    /** tanh. */
    TANH(Activation.TANH),
    /** The logistic function. */
    SIGMOID(Activation.SIGMOID),
    /** max(x, 0). */
    RELU(Activation.RELU);

    private final Activation activation;

    Squash(Activation activation) {
        this.activation = activation;
    }

    /**
     * The function as the engine knows it.
     *
     * @return the activation
     */
    public Activation activation() {
        return activation;
    }
}
