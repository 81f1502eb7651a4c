package io.github.ntm4j.engine.kernel;

/** The functions that are applied element by element. */
public enum Activation {
    /** x. */
    IDENTITY,
    /** 1 / (1 + exp(-x)). */
    SIGMOID,
    /** tanh(x). */
    TANH,
    /** log(1 + exp(x)). */
    SOFTPLUS,
    /** 1 + log(1 + exp(x)). */
    ONE_PLUS_SOFTPLUS,
    /** max(x, 0). */
    RELU,
    /** 1 + max(x, 0). */
    ONE_PLUS_RELU
}
