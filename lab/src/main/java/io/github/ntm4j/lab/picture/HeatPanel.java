package io.github.ntm4j.lab.picture;

import java.util.List;

/**
 * One row of a {@link SequencePicture} or a {@link FilmPicture}: a heat map over time with its name and its row numbers at the left.
 *
 * @param name what is shown, in bold
 * @param notes further short lines below the name
 * @param map the values, one column a step, before pooling
 * @param scale the colours
 * @param window which row each row of {@code map} is
 * @param labels what stands beside the rows, if not their numbers; {@link #NONE} for nothing
 * @param height the greatest height; rows share cells where they need more
 * @param largestCell the greatest height of a row
 * @param opensGroup whether the panel stands further from the one above
 */
record HeatPanel(
        String name,
        List<String> notes,
        HeatMap map,
        ColourScale scale,
        RowWindow window,
        List<String> labels,
        int height,
        int largestCell,
        boolean opensGroup) {
    /** The labels of a single row that needs none. */
    static final List<String> NONE = List.of("");

    private static final TextStyle NAME = TextStyle.plain(11, Colour.INK).inBold();
    private static final TextStyle NOTE = TextStyle.plain(9.5, Colour.GREY);
    private static final TextStyle TICK = TextStyle.plain(9, Colour.GREY).rightAligned();

    /** Rows of the map that share a row of the picture. */
    int rowsPerCell() {
        return Math.ceilDiv(map.rows(), height);
    }

    /** The height of a row of the picture, a whole number of pixels. */
    int cellHeight() {
        return switch (map.rows()) {
            case 1 -> 18;
            case 2 -> 12;
            default -> Math.clamp(height / map.rows(), 1, largestCell);
        };
    }

    /** The height in the picture. */
    int pixels() {
        return cellHeight() * Math.ceilDiv(map.rows(), rowsPerCell());
    }

    /** The space above. */
    int gap() {
        return opensGroup ? 20 : 10;
    }

    /** Draws the panel with its heat map's top edge at {@code y}, over {@code axis}, and its name from {@code nameX}. */
    void draw(Canvas canvas, double nameX, double y, TimeAxis axis) {
        int x = axis.left();
        canvas.group(notes.isEmpty() ? name : name + ", " + String.join(", ", notes), () -> {
            HeatMap shown = map.pooled(axis.stepsPerCell(), rowsPerCell());
            double width = axis.right() - x;
            canvas.cells(x, y, axis.cellWidth(), cellHeight(), shown.coloured(scale));
            canvas.frame(x - 0.5, y - 0.5, width + 1, pixels() + 1.0, Stroke.solid(Colour.FRAME, 1));
            if (window.seam() > 0) {
                double seam = y + window.seam() * rowPixels();
                canvas.line(x, seam, x + width, seam, Stroke.dashed(Colour.FRAME, 0.75, 2));
            }
            drawTicks(canvas, x, y);
            drawWords(canvas, nameX, y);
        });
    }

    private double rowPixels() {
        return (double) cellHeight() / rowsPerCell();
    }

    private void drawTicks(Canvas canvas, double x, double y) {
        int step = Ticks.wholeStep(rowPixels(), 13);
        for (int i = 0; i < map.rows() && !labels.equals(NONE); i++) {
            int row = window.row(i);
            // Where memory wraps, leave out a number that would touch the 0 below it.
            boolean crowded = i < window.seam() && (window.seam() - i) * rowPixels() < 10;
            if ((row % step == 0 && !crowded) || !labels.isEmpty()) {
                double middle = y + (i + 0.5) * rowPixels();
                canvas.line(x - 4, middle, x - 1, middle, Stroke.solid(Colour.FRAME, 0.75));
                canvas.text(x - 6, middle + 3.2, labels.isEmpty() ? Integer.toString(row) : labels.get(row), TICK);
            }
        }
    }

    private void drawWords(Canvas canvas, double x, double y) {
        double baseline = y + pixels() / 2.0 + 4 - 6.5 * notes.size();
        canvas.text(x, baseline, name, NAME);
        for (String note : notes) {
            baseline += 13;
            canvas.text(x, baseline, note, NOTE);
        }
    }
}
