package io.github.ntm4j.lab.picture;

/** A curve in one line of text, for a terminal: {@code ▇█▆▅▃▂▁▁}. */
public final class Sparkline {
    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private Sparkline() {}

    /**
     * The values on a linear scale from the smallest to the largest.
     *
     * @param values the curve
     * @param width the most characters to use, at least 1; where there are more values, each character is the mean of several
     * @return one character a value; a space for a value that is not finite; the lowest block when all values are equal
     */
    public static String linear(double[] values, int width) {
        return drawn(values, width, CurveScale.linear());
    }

    /**
     * The values on a logarithmic scale from the smallest, but not below {@code floor}, to the largest. Values below the floor,
     * zero included, count as the floor.
     *
     * @param values the curve
     * @param width the most characters to use, at least 1; where there are more values, each character is the geometric mean of
     *     several
     * @param floor the lowest value of the scale
     * @return one character a value; a space for a value that is not finite; the lowest block when all values are equal
     * @throws IllegalArgumentException unless {@code floor} is positive and finite
     */
    public static String logarithmic(double[] values, int width, double floor) {
        return drawn(values, width, CurveScale.logarithmic(floor));
    }

    private static String drawn(double[] values, int width, CurveScale scale) {
        if (width < 1) {
            throw new IllegalArgumentException("width: expected at least 1, found " + width);
        }
        double[] heights = new double[Math.min(width, values.length)];
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < heights.length; i++) {
            int from = (int) ((long) i * values.length / heights.length);
            int to = (int) ((i + 1L) * values.length / heights.length);
            heights[i] = mean(values, from, to, scale);
            if (Double.isFinite(heights[i])) {
                lowest = Math.min(lowest, heights[i]);
                highest = Math.max(highest, heights[i]);
            }
        }
        StringBuilder line = new StringBuilder(heights.length);
        for (double height : heights) {
            double share = highest > lowest ? (height - lowest) / (highest - lowest) : 0;
            line.append(Double.isFinite(height) ? BLOCKS.charAt((int) Math.round(share * (BLOCKS.length() - 1))) : ' ');
        }
        return line.toString();
    }

    /** The mean height of the finite values; not a number when there are none. */
    private static double mean(double[] values, int from, int to, CurveScale scale) {
        double sum = 0;
        int finite = 0;
        for (int i = from; i < to; i++) {
            if (Double.isFinite(values[i])) {
                sum += scale.position(values[i]);
                finite++;
            }
        }
        return finite == 0 ? Double.NaN : sum / finite;
    }
}
