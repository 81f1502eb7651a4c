package io.github.ntm4j.learning.training;

/**
 * How often a training has lost again what it had learned. It counts from when the task was solved or, as long as it is not, from the first
 * evaluation that met the criterion; every later evaluation that does not meet it is a relapse.
 *
 * @param since sequences seen when the count began, -1 if it has not begun
 * @param evaluations evaluations after that
 * @param relapsed how many of them did not meet the criterion
 * @param inARow how many of the latest
 * @param mostBits most bits per sequence above the optimum in a relapse
 * @param mostErrors most bit errors per sequence in a relapse
 */
public record Relapses(long since, int evaluations, int relapsed, int inARow, double mostBits, double mostErrors) {
    /** Nothing learned yet that could be lost. */
    public static final Relapses NONE = new Relapses(-1, 0, 0, 0, 0, 0);

    /**
     * The same after one more evaluation.
     *
     * @param sequences sequences seen so far
     * @param evaluation how it went
     * @param met whether it met the criterion
     * @param newlySolved whether the task is solved by it
     * @return the relapses so far
     */
    Relapses after(long sequences, Evaluation evaluation, boolean met, boolean newlySolved) {
        if (newlySolved || (since < 0 && met)) {
            return new Relapses(sequences, 0, 0, 0, 0, 0);
        }
        if (since < 0) {
            return this;
        }
        return met
                ? new Relapses(since, evaluations + 1, relapsed, 0, mostBits, mostErrors)
                : new Relapses(
                        since,
                        evaluations + 1,
                        relapsed + 1,
                        inARow + 1,
                        larger(evaluation.excessBits(), mostBits),
                        larger(evaluation.bitErrorsPerSequence(), mostErrors));
    }

    private static double larger(double measured, double most) {
        return Double.isFinite(measured) ? Math.max(measured, most) : most;
    }
}
