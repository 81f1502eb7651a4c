package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.tape.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What the controller tells the memory in a step, eq. 2, each part through its function: {@code [batch][heads][...]}.
 *
 * @param readKeys {@code [batch][read heads][width]}
 * @param readStrengths {@code [batch][read heads][1]}
 * @param writeKeys {@code [batch][write heads][width]}
 * @param writeStrengths {@code [batch][write heads][1]}
 * @param erases {@code [batch][write heads][width]}, 0 to 1
 * @param writeVectors {@code [batch][write heads][width]}
 * @param freeGates {@code [batch][read heads][1]}, 0 to 1
 * @param allocationGates {@code [batch][write heads][1]}, 0 to 1
 * @param writeGates {@code [batch][write heads][1]}, 0 to 1
 * @param readModes {@code [batch][read heads][2 write heads + 1]}, distributions: backward along each link, content, forward along each link
 * @param readMasks {@code [batch][read heads][width]}, 0 to 1
 * @param writeMasks {@code [batch][write heads][width]}, 0 to 1
 * @param forwardSharpness {@code [batch][read heads][1]}, at least 1
 * @param backwardSharpness {@code [batch][read heads][1]}, at least 1
 */
record Interface(
        Tensor readKeys,
        Tensor readStrengths,
        Tensor writeKeys,
        Tensor writeStrengths,
        Tensor erases,
        Tensor writeVectors,
        Tensor freeGates,
        Tensor allocationGates,
        Tensor writeGates,
        @Nullable Tensor readModes,
        @Nullable Tensor readMasks,
        @Nullable Tensor writeMasks,
        @Nullable Tensor forwardSharpness,
        @Nullable Tensor backwardSharpness) {}
