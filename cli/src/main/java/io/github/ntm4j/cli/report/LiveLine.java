package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.lab.picture.Sparkline;
import java.io.PrintStream;
import java.util.List;

/**
 * A line that is drawn over and over in its place. It is never longer than the terminal is wide, and the cursor waits at its beginning: when
 * the window becomes narrower and the terminal wraps the line, clearing from there takes all of it.
 */
public final class LiveLine {
    /** To the beginning of the line, and nothing from there to the end of the screen. */
    static final String CLEAR = "\r\u001b[J";

    private static final int SPARKS = 24;
    private static final int FEWEST_SPARKS = 4;
    private static final String GAP = "  ";

    private final Terminal terminal;
    private final PrintStream stream;
    private boolean open;

    /**
     * No line yet.
     *
     * @param terminal how wide it is, and which colours it has
     * @param stream where to
     */
    LiveLine(Terminal terminal, PrintStream stream) {
        this.terminal = terminal;
        this.stream = stream;
    }

    /** Whether there is a line. */
    boolean isOpen() {
        return open;
    }

    /** Removes the line, so that other lines can be printed. */
    void clear() {
        if (open) {
            stream.print(CLEAR);
            stream.flush();
            open = false;
        }
    }

    /**
     * What the line says of a training.
     *
     * @param sequences how many it has seen
     * @param bits what they cost lately
     * @param unit of that
     * @param speed such as {@code 200/s}
     * @param left such as {@code <= 0:45 left}
     */
    record Words(String sequences, String bits, String unit, String speed, String left) {}

    /**
     * Draws the line, as much of it as there is room for.
     *
     * @param words what it says
     * @param curve what is drawn as a curve
     * @param floor of the curve
     */
    void draw(Words words, double[] curve, double floor) {
        // The last column stays free: a letter there makes some terminals go on to the next line.
        int room = terminal.columns().getAsInt() - 1;
        stream.print(CLEAR + text(words, curve, floor, room) + "\r");
        stream.flush();
        open = true;
    }

    private String text(Words words, double[] curve, double floor, int room) {
        String named = terminal.bold(words.sequences) + " sequences" + GAP + terminal.bold(words.bits) + " " + words.unit;
        int length = length(words.sequences, " sequences", GAP, words.bits, " ", words.unit);
        if (length > room) {
            String bare = words.sequences + GAP + words.bits;
            return bare.substring(0, Math.clamp(room, 0, bare.length()));
        }
        int left = length(GAP, words.left);
        int speed = length(GAP, words.speed);
        String ending = "";
        if (length + left <= room) {
            ending = GAP + terminal.grey(words.left);
            length += left;
            if (length + speed <= room) {
                ending = GAP + words.speed + ending;
                length += speed;
            }
        }
        int sparks = Math.min(SPARKS, room - length - GAP.length());
        String drawn = sparks < FEWEST_SPARKS ? "" : GAP + Sparkline.logarithmic(curve, sparks, floor);
        return named + drawn + ending;
    }

    private static int length(String... parts) {
        return List.of(parts).stream().mapToInt(String::length).sum();
    }
}
