package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;
import org.jspecify.annotations.Nullable;

/**
 * Writing, Graves et al. 2014, eq. 3 and 4: {@code M'(n) = M(n) (1 - w(n) e) + w(n) a}, one head after the other, each on what the one
 * before has written. With a retention psi, Csordas and Schmidhuber 2019, section 3.2, what read heads free is erased in the same stroke:
 * {@code M'(n) = M(n) psi(n) (1 - w(n) e) + w(n) a}. The new memory shares the derivatives of the old one, turned in place on the way back, so the old memory must be read
 * and addressed before the write is recorded.
 */
public final class EraseAdd implements Operation {
    private final Tape tape;
    private final Tensor memory;
    private final @Nullable Tensor retention;
    private final Tensor weighting;
    private final Tensor erase;
    private final Tensor add;
    private final Tensor result;

    private EraseAdd(
            Tape tape, Tensor memory, @Nullable Tensor retention, Tensor weighting, Tensor erase, Tensor add) {
        this.tape = tape;
        this.memory = memory;
        this.retention = retention;
        this.weighting = weighting;
        this.erase = erase;
        this.add = add;
        this.result = tape.supersede(memory);
        if (retention != null) {
            tape.reserveScratch(Rows.FIRST + memory.batchStride());
        }
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
        return recorded(tape, memory, null, weighting, erase, add);
    }

    /**
     * Records the writes of some heads to what is retained of a memory.
     *
     * @param tape the tape
     * @param memory {@code [batch][width][rows]}, not to be used afterwards
     * @param retention how much of each row is left before the writes, {@code [batch][1][rows]}
     * @param weighting {@code [batch][heads][rows]}
     * @param erase {@code [batch][heads][width]}
     * @param add {@code [batch][heads][width]}
     * @return the memory after all writes
     */
    public static Tensor of(Tape tape, Tensor memory, Tensor retention, Tensor weighting, Tensor erase, Tensor add) {
        retention.require("retention", memory.batch(), 1, memory.size());
        return recorded(tape, memory, retention, weighting, erase, add);
    }

    private static Tensor recorded(
            Tape tape, Tensor memory, @Nullable Tensor retention, Tensor weighting, Tensor erase, Tensor add) {
        memory.require("memory", memory.batch(), memory.lines(), memory.size());
        weighting.require("weighting", memory.batch(), weighting.lines(), memory.size());
        erase.require("erase", memory.batch(), weighting.lines(), memory.lines());
        add.require("add", memory.batch(), weighting.lines(), memory.lines());
        EraseAdd operation = new EraseAdd(tape, memory, retention, weighting, erase, add);
        tape.record(operation);
        return operation.result;
    }

    /** Erasing and adding. */
    @Override
    public Work work() {
        return new Work(2L * weighting.lines() * cells(), 0, 2 * Float.BYTES * cells());
    }

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
            if (retention != null) {
                retain(b, retention, values, result.at(b, 0));
            }
            tape.kernels()
                    .memory()
                    .eraseAdd(
                            values,
                            retention == null ? memory.at(b, 0) : result.at(b, 0),
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

    /** Puts what is retained of a memory in a place. */
    private void retain(int b, Tensor rows, float[] y, int yAt) {
        tape.kernels()
                .dynamic()
                .retain(
                        tape.values(),
                        memory.at(b, 0),
                        memory.lineStride(),
                        memory.lines(),
                        memory.size(),
                        rows.at(b, 0),
                        y,
                        yAt);
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < memory.batch(); b++) {
            if (retention != null) {
                retain(b, retention, tape.scratch(), Rows.FIRST);
            }
            tape.kernels()
                    .memory()
                    .eraseAddBackward(
                            retention == null ? values : tape.scratch(),
                            retention == null ? memory.at(b, 0) : Rows.FIRST,
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
            if (retention != null) {
                tape.kernels()
                        .dynamic()
                        .retainBackward(
                                values,
                                memory.at(b, 0),
                                memory.lineStride(),
                                memory.lines(),
                                memory.size(),
                                retention.at(b, 0),
                                gradients,
                                memory.gradientAt(b, 0),
                                retention.gradientAt(b, 0));
            }
        }
    }
}
