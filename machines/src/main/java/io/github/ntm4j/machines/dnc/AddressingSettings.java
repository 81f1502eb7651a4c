package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.config.Setting;

/**
 * How the interface vector becomes parameters of the heads, and how keys find rows: eq. 2 and C(M, k, b).
 *
 * @param strength function of the key strengths
 * @param vectors function of keys and write vectors
 * @param cosine where the cosine has its epsilon, 1e-6
 * @param mask whether heads say which columns of a row count when they look for their key
 * @param maskMinimum the least that a column counts
 * @param layerNorm whether the interface vector is normalised, with a learned scale and shift
 * @param clip what is clipped
 * @param clipValue the limit
 */
public record AddressingSettings(
        @Setting("function of the key strengths") Strength strength,
        @Setting("function of keys and write vectors") Vectors vectors,
        @Setting("where the cosine has its epsilon") Cosine cosine,
        @Setting("whether heads say which columns of a row count when they look for their key") boolean mask,
        @Setting(value = "the least that a column counts with a mask", min = 0, max = 0.99) double maskMinimum,
        @Setting("whether the interface vector is normalised, with a learned scale and shift") boolean layerNorm,
        @Setting("what is clipped") Clip clip,
        @Setting(value = "limit of what is clipped", min = 1e-3, max = 1e6) double clipValue) {
    /** Function of the key strengths. */
    public enum Strength {
        /** {@code 1 + log(1 + exp(x))} (Graves et al. 2016). */
        ONEPLUS,
        /** {@code log(1 + exp(x))} (deepmind-dnc). */
        SOFTPLUS
    }

    /** Function of keys and write vectors. */
    public enum Vectors {
        /** The identity (Graves et al. 2016). */
        LINEAR,
        /** tanh (pytorch-dnc). */
        TANH
    }

    /** Where the cosine of key k and row m has its epsilon. */
    public enum Cosine {
        /** {@code k m / (|k| |m| + epsilon)} (Csordas and Schmidhuber 2019, pytorch-dnc). */
        DENOMINATOR,
        /** {@code k m / (sqrt(k k + epsilon) sqrt(m m + epsilon) + epsilon)} (deepmind-dnc). */
        NORMS,
        /** {@code k m / (|k| |m|)} (Graves et al. 2016); a zero key or row resembles nothing. */
        EXACT
    }

    /** What is clipped. */
    public enum Clip {
        /** Nothing. */
        NONE,
        /** The interface vector before its functions (Csordas and Schmidhuber 2019). */
        INTERFACE,
        /** The controller's state and output and the machine's output (deepmind-dnc). */
        STATE,
        /** The controller's output, but not what it hands to its next step (pytorch-dnc). */
        HIDDEN
    }
}
