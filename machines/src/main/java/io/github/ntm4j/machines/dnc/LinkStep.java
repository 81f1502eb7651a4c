package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.LinkHistory;
import io.github.ntm4j.engine.operation.TemporalLink;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * The links of a write head after a step, and where the read heads get along them from where they were: eq. 8 and 10.
 *
 * @param link {@code [batch][rows][rows]}
 * @param backward {@code [batch][read heads][rows]}, to what was written before
 * @param forward {@code [batch][read heads][rows]}, to what was written next
 */
record LinkStep(Tensor link, Tensor backward, Tensor forward) {
    /** Below this sum there is nothing to be divided. */
    private static final double SMALLEST_SUM = 1e-30;

    /** A number for each pair of rows. */
    static LinkStep dense(Tape tape, LinkHistory history, Tensor link, Tensor precedence, Tensor write, Tensor weightings) {
        TemporalLink step = TemporalLink.of(tape, history, link, precedence, write, weightings);
        return new LinkStep(step.link(), step.backwardWeighting(), step.forwardWeighting());
    }

    /**
     * The same with the {@code entries} largest elements of both weightings, divided by their sums, and without the links below
     * {@code 1 / entries}, so that no row or column of the links has more of them (Graves et al. 2016, Methods).
     *
     * @param others {@code [batch][rows][rows]}, 0 on the diagonal and 1 elsewhere
     */
    static LinkStep sparse(Tape tape, int entries, Tensor others, Tensor link, Tensor precedence, Tensor write, Tensor weightings) {
        Term to = largest(Term.of(tape, write), entries);
        Term from = largest(Term.of(tape, precedence), entries);
        Term all = to.column().plus(to).complement().times(Term.of(tape, link)).plus(to.column().times(from)).times(Term.of(tape, others));
        Term small = all.times(0).plus(1.0 / entries).above(all);
        Term kept = all.times(small.complement());
        Term last = Term.of(tape, weightings);
        return new LinkStep(kept.at(), last.through(kept).at(), last.against(kept).at());
    }

    /** The largest elements, equal ones by the lower index, divided by their sum. */
    private static Term largest(Term weighting, int entries) {
        Term rows = weighting.negative().order(0).slice(0, entries);
        Term chosen = weighting.gather(rows);
        return chosen.over(chosen.sum().atLeast(SMALLEST_SUM)).scatter(rows, weighting.at().size());
    }
}
