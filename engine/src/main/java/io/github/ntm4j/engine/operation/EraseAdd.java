package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Writing, Graves et al. 2014, eq. 3 and 4: {@code M'(n) = M(n) (1 - w(n) e) + w(n) a}, one head after the other, each on what the one
 * before has written. The new memory shares the derivatives of the old one, turned in place on the way back, so the old memory must be read
 * and addressed before the write is recorded.
 */
public final class EraseAdd implements Operation {
    private final Tape tape;
    private final Tensor memory;
    private final Tensor weighting;
    private final Tensor erase;
    private final Tensor add;
    private final Tensor result;

    private EraseAdd(Tape tape, Tensor memory, Tensor weighting, Tensor erase, Tensor add) {
        this.tape = tape;
        this.memory = memory;
        this.weighting = weighting;
        this.erase = erase;
        this.add = add;
        this.result = tape.supersede(memory);
    }

    /**
     * Records the writes of some heads.
     *
     * @param tape the tape
     * @param memory {@code [batch][width][rows]}, not to be used afterwards
     * @param weighting {@code [batch][heads][rows]}
     * @param erase {@code [batch][heads][width]}
     * @param add {@code [batch][heads][width]}
     * @return the memory after all writes
     */
    public static Tensor of(Tape tape, Tensor memory, Tensor weighting, Tensor erase, Tensor add) {
        memory.require("memory", memory.batch(), memory.lines(), memory.size());
        weighting.require("weighting", memory.batch(), weighting.lines(), memory.size());
        erase.require("erase", memory.batch(), weighting.lines(), memory.lines());
        add.require("add", memory.batch(), weighting.lines(), memory.lines());
        EraseAdd operation = new EraseAdd(tape, memory, weighting, erase, add);
        tape.record(operation);
        return operation.result;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < memory.batch(); b++) {
            tape.kernels()
                    .memory()
                    .eraseAdd(
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
                            erase.at(b, 0),
                            erase.lineStride(),
                            values,
                            add.at(b, 0),
                            add.lineStride(),
                            values,
                            result.at(b, 0));
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < memory.batch(); b++) {
            tape.kernels()
                    .memory()
                    .eraseAddBackward(
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
                            erase.at(b, 0),
                            erase.lineStride(),
                            values,
                            add.at(b, 0),
                            add.lineStride(),
                            gradients,
                            memory.gradientAt(b, 0),
                            gradients,
                            weighting.gradientAt(b, 0),
                            gradients,
                            erase.gradientAt(b, 0),
                            gradients,
                            add.gradientAt(b, 0));
        }
    }
}
