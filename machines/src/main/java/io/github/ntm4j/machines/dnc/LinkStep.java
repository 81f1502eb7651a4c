package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.LinkHistory;
import io.github.ntm4j.engine.operation.SparseLink;
import io.github.ntm4j.engine.operation.TemporalLink;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * The links of a write head after a step, and where the read heads get along them from where they were: eq. 8 and 10.
 *
 * @param link {@code [batch][rows][rows]}, or {@code [batch][2][rows * entries]}
 * @param backward {@code [batch][read heads][rows]}, to what was written before
 * @param forward {@code [batch][read heads][rows]}, to what was written next
 */
record LinkStep(Tensor link, Tensor backward, Tensor forward) {
    /** A number for each pair of rows. */
    static LinkStep dense(Tape tape, LinkHistory history, Tensor link, Tensor precedence, Tensor write, Tensor weightings) {
        TemporalLink step = TemporalLink.of(tape, history, link, precedence, write, weightings);
        return new LinkStep(step.link(), step.backwardWeighting(), step.forwardWeighting());
    }

    /** The largest entries alone. */
    static LinkStep sparse(Tape tape, Tensor link, Tensor precedence, Tensor write, Tensor weightings) {
        SparseLink step = SparseLink.of(tape, link, precedence, write, weightings);
        return new LinkStep(step.link(), step.backwardWeighting(), step.forwardWeighting());
    }
}
