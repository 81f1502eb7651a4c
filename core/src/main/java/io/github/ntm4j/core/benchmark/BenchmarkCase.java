package io.github.ntm4j.core.benchmark;

import io.github.ntm4j.core.machine.MachineConfig;

/**
 * A training step to time.
 *
 * @param name what it is called
 * @param machine the machine
 * @param batch sequences in an update
 * @param threads threads in use
 */
public record BenchmarkCase(String name, MachineConfig machine, int batch, int threads) {
    /** Checks the numbers. */
    public BenchmarkCase {
        if (batch < 1 || threads < 1) {
            throw new IllegalArgumentException("case " + name + ": expected a batch and threads of at least 1, got " + batch + ", " + threads);
        }
    }
}
