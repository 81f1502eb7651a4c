package io.github.ntm4j.core.benchmark;

import io.github.ntm4j.core.machine.LstmConfig;
import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.machine.NtmConfig;

/**
 * Floating-point operations of a training step by the definition of the machine, whatever the implementation does: two for each
 * multiply-add of the products with weights and with the memory, forwards once and backwards twice. Functions of single elements and the
 * optimiser are not counted.
 */
final class Operations {
    private static final int FORWARD_AND_BACKWARD = 3;

    private Operations() {}

    /** Operations of one time step of one sequence. */
    static long perSequenceStep(MachineConfig config, int inputs, int outputs) {
        return 2L * FORWARD_AND_BACKWARD * multiplyAdds(config, inputs, outputs);
    }

    private static long multiplyAdds(MachineConfig config, int inputs, int outputs) {
        return switch (config) {
            case LstmConfig lstm -> lstm(inputs, lstm.controllerSize(), lstm.controllerLayers())
                    + (long) lstm.controllerSize() * outputs;
            case NtmConfig ntm -> {
                long size = ntm.controllerSize();
                long reads = (long) ntm.readHeads() * ntm.width();
                long controller = ntm.type() == NtmConfig.Type.NTM_LSTM
                        ? lstm(inputs + reads, size, ntm.controllerLayers())
                        : (inputs + reads) * size + (ntm.controllerLayers() - 1) * size * size;
                yield controller + heads(ntm) + (size + reads) * outputs;
            }
        };
    }

    private static long lstm(long inputs, long size, long layers) {
        return 4 * size * (inputs + size) + (layers - 1) * 4 * size * 2 * size;
    }

    private static long heads(NtmConfig ntm) {
        long cells = (long) ntm.rows() * ntm.width();
        long shifts = 2L * ntm.shiftRange() + 1;
        long columns = ntm.width() + 3L + shifts;
        long heads = (long) ntm.readHeads() + ntm.writeHeads();
        long projection = ntm.controllerSize() * (heads * columns + 2L * ntm.width() * ntm.writeHeads());
        long addressing = heads * (2 * cells + shifts * ntm.rows()); // key against rows, their norms, the shift
        return projection + addressing + cells * ntm.readHeads() + 2 * cells * ntm.writeHeads(); // erase and add
    }
}
