package io.github.ntm4j.engine.parameter;

import java.util.List;

/**
 * A parameter as the outside world sees it: a name, a shape and its elements in row-major order, wherever the engine keeps them. It reads
 * and writes any buffer that is laid out as {@link Parameters#values}: weights, gradients, moments of an optimiser.
 */
public final class Entry {
    private final String name;
    private final List<Integer> shape;
    private final int[] at;
    private final boolean weights;

    Entry(String name, List<Integer> shape, int[] at, boolean weights) {
        this.name = name;
        this.shape = shape;
        this.at = at;
        this.weights = weights;
    }

    /**
     * The name in files.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The length of each axis.
     *
     * @return the shape
     */
    public List<Integer> shape() {
        return shape;
    }

    /**
     * Whether it is the weights of a linear map: its elements multiply something. Biases, grids and initial states are none.
     *
     * @return true for weights
     */
    public boolean isWeights() {
        return weights;
    }

    /**
     * Number of elements.
     *
     * @return the product of the shape
     */
    public int elements() {
        return at.length;
    }

    /** The same, of what is only counted too. */
    long count() {
        return shape.stream().mapToLong(length -> length).reduce(1, (a, b) -> a * b);
    }

    /**
     * Copies the elements out of a buffer.
     *
     * @param buffer laid out as {@link Parameters#values}
     * @return the elements in row-major order
     */
    public float[] read(float[] buffer) {
        float[] elements = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            elements[i] = buffer[at[i]];
        }
        return elements;
    }

    /**
     * Copies elements into a buffer.
     *
     * @param elements in row-major order
     * @param buffer laid out as {@link Parameters#values}
     * @throws IllegalArgumentException if the number of elements differs
     */
    public void write(float[] elements, float[] buffer) {
        if (elements.length != at.length) {
            throw new IllegalArgumentException(name + ": expected " + at.length + " elements, got " + elements.length);
        }
        for (int i = 0; i < at.length; i++) {
            buffer[at[i]] = elements[i];
        }
    }
}
