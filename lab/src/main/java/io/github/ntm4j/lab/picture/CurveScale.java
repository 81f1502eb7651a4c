package io.github.ntm4j.lab.picture;

/**
 * How a value becomes a height in a {@link CurvePicture}.
 *
 * @param isLogarithmic whether equal distances are equal ratios
 * @param floor on a logarithmic scale, the value that stands for everything below it, zero included
 */
public record CurveScale(boolean isLogarithmic, double floor) {
    /** Checks the floor. */
    public CurveScale {
        if (isLogarithmic && !(floor > 0 && Double.isFinite(floor))) {
            throw new IllegalArgumentException("floor: expected a positive number, found " + floor);
        }
    }

    /**
     * Equal distances are equal differences; the axis starts at 0.
     *
     * @return the scale
     */
    public static CurveScale linear() {
        return new CurveScale(false, 0);
    }

    /**
     * Equal distances are equal ratios, and whatever is below {@code floor} stands on the floor.
     *
     * @param floor the lowest value of the axis, above 0
     * @return the scale
     * @throws IllegalArgumentException unless {@code floor} is positive and finite
     */
    public static CurveScale logarithmic(double floor) {
        return new CurveScale(true, floor);
    }

    /** A position on the axis: differences of positions are distances. */
    double position(double value) {
        return isLogarithmic ? StrictMath.log10(Math.max(value, floor)) : value;
    }

    /** The value at a position. */
    double value(double position) {
        return isLogarithmic ? StrictMath.pow(10, position) : position;
    }
}
