package io.github.ntm4j.lab.picture;

/**
 * Turns values into colours, in {@value #LEVELS} steps of equal perceived difference from white, so that empty stays paper.
 *
 * <p>The colours are computed in Oklab (Ottosson 2020), a perceptually uniform space: lightness falls linearly with the
 * magnitude, hence the scale survives greyscale print, and hue only helps. The sequential scale runs from white through teal to
 * dark blue; the diverging scale from orange through white to blue, a pair that readers of any colour vision can tell
 * apart.
 */
public final class ColourScale {
    /** Steps from white to the strongest colour. */
    static final int LEVELS = 64;

    private static final Colour[] SEQUENTIAL = new Colour[LEVELS + 1];
    private static final Colour[] POSITIVE = new Colour[LEVELS + 1];
    private static final Colour[] NEGATIVE = new Colour[LEVELS + 1];

    static {
        for (int i = 0; i <= LEVELS; i++) {
            double t = (double) i / LEVELS;
            double bow = 4 * t * (1 - t);
            SEQUENTIAL[i] = oklch(1 - 0.76 * t, 0.085 * bow + 0.075 * t * t, 190 + 85 * t);
            POSITIVE[i] = oklch(1 - 0.57 * t, 0.055 * bow + 0.125 * t, 245 + 12 * t);
            NEGATIVE[i] = oklch(1 - 0.46 * t, 0.055 * bow + 0.135 * t, 70 - 20 * t);
        }
    }

    private final double low;
    private final double high;

    private ColourScale(double low, double high) {
        this.low = low;
        this.high = high;
    }

    /**
     * The sequential scale for weightings and probabilities: 0 is white, 1 is dark. Values outside [0, 1] take the end colours.
     *
     * @return the scale
     */
    public static ColourScale unit() {
        return new ColourScale(0, 1);
    }

    /**
     * The diverging scale for signed values: 0 is white, {@code -range} orange, {@code range} blue. Values outside take the end
     * colours.
     *
     * @param range the absolute value of the end colours
     * @return the scale
     * @throws IllegalArgumentException unless {@code range} is positive and finite
     */
    public static ColourScale signed(double range) {
        if (!(range > 0) || Double.isInfinite(range)) {
            throw new IllegalArgumentException("range: expected a positive number, found " + range);
        }
        return new ColourScale(-range, range);
    }

    /**
     * The value of the first colour.
     *
     * @return the value
     */
    public double low() {
        return low;
    }

    /**
     * The value of the last colour.
     *
     * @return the value
     */
    public double high() {
        return high;
    }

    /**
     * The colour of {@code value}; {@link Colour#NO_DATA} for what is not a number.
     *
     * @param value the value to show
     * @return the colour
     */
    public Colour colour(double value) {
        if (Double.isNaN(value)) {
            return Colour.NO_DATA;
        }
        int level = (int) Math.round(Math.clamp(Math.abs(value) / high, 0.0, 1.0) * LEVELS);
        if (low == 0) {
            return SEQUENTIAL[value > 0 ? level : 0];
        }
        return value > 0 ? POSITIVE[level] : NEGATIVE[level];
    }

    /** Lightness in [0, 1], chroma and hue in degrees to sRGB; chroma gives way where sRGB has no such colour. */
    private static Colour oklch(double lightness, double chroma, double hue) {
        for (double c = chroma; ; c -= 0.002) {
            double a = Math.max(c, 0) * StrictMath.cos(Math.toRadians(hue));
            double b = Math.max(c, 0) * StrictMath.sin(Math.toRadians(hue));
            double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
            double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
            double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
            double red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
            double green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
            double blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
            double lowest = Math.min(red, Math.min(green, blue));
            double highest = Math.max(red, Math.max(green, blue));
            if (c <= 0 || (lowest >= -0.0005 && highest <= 1.0005)) {
                return new Colour(encoded(red) << 16 | encoded(green) << 8 | encoded(blue));
            }
        }
    }

    private static double cube(double x) {
        return x * x * x;
    }

    private static int encoded(double linear) {
        double x = Math.clamp(linear, 0.0, 1.0);
        double value = x <= 0.0031308 ? 12.92 * x : 1.055 * StrictMath.pow(x, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * value);
    }
}
