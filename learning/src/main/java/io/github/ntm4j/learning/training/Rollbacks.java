package io.github.ntm4j.learning.training;

/**
 * How often a training went back to its last good state, the one of its last evaluation that was finite or, before the first, the one that
 * it began with: weights and moments, while sequences and counters go on. Each time the learning rate is halved.
 *
 * @param made how often since the training began, or went on after it had diverged
 * @param rate what is left of the learning rate, as a factor
 * @param good sequences seen by the last good state, -1 where none was taken
 * @param goodUpdates updates that its moments hold
 * @param undone updates made and undone again
 */
public record Rollbacks(int made, double rate, long good, long goodUpdates, long undone) {
    /** None, and no state to go back to. */
    public static final Rollbacks NONE = new Rollbacks(0, 1, -1, 0, 0);

    private static final double FACTOR = 0.5;

    /** The same with the present state as the last good one. */
    Rollbacks from(long sequences, long updates) {
        return new Rollbacks(made, rate, sequences, updates - undone, undone);
    }

    /** The same after one more. */
    Rollbacks after(long updates) {
        return new Rollbacks(made + 1, rate * FACTOR, good, goodUpdates, updates - goodUpdates);
    }

    /** The same for a new attempt: as many as are allowed, at the rate that is left. */
    Rollbacks again() {
        return new Rollbacks(0, rate, good, goodUpdates, undone);
    }

    /** The same without a state to go back to. */
    Rollbacks without() {
        return new Rollbacks(made, rate, -1, 0, undone);
    }

    /**
     * Whether the last good state is another than that of a training that has come to some number of sequences.
     *
     * @param sequences sequences seen
     * @return true if a checkpoint has to hold both
     */
    public boolean apartFrom(long sequences) {
        return good >= 0 && good != sequences;
    }
}
