package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.config.Setting;

/**
 * How free rows are found: eq. 4 and 5.
 *
 * @param usageGradient whether the usage passes derivatives to the write weightings
 * @param usageOrder how rows are told to be free
 * @param orderBits usages that agree in so many bits behind the binary point go by index; 0 for those that agree in all
 * @param allocationEpsilon the least usage in the running product
 * @param deallocate whether a row that is freed is erased as well
 */
public record AllocationSettings(
        @Setting("whether the usage passes derivatives to the write weightings") UsageGradient usageGradient,
        @Setting("how free rows are found") UsageOrder usageOrder,
        @Setting(value = "bits behind the binary point that the order of usages looks at, 0 for all", min = 0, max = 23) int orderBits,
        @Setting(value = "least usage in the running product", min = 0, max = 0.1) double allocationEpsilon,
        @Setting("whether a row that is freed is erased as well") boolean deallocate) {
    /** Whether the usage passes derivatives to the write weightings. */
    public enum UsageGradient {
        /** No (deepmind-dnc, Csordas and Schmidhuber 2019). */
        STOP,
        /** Yes (Graves et al. 2016, Franke et al. 2018, pytorch-dnc). */
        FULL
    }

    /** How free rows are found. */
    public enum UsageOrder {
        /** In the order of their usage, eq. 5. */
        SORTED,
        /** Without an order, {@code a = softmax(2.13 (1 - u))} (Ben-Ari and Bekker 2017). */
        SOFTMAX
    }
}
