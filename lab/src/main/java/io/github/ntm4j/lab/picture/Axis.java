package io.github.ntm4j.lab.picture;

/**
 * The vertical axis of a {@link CurvePanel}.
 *
 * @param scale how values become distances
 * @param low the value at the bottom
 * @param high the value at the top
 * @param top where the axis starts in the picture
 * @param bottom where it ends
 */
record Axis(CurveScale scale, double low, double high, double top, double bottom) {
    /** An axis that holds the values from {@code lowest} to {@code highest}, or all of them that are not below the floor. */
    static Axis of(CurveScale scale, double lowest, double highest, double top, double height) {
        double bottom = top + height;
        if (!scale.isLogarithmic()) {
            double step = Ticks.roundUp(Math.max(highest, 1e-9) / 4);
            return new Axis(scale, 0, step * Math.max(1, Math.ceil(highest / step - 1e-9)), top, bottom);
        }
        double low = Math.max(scale.floor(), roundDown(Math.max(lowest, scale.floor()) * (1 - 1e-6)));
        double high = Ticks.roundUp(Math.max(highest, low) * (1 + 1e-6));
        return new Axis(scale, low, high, top, bottom);
    }

    private static double roundDown(double value) {
        return 1 / Ticks.roundUp(1 / value);
    }

    /** Where {@code value} stands in the picture; what is beyond an end stands on it. */
    double y(double value) {
        double from = scale.position(low);
        double share = (scale.position(value) - from) / (scale.position(high) - from);
        return bottom - Math.clamp(share, 0.0, 1.0) * (bottom - top);
    }

    /** The values that get a line and a number. */
    double[] ticks() {
        return scale.isLogarithmic() ? Ticks.logarithmic(low, high) : Ticks.linear(low, high, 4);
    }

    /** The values that get a small mark. */
    double[] minorTicks() {
        return scale.isLogarithmic() ? Ticks.multiples(low, high, 1, 2, 3, 4, 5, 6, 7, 8, 9) : new double[0];
    }

    /** A tick's number. On a logarithmic axis the floor stands for all that is below. */
    String label(double tick) {
        boolean onFloor = scale.isLogarithmic() && tick <= scale.floor() * (1 + 1e-9);
        return (onFloor ? "\u2264 " : "") + Numbers.significant(tick, 6);
    }
}
