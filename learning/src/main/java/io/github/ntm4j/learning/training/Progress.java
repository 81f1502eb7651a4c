package io.github.ntm4j.learning.training;

/**
 * How far a training has come: with the weights and the moments of the optimiser, all that is needed to go on.
 *
 * @param sequences sequences seen
 * @param updates updates made
 * @param skipped updates skipped
 * @param skippedInARow updates skipped since the last one made
 * @param evaluations evaluations made
 * @param solvedInARow evaluations in a row that met the criterion
 * @param solvedAt sequences seen when the task was first solved, -1 if it is not
 * @param bestBits bits per sequence of the best evaluation, above the optimum
 * @param bestErrors bit errors per sequence of the best evaluation
 * @param sinceBest evaluations since the best
 * @param stretchSequences sequences since the last report
 * @param stretchUpdates updates since the last report
 * @param stretchNats their nats
 * @param stretchErrors their wrong bits
 * @param stretchNorm their summed gradient norms
 * @param stretchClipped how many were cut
 * @param plateau whether it stands still
 * @param relapses how often it has lost again what it had learned
 * @param rollbacks how often it went back to its last good state
 * @param evaluationDue whether it was stopped in an evaluation, which is to be made before anything else
 */
public record Progress(
        long sequences,
        long updates,
        long skipped,
        int skippedInARow,
        long evaluations,
        int solvedInARow,
        long solvedAt,
        double bestBits,
        double bestErrors,
        int sinceBest,
        long stretchSequences,
        long stretchUpdates,
        double stretchNats,
        long stretchErrors,
        double stretchNorm,
        long stretchClipped,
        Plateau plateau,
        Relapses relapses,
        Rollbacks rollbacks,
        boolean evaluationDue) {
    /** Nothing done yet. */
    public static final Progress START =
            new Progress(
                    0, 0, 0, 0, 0, 0, -1, Double.MAX_VALUE, Double.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0, Plateau.NONE, Relapses.NONE, Rollbacks.NONE,
                    false);

    /**
     * Whether the task has been solved.
     *
     * @return true from the second good evaluation in a row on
     */
    public boolean solved() {
        return solvedAt >= 0;
    }
}
