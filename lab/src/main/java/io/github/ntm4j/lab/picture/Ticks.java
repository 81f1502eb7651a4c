package io.github.ntm4j.lab.picture;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Round numbers for axes and legends: 1, 2 or 5 times a power of ten. */
final class Ticks {
    private Ticks() {}

    /** The smallest round number that is not below {@code value}, which is positive. */
    static double roundUp(double value) {
        return roundUp(value, 1, 2, 5, 10);
    }

    /** The same with more numbers to choose from, for a scale that should not be much larger than what it holds. */
    static double roundUpFinely(double value) {
        return roundUp(value, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10);
    }

    private static double roundUp(double value, double... factors) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(value)));
        for (double factor : factors) {
            // A little slack, as powers of ten below one are not exact.
            if (factor * power >= value * (1 - 1e-9)) {
                return factor * power;
            }
        }
        throw new IllegalArgumentException("value: expected a positive finite number, found " + value);
    }

    /** A round whole step that takes at least {@code spacing} pixels when one unit takes {@code unit} pixels. */
    static int wholeStep(double unit, double spacing) {
        return (int) Math.max(1, Math.round(roundUp(spacing / unit)));
    }

    /** Round values from {@code low} to {@code high} inclusive, about {@code wanted} of them. */
    static double[] linear(double low, double high, int wanted) {
        double step = roundUp((high - low) / wanted);
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        double[] ticks = new double[(int) (last - first + 1)];
        Arrays.setAll(ticks, i -> (first + i) * step);
        return ticks;
    }

    /** The powers of ten from {@code low} to {@code high} inclusive; where they are fewer than two, 2 and 5 times them as well. */
    static double[] logarithmic(double low, double high) {
        double[] powers = multiples(low, high, 1);
        return powers.length > 1 ? powers : multiples(low, high, 1, 2, 5);
    }

    /** The numbers {@code factors} times a power of ten from {@code low} to {@code high} inclusive, ascending. */
    static double[] multiples(double low, double high, double... factors) {
        DoubleStream.Builder found = DoubleStream.builder();
        int last = (int) Math.floor(StrictMath.log10(high) + 1e-9);
        for (int power = (int) Math.floor(StrictMath.log10(low) + 1e-9); power <= last; power++) {
            for (double factor : factors) {
                double value = factor * StrictMath.pow(10, power);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    found.add(value);
                }
            }
        }
        return found.build().toArray();
    }
}
