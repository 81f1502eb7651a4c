package io.github.ntm4j.core.benchmark;

import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.run.Preset;
import java.util.Map;

/** Machines of the sizes that are measured: the default settings but for those. */
final class BenchmarkMachines {
    private BenchmarkMachines() {}

    static NtmConfig defaults(String type) {
        return (NtmConfig) Preset.DEFAULT.machine(type);
    }

    static NtmConfig withMemory(NtmConfig c, int rows, int width) {
        return sized(c, c.controller().size(), rows, width, c.memory().readHeads(), c.memory().writeHeads());
    }

    static NtmConfig withHeads(NtmConfig c, int controllerSize, int readHeads, int writeHeads) {
        return sized(c, controllerSize, c.memory().rows(), c.memory().width(), readHeads, writeHeads);
    }

    private static NtmConfig sized(NtmConfig c, int controllerSize, int rows, int width, int readHeads, int writeHeads) {
        return Settings.with(c, Map.of(
                "controller_size", controllerSize, "rows", rows, "width", width, "read_heads", readHeads, "write_heads", writeHeads));
    }
}
