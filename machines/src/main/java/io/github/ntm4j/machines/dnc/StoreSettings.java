package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.config.Setting;

/**
 * The memory and its heads.
 *
 * @param rows rows of the memory
 * @param width floats in a row
 * @param readHeads heads that read
 * @param writeHeads heads that write, with links of their own (deepmind-dnc)
 * @param start memory, weightings and reads before the first step
 * @param tendency what the heads tend to do before training
 * @param strengthBias bias of the key strengths before training
 */
public record StoreSettings(
        @Setting(value = "rows of the memory", min = 1, max = 1048576) int rows,
        @Setting(value = "floats in a row of the memory", min = 1, max = 16384) int width,
        @Setting(value = "heads that read", min = 1, max = 256) int readHeads,
        @Setting(value = "heads that write", min = 1, max = 256) int writeHeads,
        @Setting("memory, weightings and reads before the first step") Start start,
        @Setting("what the heads tend to do before training") Tendency tendency,
        @Setting(value = "bias of the key strengths before training", min = -20, max = 20) double strengthBias) {
    /** What there is before the first step. */
    public enum Start {
        /** Nothing: all zero (Graves et al. 2016 and most others). */
        ZERO,
        /** A millionth everywhere in memory, weightings and reads (Mostafa-Samir/DNC-tensorflow). */
        SMALL,
        /** The memory 1 / (rows width), weightings drawn once from the seed and stored with the parameters (Franke et al. 2018). */
        RANDOM,
        /** The memory is a parameter, all else is zero. More rows than it was trained with repeat the learned ones in turn. */
        LEARNED
    }

    /** What the heads tend to do before training. */
    public enum Tendency {
        /** Nothing: all biases are zero. */
        NONE,
        /** To write where there is room, to read in the order of writing, and to free nothing: gates by biases of 2, modes by one of 2. */
        TAPE
    }
}
