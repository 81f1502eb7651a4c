package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.Activation;

/**
 * Some columns of a row and the function that {@link ActivateColumns} applies to them.
 *
 * @param from first column
 * @param count number of columns
 * @param activation function of each element
 * @param softmax true if the columns become a distribution instead, and the activation is the identity
 */
public record Columns(int from, int count, Activation activation, boolean softmax) {
    /**
     * Columns whose elements go through a function.
     *
     * @param from first column
     * @param count number of columns
     * @param activation the function
     * @return the columns
     */
    public static Columns of(int from, int count, Activation activation) {
        return new Columns(from, count, activation, false);
    }

    /**
     * Columns that become a distribution, {@code exp(x) / sum exp(x)}.
     *
     * @param from first column
     * @param count number of columns
     * @return the columns
     */
    public static Columns softmax(int from, int count) {
        return new Columns(from, count, Activation.IDENTITY, true);
    }
}
