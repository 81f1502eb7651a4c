package io.github.ntm4j.learning.training;

import java.util.ArrayList;
import java.util.List;

/** What an evaluation says of a training: whether it is the best so far, solves the task, has lost it again, or stands still. */
final class Assessment {
    private static final int GOOD_EVALUATIONS = 2;

    private Assessment() {}

    /**
     * Takes an evaluation into account.
     *
     * @param evaluation how it went
     * @param certain whether a machine can have all targets right, so that errors count before bits
     * @param solvable whether that solves anything
     * @param counters how far the training has come; they change here
     * @param config the settings
     * @return what to tell, the evaluation first; it changes the counters no more
     */
    static List<TrainingEvent> of(
            Evaluation evaluation, boolean certain, boolean solvable, Counters counters, TrainingConfig config) {
        counters.evaluations++;
        boolean met = solvable && config.meetsCriterion(evaluation);
        counters.solvedInARow = met ? counters.solvedInARow + 1 : 0;
        boolean newlySolved = counters.solvedInARow >= GOOD_EVALUATIONS && !counters.solved();
        if (newlySolved) {
            counters.solvedAt = counters.sequences;
        }
        boolean best = best(evaluation, certain, counters);
        if (best) {
            counters.bestErrors = evaluation.bitErrorsPerSequence();
            counters.bestBits = evaluation.excessBits();
        }
        counters.sinceBest = best ? 0 : counters.sinceBest + 1;
        Plateau before = counters.plateau;
        Plateau plateau = before.after(counters.sequences, evaluation.excessBits(), counters.solved(), config);
        counters.plateau = plateau;
        counters.relapses = counters.relapses.after(counters.sequences, evaluation, met, newlySolved);

        List<TrainingEvent> events = new ArrayList<>();
        events.add(new TrainingEvent.Evaluated(counters.sequences, evaluation, best));
        if (newlySolved) {
            events.add(new TrainingEvent.Solved(counters.sequences));
        }
        if (plateau.reached() && !before.reached()) {
            events.add(new TrainingEvent.PlateauReached(
                    counters.sequences, plateau.since(), plateau.lowest(), evaluation.excessBits()));
        }
        if (before.reached() && !plateau.reached()) {
            events.add(new TrainingEvent.PlateauLeft(counters.sequences, before.since(), evaluation.excessBits()));
        }
        if (counters.relapses.inARow() > 0) {
            events.add(new TrainingEvent.Relapsed(
                    counters.sequences, evaluation.excessBits(), evaluation.bitErrorsPerSequence(), counters.relapses.inARow()));
        }
        return events;
    }

    /** Whether none had fewer errors, and as few of them fewer bits. Errors do not count where they can't be avoided. */
    private static boolean best(Evaluation evaluation, boolean certain, Counters counters) {
        if (!Double.isFinite(evaluation.bitsPerSequence())) {
            return false;
        }
        boolean fewerBits = evaluation.excessBits() < counters.bestBits;
        if (!certain || evaluation.optimumBitsPerSequence() > 0) {
            return fewerBits;
        }
        double errors = evaluation.bitErrorsPerSequence();
        return errors < counters.bestErrors || (errors == counters.bestErrors && fewerBits);
    }
}
