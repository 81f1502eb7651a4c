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
                yield controller + allHeads(ntm) + (size + reads) * outputs;
            }
        };
    }

    private static long lstm(long inputs, long size, long layers) {
        return 4 * size * (inputs + size) + (layers - 1) * 4 * size * 2 * size;
    }

    private static long allHeads(NtmConfig ntm) {
        long columns = ntm.width() + 3L + shifts(ntm);
        long projection = ntm.controllerSize() * (heads(ntm, columns) + 2L * ntm.width() * ntm.writeHeads());
        return projection + content(ntm) + location(ntm) + read(ntm) + write(ntm);
    }

    private static long heads(NtmConfig ntm, long each) {
        return ((long) ntm.readHeads() + ntm.writeHeads()) * each;
    }

    private static long shifts(NtmConfig ntm) {
        return 2L * ntm.shiftRange() + 1;
    }

    private static long cells(NtmConfig ntm) {
        return (long) ntm.rows() * ntm.width();
    }

    /** Multiply-adds of a step's addressing by content: keys against rows, and the norms of the rows. */
    static long content(NtmConfig ntm) {
        return heads(ntm, 2 * cells(ntm));
    }

    /** Multiply-adds of a step's addressing by location: the shift. */
    static long location(NtmConfig ntm) {
        return heads(ntm, shifts(ntm) * ntm.rows());
    }

    /** Multiply-adds of a step's reads. */
    static long read(NtmConfig ntm) {
        return cells(ntm) * ntm.readHeads();
    }

    /** Multiply-adds of a step's writes: erase and add. */
    static long write(NtmConfig ntm) {
        return 2 * cells(ntm) * ntm.writeHeads();
    }
}
