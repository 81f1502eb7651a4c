package io.github.ntm4j.machines.episode;

/**
 * A machine with a batch of sequences to learn from: it runs them forwards and backwards. How it walks a sequence is its own affair. An
 * episode serves one thread, and is used again and again.
 */
public interface Episode {
    /**
     * Makes ready for sequences of some number of steps, so that running them allocates nothing, or little.
     *
     * @param steps of the longest sequence
     */
    void extend(int steps);

    /**
     * Runs sequences forwards and backwards. A shorter one has the loss, the errors and the derivatives that it has alone.
     *
     * @param sequences the sequences, as many as the batch from the first
     * @param from the first of them
     * @param noise where random numbers come from, for the sequences as they are numbered in the array
     * @param scale factor of the derivatives
     * @param gradients receives the derivatives by the parameters; overwritten
     */
    void run(Sequence[] sequences, int from, NoiseSource noise, double scale, float[] gradients);

    /**
     * Loss of one of the sequences last run, the machine's own costs included.
     *
     * @param b number of the sequence in the batch
     * @return nats, or half the squared error
     */
    double loss(int b);

    /**
     * What one of the sequences last run had wrong.
     *
     * @param b number of the sequence in the batch
     * @return decisions, see {@link io.github.ntm4j.machines.machine.Objective#errors}
     */
    int errors(int b);

    /**
     * Memory that this holds now.
     *
     * @return floats of its arrays
     */
    long floats();
}
