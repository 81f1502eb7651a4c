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
                long size = ntm.controller().size();
                long reads = (long) ntm.memory().readHeads() * ntm.memory().width();
                long controller = ntm.type() == NtmConfig.Type.NTM_LSTM
                        ? lstm(inputs + reads, size, ntm.controller().layers())
                        : (inputs + reads) * size + (ntm.controller().layers() - 1) * size * size;
                yield controller + allHeads(ntm) + (size + reads) * outputs;
            }
            default -> 0;
        };
    }

    private static long lstm(long inputs, long size, long layers) {
        return 4 * size * (inputs + size) + (layers - 1) * 4 * size * 2 * size;
    }

    private static long allHeads(NtmConfig ntm) {
        long columns = ntm.memory().width() + 3L + shifts(ntm);
        long projection = ntm.controller().size() * (heads(ntm, columns) + 2L * ntm.memory().width() * ntm.memory().writeHeads());
        return projection + content(ntm) + location(ntm) + read(ntm) + write(ntm);
    }

    private static long heads(NtmConfig ntm, long each) {
        return ((long) ntm.memory().readHeads() + ntm.memory().writeHeads()) * each;
    }

    private static long shifts(NtmConfig ntm) {
        return 2L * ntm.memory().shiftRange() + 1;
    }

    private static long cells(NtmConfig ntm) {
        return (long) ntm.memory().rows() * ntm.memory().width();
    }

    /** Multiply-adds of a step's addressing by content: keys against rows, and the norms of the rows. */
    static long content(NtmConfig ntm) {
        return heads(ntm, 2 * cells(ntm));
    }

    /** Multiply-adds of a step's addressing by location: the shift. */
    static long location(NtmConfig ntm) {
        return heads(ntm, shifts(ntm) * ntm.memory().rows());
    }

    /** Multiply-adds of a step's reads. */
    static long read(NtmConfig ntm) {
        return cells(ntm) * ntm.memory().readHeads();
    }

    /** Multiply-adds of a step's writes: erase and add. */
    static long write(NtmConfig ntm) {
        return 2 * cells(ntm) * ntm.memory().writeHeads();
    }
}
