package io.github.ntm4j.learning.training;

/**
 * Whether a training stands still. Evaluations are noisy, so what counts is their running mean, geometric and with a weight of a fifth for
 * the latest. A <em>step forward</em> brings it a twentieth below what it was at the step before; the first evaluation is one, and so is any
 * evaluation of so few bits that the task may be solved. A training that has not solved its task is on a plateau when {@value #EVALUATIONS}
 * evaluations in a row, over at least a tenth of its budget, were no step forward. It leaves the plateau with the next step forward, or
 * when the task is solved.
 *
 * <p>The share of the budget keeps frequent evaluations from calling a short halt a plateau. docs/commands.md has what the rule says of
 * trainings that were measured.
 *
 * @param mean running mean of the bits per sequence above the optimum
 * @param lowest the same at the last step forward
 * @param since sequences seen by then
 * @param evaluations evaluations after it
 * @param reached whether the training is on a plateau
 */
public record Plateau(double mean, double lowest, long since, int evaluations, boolean reached) {
    /** Before the first evaluation. */
    public static final Plateau NONE = new Plateau(Double.MAX_VALUE, Double.MAX_VALUE, 0, 0, false);

    /** So many evaluations in a row without a step forward make a plateau. */
    public static final int EVALUATIONS = 10;

    private static final double WEIGHT = 0.2;
    private static final double STEP = 0.05;
    private static final double SHARE_OF_BUDGET = 0.1;
    /** A geometric mean has no place for zero. */
    private static final double FEWEST_BITS = 1e-9;

    /**
     * The same after one more evaluation.
     *
     * @param sequences sequences seen so far
     * @param excessBits bits per sequence above the optimum; an evaluation that is not finite does not count
     * @param solved whether the task is solved by now
     * @param config the settings, for the budget and the bits of a solved task
     * @return whether it stands still now
     */
    Plateau after(long sequences, double excessBits, boolean solved, TrainingConfig config) {
        if (!Double.isFinite(excessBits)) {
            return this;
        }
        double bits = Math.max(excessBits, FEWEST_BITS);
        double next = equals(NONE) ? bits : mean * StrictMath.pow(bits / mean, WEIGHT);
        if (next < (1 - STEP) * lowest || excessBits < config.stopping().solvedBits()) {
            return new Plateau(next, Math.min(lowest, next), sequences, 0, false);
        }
        boolean still = evaluations + 1 >= EVALUATIONS && sequences - since >= SHARE_OF_BUDGET * config.course().sequences();
        return new Plateau(next, lowest, since, evaluations + 1, !solved && (reached || still));
    }
}
