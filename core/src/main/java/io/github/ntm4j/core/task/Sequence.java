package io.github.ntm4j.core.task;

import java.util.Arrays;

/**
 * One training sequence: {@code input [steps][inputs]}, {@code target [steps][outputs]} and {@code mask [steps]}, how much each step counts.
 * A sequence is a buffer that is filled again and again.
 */
public final class Sequence {
    private final int inputs;
    private final int outputs;
    private int steps;
    private float[] input = new float[0];
    private float[] target = new float[0];
    private float[] mask = new float[0];

    /**
     * An empty sequence.
     *
     * @param inputs width of an input vector
     * @param outputs width of a target vector
     */
    public Sequence(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /**
     * Makes this a sequence of zeros that counts nowhere.
     *
     * @param length number of steps
     */
    public void clear(int length) {
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
     */
    public void input(int step, int channel, float value) {
        input[step * inputs + channel] = value;
    }

    /**
     * Sets one target and makes its step count.
     *
     * @param step step
     * @param channel channel
     * @param value value
     */
    public void target(int step, int channel, float value) {
        target[step * outputs + channel] = value;
        mask[step] = 1;
    }
}
