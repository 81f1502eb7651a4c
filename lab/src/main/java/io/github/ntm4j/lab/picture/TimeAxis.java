package io.github.ntm4j.lab.picture;

import java.util.OptionalInt;

/**
 * The time steps of a sequence across a picture.
 *
 * @param steps how many steps there are
 * @param left where the first one begins
 * @param stepsPerCell how many steps share a column
 * @param cellWidth the width of a column, a whole number of pixels
 */
record TimeAxis(int steps, int left, int stepsPerCell, int cellWidth) {
    private static final TextStyle SMALL = TextStyle.plain(9.5, Colour.GREY);

    /** The axis that fills about {@code width} pixels, with cells of at most {@code widest} and not more than {@code most} of them. */
    static TimeAxis of(int steps, int left, int width, int most, int widest) {
        int stepsPerCell = Math.ceilDiv(steps, most);
        return new TimeAxis(steps, left, stepsPerCell, Math.clamp(width / Math.ceilDiv(steps, stepsPerCell), 1, widest));
    }

    /** Where {@code step} begins. */
    double x(int step) {
        return left + (double) step / stepsPerCell * cellWidth;
    }

    /** Where the last column ends. */
    int right() {
        return left + Math.ceilDiv(steps, stepsPerCell) * cellWidth;
    }

    /** Draws a rule through all panels, from {@code top} to {@code bottom}, where the input ends, and the names of the two phases. */
    void drawPhases(Canvas canvas, int top, int bottom, OptionalInt answerStart) {
        if (answerStart.isEmpty() || answerStart.getAsInt() >= steps) {
            return;
        }
        double x = x(answerStart.getAsInt());
        canvas.line(x, top - 18.0, x, bottom + 1.0, Stroke.solid(Colour.INK, 0.75));
        if (Math.min(x - left, x(steps) - x) > 60) {
            canvas.text(x - 6, top - 8.0, "input", SMALL.rightAligned());
            canvas.text(x + 6, top - 8.0, "answer", SMALL);
        }
    }

    /** Draws ticks and numbers below {@code bottom}. */
    void drawTime(Canvas canvas, int bottom) {
        int step = Ticks.wholeStep((double) cellWidth / stepsPerCell, 36);
        for (int t = 0; t < steps; t += step) {
            double middle = (x(t) + x(t + 1)) / 2;
            canvas.line(middle, bottom + 1.0, middle, bottom + 5.0, Stroke.solid(Colour.FRAME, 1));
            canvas.text(middle, bottom + 16.0, Numbers.grouped(t), SMALL.centred());
        }
        String label = stepsPerCell == 1 ? "time step" : "time step (largest of each " + stepsPerCell + ")";
        canvas.text(left, bottom + 32.0, label, SMALL);
    }
}
