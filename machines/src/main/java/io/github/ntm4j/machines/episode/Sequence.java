package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.border.Arguments;
import java.util.Arrays;

/**
 * One training sequence: {@code input [steps][inputs]}, {@code target [steps][outputs]} and {@code mask [steps]}, how much each step counts.
 * A sequence is a buffer that is filled again and again.
 */
public final class Sequence {
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final int inputs;
    private final int outputs;
    private int steps;
    private float[] input = new float[0];
    private float[] target = new float[0];
    private float[] mask = new float[0];

    /**
     * An empty sequence.
     *
     * @param inputs width of an input vector, at least 1
     * @param outputs width of a target vector, at least 1
     */
    public Sequence(int inputs, int outputs) {
        this.inputs = Arguments.atLeast("inputs", 1, inputs);
        this.outputs = Arguments.atLeast("outputs", 1, outputs);
    }

    /**
     * Makes this a sequence of zeros that counts nowhere.
     *
     * @param length number of steps
     */
    public void clear(int length) {
        Arguments.index("length", length, LARGEST / Math.max(inputs, outputs) + 1);
        steps = length;
        input = cleared(input, length * inputs);
        target = cleared(target, length * outputs);
        mask = cleared(mask, length);
    }

    private static float[] cleared(float[] buffer, int length) {
        if (buffer.length < length) {
            return new float[length];
        }
        Arrays.fill(buffer, 0, length, 0f);
        return buffer;
    }

    /**
     * Number of steps.
     *
     * @return the length
     */
    public int steps() {
        return steps;
    }

    /**
     * Width of an input vector.
     *
     * @return floats
     */
    public int inputs() {
        return inputs;
    }

    /**
     * Width of a target vector.
     *
     * @return floats
     */
    public int outputs() {
        return outputs;
    }

    /**
     * The inputs, step after step.
     *
     * @return the buffer itself, which may be longer
     */
    public float[] input() {
        return input;
    }

    /**
     * The targets, step after step.
     *
     * @return the buffer itself, which may be longer
     */
    public float[] target() {
        return target;
    }

    /**
     * How much each step counts.
     *
     * @return the buffer itself, which may be longer
     */
    public float[] mask() {
        return mask;
    }

    /**
     * Sets one input.
     *
     * @param step step
     * @param channel channel
     * @param value value
     * @throws IllegalArgumentException if there is no such step or channel
     */
    public void input(int step, int channel, float value) {
        Arguments.index("step", step, steps);
        Arguments.index("channel", channel, inputs);
        input[step * inputs + channel] = value;
    }

    /**
     * Sets one target and makes its step count.
     *
     * @param step step
     * @param channel channel
     * @param value value
     * @throws IllegalArgumentException if there is no such step or channel
     */
    public void target(int step, int channel, float value) {
        Arguments.index("step", step, steps);
        Arguments.index("channel", channel, outputs);
        target[step * outputs + channel] = value;
        mask[step] = 1;
    }
}
