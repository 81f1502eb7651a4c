package io.github.ntm4j.cli.report;

import java.util.Locale;

/** Numbers as the command line prints them, the same in every locale. */
public final class Figures {
    private Figures() {}

    /** A whole number with commas between thousands. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 sequence}, {@code 2 sequences}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A measured figure with as many decimals as its size deserves. */
    public static String measured(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(value);
        if (size != 0 && size < 0.001) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        return String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** A number of decimals cut where nobody measures any more; for JSON. */
    public static double rounded(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Double.isFinite(value) ? Math.rint(value * scale) / scale : value;
    }

    /** A time to wait for: {@code 0:27}, {@code 2:05:10}. */
    public static String clock(double seconds) {
        long whole = Math.round(Math.min(Math.max(0, seconds), 1e9));
        long minutes = whole / 60;
        return minutes < 60
                ? String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, whole % 60);
    }

    /** A time that has passed: {@code 4.1 s}, {@code 12:30}. */
    public static String duration(double seconds) {
        return seconds < 120 ? String.format(Locale.ROOT, "%.1f s", seconds) : clock(seconds);
    }
}
