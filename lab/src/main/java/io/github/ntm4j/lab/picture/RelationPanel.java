package io.github.ntm4j.lab.picture;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A store that relates rows to rows, such as links, as it is after the last step: as a square of cells, and as arrows from row to row, those
 * that lead down on the right.
 *
 * @param name what is shown, in bold
 * @param matrix row i, column j: how much row i came after row j
 * @param window which row each row of the matrix is
 */
record RelationPanel(String name, HeatMap matrix, RowWindow window) {
    private static final int LARGEST = 360;
    private static final int LARGEST_CELL = 10;
    private static final int LEAST_CELL = 4;
    /** Between the square and the arrows. */
    private static final int GAP = 60;
    /** How far an arrow goes aside, at most. */
    private static final int ASIDE = 130;
    /** Weaker ones are not drawn as arrows. */
    private static final double LEAST = 0.05;
    private static final int MOST_ARROWS = 400;

    private static final TextStyle NAME = TextStyle.plain(11, Colour.INK).inBold();
    private static final TextStyle NOTE = TextStyle.plain(9.5, Colour.GREY);
    private static final TextStyle TICK = TextStyle.plain(9, Colour.GREY);

    private record Arrow(int from, int to, float weight) {}

    static RelationPanel of(Trace trace, Signal store, RowWindow window) {
        float[] last = trace.of(store)[trace.steps() - 1];
        int count = window.count();
        float[] shown = new float[count * count];
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                shown[row * count + column] = last[window.row(row) * store.width() + window.row(column)];
            }
        }
        return new RelationPanel(store.title(), new HeatMap(count, count, shown), window);
    }

    /** Rows that share a row of the picture. */
    private int rowsPerCell() {
        return Math.ceilDiv(matrix.rows(), LARGEST);
    }

    private int cell() {
        return Math.clamp(LARGEST / matrix.rows(), matrix.rows() > LARGEST / LEAST_CELL ? 1 : LEAST_CELL, LARGEST_CELL);
    }

    private double rowPixels() {
        return (double) cell() / rowsPerCell();
    }

    /** The height in the picture. */
    int pixels() {
        return cell() * Math.ceilDiv(matrix.rows(), rowsPerCell());
    }

    /** Draws the panel with the upper left corner of its square at ({@code x}, {@code y}), and its name from {@code nameX}. */
    void draw(Canvas canvas, double nameX, double x, double y) {
        canvas.group(name + " after the last step, " + window.words(), () -> {
            canvas.cells(x, y, cell(), cell(), matrix.pooled(rowsPerCell(), rowsPerCell()).coloured(ColourScale.unit()));
            canvas.frame(x - 0.5, y - 0.5, pixels() + 1.0, pixels() + 1.0, Stroke.solid(Colour.FRAME, 1));
            double axis = x + pixels() + GAP + ASIDE;
            drawTicks(canvas, x, y, axis);
            drawArrows(canvas, axis, y);
            double baseline = y + pixels() / 2.0 - 22;
            canvas.text(nameX, baseline, name, NAME);
            for (String note : List.of("after the last step:", "the row was written", "after the column", window.words())) {
                baseline += 13;
                canvas.text(nameX, baseline, note, NOTE);
            }
        });
    }

    private void drawTicks(Canvas canvas, double x, double y, double axis) {
        int step = Ticks.wholeStep(rowPixels(), 13);
        for (int i = 0; i < matrix.rows(); i++) {
            double middle = y + (i + 0.5) * rowPixels();
            canvas.disc(axis, middle, 1, Colour.FRAME);
            if (window.row(i) % step == 0) {
                String row = Integer.toString(window.row(i));
                canvas.line(x - 4, middle, x - 1, middle, Stroke.solid(Colour.FRAME, 0.75));
                canvas.text(x - 6, middle + 3.2, row, TICK.rightAligned());
                canvas.text(axis - ASIDE - 12, middle + 3.2, row, TICK.rightAligned());
            }
        }
    }

    private void drawArrows(Canvas canvas, double axis, double y) {
        List<Arrow> arrows = new ArrayList<>();
        for (int to = 0; to < matrix.rows(); to++) {
            for (int from = 0; from < matrix.columns(); from++) {
                float weight = matrix.values()[to * matrix.columns() + from];
                if (weight >= LEAST) {
                    arrows.add(new Arrow(from, to, weight));
                }
            }
        }
        arrows.sort(Comparator.comparingDouble(Arrow::weight));
        for (Arrow arrow : arrows.subList(Math.max(0, arrows.size() - MOST_ARROWS), arrows.size())) {
            String rows = "row " + window.row(arrow.from()) + " to row " + window.row(arrow.to());
            canvas.group(rows + String.format(Locale.ROOT, ": %.2f", arrow.weight()), () -> draw(canvas, arrow, axis, y));
        }
    }

    /** Half an ellipse, and a tip. */
    private void draw(Canvas canvas, Arrow arrow, double axis, double y) {
        int side = arrow.to() > arrow.from() ? 1 : -1;
        double begin = y + (arrow.from() + 0.5) * rowPixels();
        double end = y + (arrow.to() + 0.5) * rowPixels();
        double aside = Math.min(ASIDE, 8 + 0.4 * Math.abs(end - begin));
        double x = axis + 3 * side;
        int points = Math.clamp(Math.round(Math.abs(end - begin) / 4), 8, 32);
        double[] xs = new double[points + 1];
        double[] ys = new double[points + 1];
        for (int i = 0; i <= points; i++) {
            double angle = Math.PI * i / points;
            xs[i] = x + side * aside * Math.sin(angle);
            ys[i] = (begin + end) / 2 + (begin - end) / 2 * Math.cos(angle);
        }
        Stroke stroke = Stroke.solid(ColourScale.unit().colour(arrow.weight()), 1);
        canvas.polyline(xs, ys, stroke);
        double tip = Math.min(3, rowPixels() / 3);
        canvas.line(x, end, x + side * 1.6 * tip, end - tip, stroke);
        canvas.line(x, end, x + side * 1.6 * tip, end + tip, stroke);
    }
}
