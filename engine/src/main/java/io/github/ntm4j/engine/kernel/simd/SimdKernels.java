package io.github.ntm4j.engine.kernel.simd;

import io.github.ntm4j.engine.kernel.Kernels;

/** Kernels on the Vector API. This package is the only one that touches {@code jdk.incubator.vector}. */
public final class SimdKernels {
    private SimdKernels() {}

    /**
     * A new set, for one thread.
     *
     * @return the kernels
     */
    public static Kernels create() {
        return new Kernels(
                new SimdMatrix(),
                new SimdContent(),
                new SimdSimilarity(),
                new SimdAddressing(),
                new SimdMemory(),
                new SimdDynamic(),
                new SimdLink(),
                new SimdElements(),
                new SimdArrays(),
                new SimdOptimiser());
    }

    /**
     * The lane width in use.
     *
     * @return floats in a vector
     */
    public static int lanes() {
        return Lanes.SPECIES.length();
    }
}
