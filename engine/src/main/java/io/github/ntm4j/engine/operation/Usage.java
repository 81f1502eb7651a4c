package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * How much each row is in use, Graves et al. 2016, Methods, "dynamic memory allocation": what read heads do not free is retained,
 * {@code psi(n) = product over the read heads of (1 - f w'(n))}, and {@code u(n) = (u'(n) + w'(n) - u'(n) w'(n)) psi(n)} for the weighting w' of the
 * write head, or of several one after the other. Usage and weightings are those of the step before.
 */
public final class Usage implements Operation {
    /** Whether the derivative by the usage goes on to the write weighting of the step before. */
    public enum Gradient {
        /** It stops there: google-deepmind/dnc, Csordas and Schmidhuber 2019. */
        STOP,
        /** It goes on, as the equation has it: Graves et al. 2016. */
        FULL
    }

    private final Tape tape;
    private final Tensor before;
    private final Tensor write;
    private final Tensor free;
    private final Tensor read;
    private final Gradient gradient;
    private final Tensor retention;
    private final Tensor usage;

    private Usage(Tape tape, Tensor before, Tensor write, Tensor free, Tensor read, Gradient gradient) {
        this.tape = tape;
        this.before = before;
        this.write = write;
        this.free = free;
        this.read = read;
        this.gradient = gradient;
        this.retention = tape.allocate(before.batch(), 1, before.size());
        this.usage = tape.allocate(before.batch(), 1, before.size());
    }

    /**
     * Records retention and usage.
     *
     * @param tape the tape
     * @param usage the usage of the last step, {@code [batch][1][rows]}
     * @param write the write weightings of the last step, {@code [batch][write heads][rows]}
     * @param free the free gates of this step, {@code [batch][read heads][1]}
     * @param read the read weightings of the last step, {@code [batch][read heads][rows]}
     * @param gradient whether the derivative goes on to the write weightings
     * @return the recorded operation, with retention and usage
     */
    public static Usage of(Tape tape, Tensor usage, Tensor write, Tensor free, Tensor read, Gradient gradient) {
        usage.require("usage", usage.batch(), 1, usage.size());
        write.require("write weighting", usage.batch(), write.lines(), usage.size());
        read.require("read weighting", usage.batch(), read.lines(), usage.size());
        free.require("free gate", usage.batch(), read.lines(), 1);
        Usage operation = new Usage(tape, usage, write, free, read, gradient);
        tape.record(operation);
        return operation;
    }

    /**
     * How much of each row the read heads let stand.
     *
     * @return {@code [batch][1][rows]}
     */
    public Tensor retention() {
        return retention;
    }

    /**
     * How much each row is in use.
     *
     * @return {@code [batch][1][rows]}
     */
    public Tensor usage() {
        return usage;
    }

    @Override
    public void forward() {
        for (int b = 0; b < before.batch(); b++) {
            tape.kernels()
                    .dynamic()
                    .usage(
                            tape.values(),
                            before.at(b, 0),
                            write.lines(),
                            write.at(b, 0),
                            write.lineStride(),
                            read.lines(),
                            free.at(b, 0),
                            free.lineStride(),
                            read.at(b, 0),
                            read.lineStride(),
                            before.size(),
                            retention.at(b, 0),
                            usage.at(b, 0));
        }
    }

    @Override
    public void backward() {
        boolean full = gradient == Gradient.FULL;
        for (int b = 0; b < before.batch(); b++) {
            tape.kernels()
                    .dynamic()
                    .usageBackward(
                            tape.values(),
                            before.at(b, 0),
                            write.lines(),
                            write.at(b, 0),
                            write.lineStride(),
                            read.lines(),
                            free.at(b, 0),
                            free.lineStride(),
                            read.at(b, 0),
                            read.lineStride(),
                            before.size(),
                            retention.at(b, 0),
                            tape.gradients(),
                            retention.gradientAt(b, 0),
                            usage.gradientAt(b, 0),
                            before.gradientAt(b, 0),
                            full,
                            full ? write.gradientAt(b, 0) : 0,
                            free.gradientAt(b, 0),
                            read.gradientAt(b, 0));
        }
    }
}
