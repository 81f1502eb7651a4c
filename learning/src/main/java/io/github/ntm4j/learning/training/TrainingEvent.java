package io.github.ntm4j.learning.training;

/** What a training tells whoever listens. */
public sealed interface TrainingEvent {
    /**
     * The training begins, or goes on.
     *
     * @param sequences sequences seen before
     */
    record Started(long sequences) implements TrainingEvent {}

    /**
     * A stretch of training.
     *
     * @param sequences sequences seen so far
     * @param bitsPerSequence average over the stretch
     * @param bitErrorsPerSequence average over the stretch
     * @param learningRate rate of its last update
     * @param gradientNorm average norm of the gradient before clipping
     * @param clipped share of the updates whose gradient was cut
     * @param skipped updates skipped since the beginning
     */
    record Reported(
            long sequences,
            double bitsPerSequence,
            double bitErrorsPerSequence,
            double learningRate,
            double gradientNorm,
            double clipped,
            long skipped)
            implements TrainingEvent {}

    /**
     * An evaluation on fresh sequences.
     *
     * @param sequences sequences seen so far
     * @param evaluation how it went
     * @param best whether no evaluation before was as good
     */
    record Evaluated(long sequences, Evaluation evaluation, boolean best) implements TrainingEvent {}

    /**
     * An update that would have damaged the weights was left out.
     *
     * @param sequences sequences seen so far
     * @param reason what was not finite
     * @param inARow how many in a row
     */
    record Skipped(long sequences, String reason, int inARow) implements TrainingEvent {}

    /**
     * After five skipped updates in a row weights and moments are those of the last good state again, and the learning rate is halved.
     *
     * @param sequences sequences seen so far
     * @param good sequences seen by that state
     * @param rate what is left of the learning rate, as a factor
     * @param made how many times so far
     */
    record RolledBack(long sequences, long good, double rate, int made) implements TrainingEvent {}

    /**
     * The task is solved.
     *
     * @param sequences sequences seen so far
     */
    record Solved(long sequences) implements TrainingEvent {}

    /**
     * The training stands still, see {@link Plateau}.
     *
     * @param sequences sequences seen so far
     * @param since sequences seen by the last step forward
     * @param lowestMean running mean of the bits per sequence above the optimum then
     * @param excessBits bits per sequence above the optimum now
     */
    record PlateauReached(long sequences, long since, double lowestMean, double excessBits) implements TrainingEvent {}

    /**
     * The training stands still no longer.
     *
     * @param sequences sequences seen so far
     * @param since sequences seen by the last step forward before the plateau
     * @param excessBits bits per sequence above the optimum now
     */
    record PlateauLeft(long sequences, long since, double excessBits) implements TrainingEvent {}

    /**
     * An evaluation does not meet the criterion that one before it had met, see {@link Relapses}.
     *
     * @param sequences sequences seen so far
     * @param excessBits bits per sequence above the optimum now
     * @param bitErrorsPerSequence bit errors now
     * @param inARow how many such evaluations in a row
     */
    record Relapsed(long sequences, double excessBits, double bitErrorsPerSequence, int inARow) implements TrainingEvent {}

    /**
     * The training ends.
     *
     * @param sequences sequences seen so far
     * @param outcome why
     */
    record Finished(long sequences, Outcome outcome) implements TrainingEvent {}

    /** Why a training ended. */
    enum Outcome {
        /** The task is solved. */
        SOLVED,
        /** The budget is used up. */
        BUDGET,
        /** No better evaluation for a long time. */
        PATIENCE,
        /** Somebody asked it to stop. */
        STOPPED,
        /** Five updates in a row were not finite, after as many rollbacks as there may be. */
        DIVERGED
    }
}
