package io.github.ntm4j.machines.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor as a file holds it: a name, a shape with the slowest axis first (empty for a single number), and the values in
 * that order. The array is not copied: whoever makes a stored tensor hands it over, and whoever reads it leaves it alone.
 *
 * @param name unique in its file
 * @param shape the sizes of the axes, each 0 or more
 * @param data the values, as many as the product of the shape
 */
public record StoredTensor(String name, List<Integer> shape, float[] data) {
    /** Checks that the shape describes the data. */
    public StoredTensor {
        shape = List.copyOf(shape);
        long size = 1;
        for (int axis : shape) {
            if (axis < 0) {
                throw new IllegalArgumentException("tensor " + name + ": negative size in shape " + shape);
            }
            size = Math.multiplyExact(size, (long) axis);
        }
        if (size != data.length) {
            throw new IllegalArgumentException(
                    "tensor " + name + ": shape " + shape + " means " + size + " values, but there are " + data.length);
        }
    }

    /**
     * A tensor of the given shape.
     *
     * @param name its name
     * @param data its values, the last axis fastest; not copied
     * @param shape sizes of its axes
     * @return the tensor
     */
    public static StoredTensor of(String name, float[] data, int... shape) {
        return new StoredTensor(name, Arrays.stream(shape).boxed().toList(), data);
    }

    /** Equal when name and shape are, and every value as {@link Float#equals} has it: NaN equals NaN, 0 not -0. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StoredTensor(String otherName, List<Integer> otherShape, float[] otherData)
                && name.equals(otherName)
                && shape.equals(otherShape)
                && Arrays.equals(data, otherData);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + shape.hashCode()) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return name + shape;
    }
}
