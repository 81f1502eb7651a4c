package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.machine.MachineConfig;

/**
 * A training step to time.
 *
 * @param name what it is called
 * @param machine the machine
 * @param task where its sequences come from
 * @param batch sequences in an update
 * @param threads threads in use
 */
public record BenchmarkCase(String name, MachineConfig machine, Task task, int batch, int threads) {
    /** Checks the numbers. */
    public BenchmarkCase {
        if (batch < 1 || threads < 1) {
            throw new IllegalArgumentException("case " + name + ": expected a batch and threads of at least 1, got " + batch + ", " + threads);
        }
    }

    /**
     * The case for people, and the key under which records of several runs are compared.
     *
     * @return {@code copy ntm-lstm, batch 32, 2 threads}
     */
    public String label() {
        return label(name, batch, threads);
    }

    static String label(String name, int batch, int threads) {
        return name + ", batch " + batch + ", " + threads + (threads == 1 ? " thread" : " threads");
    }
}
