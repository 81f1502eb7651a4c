package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.MemoryKernels;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;

/** Reading, Graves et al. 2014, eq. 2: {@code r = sum over n of w(n) M(n)}, the rows of the memory by their weights. */
public final class Read implements Operation {
    private final Tape tape;
    private final Tensor memory;
    private final Tensor weighting;
    private final Tensor result;

    private Read(Tape tape, Tensor memory, Tensor weighting) {
        this.tape = tape;
        this.memory = memory;
        this.weighting = weighting;
        this.result = tape.allocate(memory.batch(), weighting.lines(), memory.lines());
    }

    /**
     * Records the reads of some heads.
     *
     * @param tape the tape
     * @param memory {@code [batch][width][rows]}
     * @param weighting {@code [batch][heads][rows]}
     * @return {@code [batch][heads][width]}
     */
    public static Tensor of(Tape tape, Tensor memory, Tensor weighting) {
        memory.require("memory", memory.batch(), memory.lines(), memory.size());
        weighting.require("weighting", memory.batch(), weighting.lines(), memory.size());
        Read operation = new Read(tape, memory, weighting);
        tape.record(operation);
        return operation.result;
    }

    @Override
    public Work work() {
        return new Work(weighting.lines() * cells(), Float.BYTES * cells(), 0);
    }

    /** Reads the memory and its derivative, and writes the latter. */
    @Override
    public Work workBackward() {
        return new Work(2 * work().multiplyAdds(), 0, 3 * Float.BYTES * cells());
    }

    private long cells() {
        return (long) memory.batch() * memory.lines() * memory.size();
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < memory.batch(); b++) {
            tape.kernels()
                    .memory()
                    .read(
                            values,
                            memory.at(b, 0),
                            memory.lineStride(),
                            memory.lines(),
                            memory.size(),
                            weighting.lines(),
                            values,
                            weighting.at(b, 0),
                            weighting.lineStride(),
                            values,
                            result.at(b, 0),
                            result.lineStride());
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        MemoryKernels kernels = tape.kernels().memory();
        for (int b = 0; b < memory.batch(); b++) {
            kernels.readBackward(
                    gradients,
                    result.gradientAt(b, 0),
                    result.lineStride(),
                    values,
                    weighting.at(b, 0),
                    weighting.lineStride(),
                    weighting.lines(),
                    values,
                    memory.at(b, 0),
                    memory.lineStride(),
                    memory.lines(),
                    memory.size(),
                    gradients,
                    memory.gradientAt(b, 0),
                    gradients,
                    weighting.gradientAt(b, 0));
        }
    }
}
