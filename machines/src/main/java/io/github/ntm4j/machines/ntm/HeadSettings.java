package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.kernel.Activation;

/**
 * What a memory's heads are like.
 *
 * @param width floats in a row of the memory
 * @param readHeads heads that read
 * @param writeHeads heads that write
 * @param shiftRange how far a head can move in one step
 * @param readFirst whether the heads read what the step before has left, or what the same step wrote
 * @param writeTogether whether all write heads address before any writes
 * @param keyActivation function of the keys
 * @param addActivation function of the add vectors
 * @param strengthActivation function of the key strengths
 * @param sharpeningActivation function of the sharpenings
 * @param shiftActivation function of the shifts before their softmax
 * @param clip limit of the parameters before their functions, 0 for none
 * @param reading how read heads begin
 * @param writing how write heads begin
 */
public record HeadSettings(
        int width,
        int readHeads,
        int writeHeads,
        int shiftRange,
        boolean readFirst,
        boolean writeTogether,
        Activation keyActivation,
        Activation addActivation,
        Activation strengthActivation,
        Activation sharpeningActivation,
        Activation shiftActivation,
        double clip,
        HeadStart reading,
        HeadStart writing) {}
