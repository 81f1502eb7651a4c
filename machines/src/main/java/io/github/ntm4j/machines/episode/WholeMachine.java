package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.machines.machine.Machine;

/**
 * A machine that sees a sequence as a whole before it answers: a convolution over the steps, attention over all of them, hops over a table
 * that has been read. It is defined by how it records a {@link Lesson}; training, evaluating and answering follow from that. Such a machine
 * cannot stream.
 */
public interface WholeMachine extends Machine {
    /**
     * For how many steps a sequence is recorded. Sequences of the same extent share a recording, and see steps of zeros behind their ends.
     *
     * @param steps of the sequence, at least 1
     * @return as many or more; never fewer for a longer sequence
     */
    int extent(int steps);

    /**
     * Records the machine on a batch of sequences of one extent. It tells the lesson its outputs by {@link Lesson#answer}. What it makes of a
     * sequence must not depend on the steps behind its end, nor on the other sequences: {@link Lesson#present} says which steps there are.
     *
     * @param lesson the sequences
     * @return the loss of each sequence, {@code [batch][1][1]}: that of the {@linkplain Lesson#loss outputs}, and whatever else it costs
     */
    Term loss(Lesson lesson);

    @Override
    default Episode episode(Desk desk) {
        return new ByExtent(this, desk);
    }

    @Override
    default Inference inference(Desk desk) {
        return new WholeInference(this, desk);
    }

    @Override
    default RecordingSize size(Desk desk, boolean training) {
        return new ExtentSize(this, desk, training);
    }
}
