package io.github.ntm4j.learning.training;

/** A {@link Progress} in the making. */
final class Counters {
    long sequences;
    long updates;
    long skipped;
    int skippedInARow;
    long evaluations;
    int solvedInARow;
    long solvedAt;
    double bestBits;
    double bestErrors;
    int sinceBest;
    long stretchSequences;
    long stretchUpdates;
    double stretchNats;
    long stretchErrors;
    double stretchNorm;
    long stretchClipped;
    Plateau plateau;
    Relapses relapses;
    Rollbacks rollbacks;
    boolean evaluationDue;

    Counters(Progress from) {
        sequences = from.sequences();
        updates = from.updates();
        skipped = from.skipped();
        skippedInARow = from.skippedInARow();
        evaluations = from.evaluations();
        solvedInARow = from.solvedInARow();
        solvedAt = from.solvedAt();
        bestBits = from.bestBits();
        bestErrors = from.bestErrors();
        sinceBest = from.sinceBest();
        stretchSequences = from.stretchSequences();
        stretchUpdates = from.stretchUpdates();
        stretchNats = from.stretchNats();
        stretchErrors = from.stretchErrors();
        stretchNorm = from.stretchNorm();
        stretchClipped = from.stretchClipped();
        plateau = from.plateau();
        relapses = from.relapses();
        rollbacks = from.rollbacks();
        evaluationDue = from.evaluationDue();
    }

    boolean solved() {
        return solvedAt >= 0;
    }

    void clearStretch() {
        stretchSequences = 0;
        stretchUpdates = 0;
        stretchNats = 0;
        stretchErrors = 0;
        stretchNorm = 0;
        stretchClipped = 0;
    }

    Progress freeze() {
        return new Progress(
                sequences,
                updates,
                skipped,
                skippedInARow,
                evaluations,
                solvedInARow,
                solvedAt,
                bestBits,
                bestErrors,
                sinceBest,
                stretchSequences,
                stretchUpdates,
                stretchNats,
                stretchErrors,
                stretchNorm,
                stretchClipped,
                plateau,
                relapses,
                rollbacks,
                evaluationDue);
    }
}
