package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Makes numbers of any size about as large as 1, channel by channel: {@code z = (x - mean) / deviation}. Settings have a text of
 * the means and one of the deviations, with blanks between.
 */
public final class Scaling {
    private final float[] mean;
    private final float[] deviation;

    /**
     * A scale.
     *
     * @param mean {@code [width]}, what becomes 0
     * @param deviation {@code [width]}, what becomes 1, above 0
     */
    public Scaling(float[] mean, float[] deviation) {
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException("deviation: expected " + mean.length + " numbers, got " + deviation.length);
        }
        for (int j = 0; j < mean.length; j++) {
            if (!Float.isFinite(mean[j]) || !(deviation[j] > 0) || !Float.isFinite(deviation[j])) {
                throw new IllegalArgumentException("channel " + (j + 1) + ": expected a finite mean and a deviation above 0, got "
                        + mean[j] + " and " + deviation[j]);
            }
        }
        this.mean = mean.clone();
        this.deviation = deviation.clone();
    }

    /**
     * A scale from settings.
     *
     * @param means what becomes 0 in each channel
     * @param deviations what becomes 1
     * @param width number of channels
     * @param side {@code input} or {@code target}, for messages
     * @return the scale; none if both texts are empty
     * @throws UserException if they are not as many numbers as there are channels, or a deviation is not above 0
     */
    public static Optional<Scaling> of(String means, String deviations, int width, String side) {
        if (means.isBlank() && deviations.isBlank()) {
            return Optional.empty();
        }
        float[] mean = numbers(means, "task." + side + "_means", width);
        float[] deviation = numbers(deviations, "task." + side + "_deviations", width);
        for (float value : deviation) {
            if (!(value > 0)) {
                throw new UserException("task." + side + "_deviations: expected numbers above 0, got " + value);
            }
        }
        return Optional.of(new Scaling(mean, deviation));
    }

    private static float[] numbers(String text, String key, int count) {
        String[] words = text.strip().split("\\s+", -1);
        float[] numbers = new float[words.length];
        for (int j = 0; j < words.length; j++) {
            numbers[j] = number(words[j]);
            if (!Float.isFinite(numbers[j])) {
                throw new UserException(key + ": expected numbers with blanks between, got " + UserException.quote(words[j]));
            }
        }
        if (numbers.length != count) {
            throw new UserException(key + ": expected " + count + " numbers, one for each channel, got " + numbers.length);
        }
        return numbers;
    }

    private static float number(String word) {
        try {
            return Float.parseFloat(word);
        } catch (NumberFormatException notANumber) {
            return Float.NaN;
        }
    }

    /**
     * How many channels it is for.
     *
     * @return the width
     */
    public int width() {
        return mean.length;
    }

    /**
     * What becomes 0.
     *
     * @param channel from 0
     * @return the mean
     */
    public float mean(int channel) {
        return mean[channel];
    }

    /**
     * What becomes 1.
     *
     * @param channel from 0
     * @return the deviation
     */
    public float deviation(int channel) {
        return deviation[channel];
    }

    /**
     * Scales a vector.
     *
     * @param values holds it, and receives it
     * @param at offset of its first channel
     */
    public void apply(float[] values, int at) {
        for (int j = 0; j < mean.length; j++) {
            values[at + j] = (values[at + j] - mean[j]) / deviation[j];
        }
    }

    /**
     * Gives the numbers of a scaled vector back.
     *
     * @param values holds it, and receives it
     * @param at offset of its first channel
     */
    public void undo(float[] values, int at) {
        for (int j = 0; j < mean.length; j++) {
            values[at + j] = values[at + j] * deviation[j] + mean[j];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scaling scale && Arrays.equals(mean, scale.mean) && Arrays.equals(deviation, scale.deviation);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mean) * 31 + Arrays.hashCode(deviation);
    }

    /**
     * The means as a setting has them.
     *
     * @return numbers with blanks between
     */
    public String means() {
        return text(mean);
    }

    /**
     * The deviations as a setting has them.
     *
     * @return numbers with blanks between
     */
    public String deviations() {
        return text(deviation);
    }

    private static String text(float[] numbers) {
        StringJoiner text = new StringJoiner(" ");
        for (float number : numbers) {
            text.add(Float.toString(number));
        }
        return text.toString();
    }
}
