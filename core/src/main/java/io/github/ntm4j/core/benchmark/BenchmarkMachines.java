package io.github.ntm4j.core.benchmark;

import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.run.Preset;

/** Machines of the sizes that are measured: the default settings but for those. */
final class BenchmarkMachines {
    private BenchmarkMachines() {}

    static NtmConfig defaults(String type) {
        return (NtmConfig) Preset.DEFAULT.machine(type);
    }

    static NtmConfig withMemory(NtmConfig c, int rows, int width) {
        return sized(c, c.controllerSize(), rows, width, c.readHeads(), c.writeHeads());
    }

    static NtmConfig withHeads(NtmConfig c, int controllerSize, int readHeads, int writeHeads) {
        return sized(c, controllerSize, c.rows(), c.width(), readHeads, writeHeads);
    }

    private static NtmConfig sized(NtmConfig c, int controllerSize, int rows, int width, int readHeads, int writeHeads) {
        return new NtmConfig(
                c.type(),
                controllerSize,
                c.controllerLayers(),
                c.controllerActivation(),
                rows,
                width,
                readHeads,
                writeHeads,
                c.shiftRange(),
                c.initialMemory(),
                c.initialMemoryValue(),
                c.initialWeighting(),
                c.initialRead(),
                c.initialController(),
                c.headOrder(),
                c.writeAddressing(),
                c.keyActivation(),
                c.addActivation(),
                c.strengthActivation(),
                c.shiftActivation(),
                c.parameterClip(),
                c.outputClip(),
                c.readTendency(),
                c.writeTendency(),
                c.strengthBias(),
                c.gateBias(),
                c.forgetBias(),
                c.weightInitialisation());
    }
}
