package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.RunFailedException;
import java.util.Optional;

/** Sequences to draw from in any order, all of one coding and each with a target. Serves any number of threads. */
public interface Sequences {
    /**
     * What messages call them.
     *
     * @return the file that they come from, or another name
     */
    String name();

    /**
     * How they become vectors.
     *
     * @return the coding
     */
    SequenceCoding coding();

    /**
     * What they are.
     *
     * @return SHA-256 in hexadecimal, of the file that they come from where there is one
     */
    String sha256();

    /**
     * How many there are.
     *
     * @return at least 1
     */
    int count();

    /**
     * How long a sequence is.
     *
     * @param index its number, from 0
     * @return the steps
     */
    int steps(int index);

    /**
     * A number that equal sequences have in common, and hardly any others.
     *
     * @param index its number, from 0
     * @return a hash
     */
    long hash(int index);

    /**
     * A number that sequences have in common whose targets are equal.
     *
     * @param index its number, from 0
     * @return what {@link SequenceCoding#answer} says of it; 0 where nothing counts
     */
    long answer(int index);

    /**
     * One of the sequences.
     *
     * @param index its number, from 0
     * @return its vectors
     * @throws RunFailedException if it comes from a file that cannot be read any more, or has changed
     */
    SequenceData read(int index);

    /**
     * Which of them may be held back for evaluations.
     *
     * @return any, unless they say otherwise
     */
    default HoldBack holdBack() {
        return new HoldBack.Any();
    }

    /**
     * What a user should know of them.
     *
     * @return a line, or nothing
     */
    default Optional<String> notice() {
        return Optional.empty();
    }

    /** Which sequences may be held back. */
    sealed interface HoldBack {
        /** Any of them. */
        record Any() implements HoldBack {}

        /**
         * The last ones, as they follow each other in time.
         *
         * @param overlap how many sequences before one share steps with it
         */
        record Last(int overlap) implements HoldBack {}

        /**
         * Those that the file says.
         *
         * @param first the first of them; all that follow are held back, too
         */
        record From(int first) implements HoldBack {}
    }
}
