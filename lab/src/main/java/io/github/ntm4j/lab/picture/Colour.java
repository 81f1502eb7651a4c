package io.github.ntm4j.lab.picture;

import java.util.List;
import java.util.Locale;

/**
 * An opaque sRGB colour, and the few colours that pictures are drawn with.
 *
 * @param rgb red, green and blue in the lowest 24 bits
 */
public record Colour(int rgb) {
    /** Text and medians. */
    public static final Colour INK = new Colour(0x1a1a1a);

    /** Secondary text. */
    public static final Colour GREY = new Colour(0x5f5f5f);

    /** Frames and ticks. */
    public static final Colour FRAME = new Colour(0x9a9a9a);

    /** Grid lines behind curves. */
    public static final Colour GRID = new Colour(0xe6e6e6);

    /** Cells of a heat map that have no value. */
    public static final Colour NO_DATA = new Colour(0xebebeb);

    /** The ground of every picture. */
    public static final Colour WHITE = new Colour(0xffffff);

    /** Blue of Okabe and Ito. */
    public static final Colour BLUE = new Colour(0x0072b2);

    /** Vermillion of Okabe and Ito. */
    public static final Colour VERMILLION = new Colour(0xd55e00);

    /**
     * The colours of Okabe and Ito (2008) that stand out on white, for lines that must be told apart by readers of any colour
     * vision; their black is kept for medians and their yellow is too light.
     */
    public static final List<Colour> SERIES =
            List.of(BLUE, VERMILLION, new Colour(0x009e73), new Colour(0xcc79a7), new Colour(0xe69f00), new Colour(0x56b4e9));

    /** Checks the range. */
    public Colour {
        if ((rgb & 0xff000000) != 0) {
            throw new IllegalArgumentException("rgb: expected 24 bits, found 0x" + Integer.toHexString(rgb));
        }
    }

    /**
     * The relative luminance in [0, 1] as WCAG defines it: how light the colour is in print without colour.
     *
     * @return 0 for black, 1 for white
     */
    public double luminance() {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    /**
     * This colour mixed with white: {@code share} of it, from 0 (white) to 1 (unchanged).
     *
     * @param share the share of this colour, 0 to 1
     * @return a new colour
     */
    public Colour tint(double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int part = rgb >> shift & 0xff;
            mixed |= (int) Math.round(255 + share * (part - 255)) << shift;
        }
        return new Colour(mixed);
    }

    /** The colour as {@code #rrggbb}, or {@code #rgb} where that says the same. */
    String hex() {
        String six = String.format(Locale.ROOT, "%06x", rgb);
        boolean isShort =
                six.charAt(0) == six.charAt(1) && six.charAt(2) == six.charAt(3) && six.charAt(4) == six.charAt(5);
        return isShort ? "#" + six.charAt(0) + six.charAt(2) + six.charAt(4) : "#" + six;
    }

    private static double linear(int part) {
        double value = (part & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }
}
