package io.github.ntm4j.lab.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Numbers {
    private Numbers() {}

    /** At most {@code digits} decimals, without trailing zeros: 2.50 is 2.5 and -0.001 is 0. */
    static String decimals(double value, int digits) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Integer.toString((int) value);
        }
        BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** At most {@code digits} significant digits, written out between 0.0001 and a million, with an exponent beyond. */
    static String significant(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "\u221e" : "\u2212\u221e";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        double size = Math.abs(rounded.doubleValue());
        String text = size >= 1e-4 && size < 1e6
                ? rounded.stripTrailingZeros().toPlainString()
                : rounded.stripTrailingZeros().toString().replace("E+", "e").replace('E', 'e');
        return text.replace('-', '\u2212');
    }

    /** Whole numbers with commas between thousands. */
    static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 head}, {@code 2 heads}. */
    static String counted(long count, String noun) {
        return grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
