package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * How recently each row was written, Graves et al. 2016, Methods, "temporal memory linkage": {@code p(n) = (1 - sum of w) p'(n) + w(n)}. The
 * {@link TemporalLink link} of the same step wants the precedence before.
 */
public final class Precedence implements Operation {
    private final Tape tape;
    private final Tensor before;
    private final Tensor write;
    private final Tensor precedence;

    private Precedence(Tape tape, Tensor before, Tensor write) {
        this.tape = tape;
        this.before = before;
        this.write = write;
        this.precedence = tape.allocate(before.batch(), before.lines(), before.size());
    }

    /**
     * Records the precedence of some write heads.
     *
     * @param tape the tape
     * @param precedence that of the last step, {@code [batch][heads][rows]}
     * @param write the write weightings of this step, {@code [batch][heads][rows]}
     * @return {@code [batch][heads][rows]}
     */
    public static Tensor of(Tape tape, Tensor precedence, Tensor write) {
        precedence.require("precedence", precedence.batch(), precedence.lines(), precedence.size());
        write.require("write weighting", precedence.batch(), precedence.lines(), precedence.size());
        Precedence operation = new Precedence(tape, precedence, write);
        tape.record(operation);
        return operation.precedence;
    }

    @Override
    public void forward() {
        for (int b = 0; b < before.batch(); b++) {
            for (int head = 0; head < before.lines(); head++) {
                tape.kernels()
                        .dynamic()
                        .precedence(tape.values(), before.at(b, head), write.at(b, head), before.size(), precedence.at(b, head));
            }
        }
    }

    @Override
    public void backward() {
        for (int b = 0; b < before.batch(); b++) {
            for (int head = 0; head < before.lines(); head++) {
                tape.kernels()
                        .dynamic()
                        .precedenceBackward(
                                tape.values(),
                                before.at(b, head),
                                write.at(b, head),
                                before.size(),
                                tape.gradients(),
                                precedence.gradientAt(b, head),
                                before.gradientAt(b, head),
                                write.gradientAt(b, head));
            }
        }
    }
}
