package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.LinkKernels;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;

/**
 * The order of writing, Graves et al. 2016, equations 6 to 8: the link {@code L(i, j) = (1 - w(i) - w(j)) L'(i, j) + w(i) p'(j)}, 0 where i = j, says
 * how much row i was written right after row j; and the weightings to which it leads from those of the last step, {@code f = L r'} along the
 * links and {@code b = transposed L r'} against them. The new link shares the derivatives of the old one, turned in place on the way back.
 *
 * <p>Never invert the update instead of keeping links: {@code 1 - w(i) - w(j)} reaches 0.
 */
public final class TemporalLink implements Operation {
    private final Tape tape;
    private final LinkHistory history;
    private final Tensor before;
    private final Tensor precedence;
    private final Tensor write;
    private final Tensor read;
    private final int step;
    private final Tensor link;
    private final Tensor forward;
    private final Tensor backward;

    private TemporalLink(Tape tape, LinkHistory history, Tensor before, Tensor precedence, Tensor write, Tensor read) {
        this.tape = tape;
        this.history = history;
        this.before = before;
        this.precedence = precedence;
        this.write = write;
        this.read = read;
        this.step = history.next(before);
        this.link = history.place(tape, step, before);
        this.forward = tape.allocate(read.batch(), read.lines(), read.size());
        this.backward = tape.allocate(read.batch(), read.lines(), read.size());
    }

    /**
     * Records a step of one write head.
     *
     * @param tape the tape
     * @param history what this recording keeps of the write head's links
     * @param link which row was written after which, {@code [batch][rows][rows]}, not to be used afterwards
     * @param precedence how recently each row was written before this step, {@code [batch][1][rows]}
     * @param write the write weighting of this step, {@code [batch][1][rows]}
     * @param read the read weightings of the last step, {@code [batch][heads][rows]}
     * @return the recorded operation, with the new link and the weightings
     * @throws IllegalArgumentException if shapes don't fit, or the link is not the one that the last step in the history left
     */
    public static TemporalLink of(
            Tape tape, LinkHistory history, Tensor link, Tensor precedence, Tensor write, Tensor read) {
        link.require("link", link.batch(), link.size(), link.size());
        precedence.require("precedence", link.batch(), 1, link.size());
        write.require("write weighting", link.batch(), 1, link.size());
        read.require("read weighting", link.batch(), read.lines(), link.size());
        TemporalLink operation = new TemporalLink(tape, history, link, precedence, write, read);
        history.add(operation);
        tape.record(operation);
        return operation;
    }

    /**
     * Which row was written after which, this step's write included. Unless the history keeps it, it is gone after the next step.
     *
     * @return {@code [batch][rows][rows]}
     */
    public Tensor link() {
        return link;
    }

    /**
     * What was written after the rows that were read.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor forwardWeighting() {
        return forward;
    }

    /**
     * What was written before the rows that were read.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor backwardWeighting() {
        return backward;
    }

    /** Two for each pair of rows, {@code (1 - w(i) - w(j)) L'} and {@code w(i) p'(j)}, and one for each product with a read weighting. */
    @Override
    public Work work() {
        return new Work(2 * (1L + read.lines()) * cells(), 0, 2 * Float.BYTES * cells());
    }

    /** Reads the link before and the derivative, and writes the latter; the new link is computed again on the way, which does not count. */
    @Override
    public Work workBackward() {
        return new Work(2 * work().multiplyAdds(), 0, 3 * Float.BYTES * cells());
    }

    private long cells() {
        return (long) before.batch() * before.lines() * before.size();
    }

    @Override
    public void forward() {
        history.requireForward(step, tape.values());
        update(before, link, read.lines());
    }

    /** Computes the link alone, as on the way forwards. */
    void runLink() {
        update(before, link, 0);
    }

    /** Computes the link alone where it is on the way back. */
    void updateLink() {
        update(history.placeBefore(step, before), history.place(step, link), 0);
    }

    private void update(Tensor from, Tensor to, int heads) {
        for (int b = 0; b < before.batch(); b++) {
            tape.kernels()
                    .links()
                    .update(
                            tape.values(),
                            from.at(b, 0),
                            from.lineStride(),
                            from.size(),
                            write.at(b, 0),
                            precedence.at(b, 0),
                            to.at(b, 0),
                            heads,
                            read.at(b, 0),
                            read.lineStride(),
                            forward.at(b, 0),
                            backward.at(b, 0),
                            forward.lineStride());
        }
    }

    @Override
    public void backward() {
        history.requireBackward(step);
        Tensor old = history.placeBefore(step, before);
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        LinkKernels kernels = tape.kernels().links();
        for (int b = 0; b < before.batch(); b++) {
            kernels.updateBackward(
                    values,
                    old.at(b, 0),
                    old.lineStride(),
                    old.size(),
                    write.at(b, 0),
                    precedence.at(b, 0),
                    read.lines(),
                    read.at(b, 0),
                    read.lineStride(),
                    gradients,
                    forward.gradientAt(b, 0),
                    backward.gradientAt(b, 0),
                    forward.lineStride(),
                    link.gradientAt(b, 0),
                    write.gradientAt(b, 0),
                    precedence.gradientAt(b, 0),
                    read.gradientAt(b, 0));
        }
    }
}
