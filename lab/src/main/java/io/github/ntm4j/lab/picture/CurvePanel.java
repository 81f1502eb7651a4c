package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.CurvePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** One panel of a {@link CurvePicture}: lines over training sequences, with their names at the right end. */
final class CurvePanel {
    private static final TextStyle TICK = TextStyle.plain(9.5, Colour.GREY).rightAligned();
    /** How the names of lines are set. */
    static final TextStyle LABEL = TextStyle.plain(10.5, Colour.INK);
    private static final double LABEL_HEIGHT = 14;
    private static final double RING = 3.5;

    private final String name;
    private final int height;
    private final CurveScale scale;
    private final List<Drawn> lines = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();

    private record Drawn(CurveLine line, Stroke stroke) {}

    private record Mark(double x, double y, double radius, Colour colour, boolean hollow) {}

    private record Label(double y, String text, Colour colour, boolean bold) {}

    /** An empty panel. */
    CurvePanel(String name, int height, CurveScale scale) {
        this.name = name;
        this.height = height;
        this.scale = scale;
    }

    int height() {
        return height;
    }

    CurveScale scale() {
        return scale;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Adds a line, unless it has no points. */
    void add(CurveLine line, Stroke stroke) {
        if (!line.isEmpty()) {
            lines.add(new Drawn(line, stroke));
        }
    }

    /** Adds a dot on {@code line} at {@code x}. */
    void mark(CurveLine line, double x, double radius, Colour colour) {
        marks.add(new Mark(x, line.at(x), radius, colour, false));
    }

    /** Adds a ring at each point that was measured: such a point stands where it is, however smooth the lines are. */
    void ring(List<CurvePoint> points, ToDoubleFunction<CurvePoint> value, Colour colour) {
        for (CurvePoint point : points) {
            if (Double.isFinite(value.applyAsDouble(point))) {
                marks.add(new Mark(point.sequences(), value.applyAsDouble(point), RING, colour, true));
            }
        }
    }

    /** Names {@code line} at its end, unless it has no points. */
    void label(CurveLine line, String text, Colour colour, boolean bold) {
        if (!line.isEmpty()) {
            labels.add(new Label(line.lastY(), text, colour, bold));
        }
    }

    /** Draws the panel into the rectangle from ({@code left}, {@code top}); {@code mostX} sequences are at its right edge. */
    void draw(Canvas canvas, double left, double top, double width, double mostX) {
        draw(canvas, left, top, width, mostX, Ticks.linear(0, mostX, 7));
    }

    /** The same with upright grid lines of one's own. */
    void draw(Canvas canvas, double left, double top, double width, double mostX, double[] uprights) {
        double highest = heights().max().orElse(1);
        double lowest = heights().min().orElse(0);
        Axis axis = Axis.of(scale, lowest, highest, top, height);
        canvas.group(name, () -> {
            canvas.text(left, top - 9, name, TextStyle.plain(11, Colour.INK).inBold());
            for (double tick : uprights) {
                double x = left + tick / mostX * width;
                canvas.line(x, top, x, axis.bottom(), Stroke.solid(Colour.GRID, 1));
                canvas.line(x, axis.bottom(), x, axis.bottom() + 4, Stroke.solid(Colour.FRAME, 1));
            }
            drawGrid(canvas, axis, left, width);
            for (Drawn drawn : lines) {
                CurveLine line = drawn.line();
                double[] xs = new double[line.xs().length];
                double[] ys = new double[xs.length];
                for (int i = 0; i < xs.length; i++) {
                    xs[i] = left + line.xs()[i] / mostX * width;
                    ys[i] = axis.y(line.ys()[i]);
                }
                canvas.polyline(xs, ys, drawn.stroke());
            }
            for (Mark mark : marks) {
                double x = left + mark.x() / mostX * width;
                canvas.disc(x, axis.y(mark.y()), mark.radius() + 1, Colour.WHITE);
                canvas.disc(x, axis.y(mark.y()), mark.radius(), mark.colour());
                if (mark.hollow()) {
                    canvas.disc(x, axis.y(mark.y()), mark.radius() - 1.25, Colour.WHITE);
                }
            }
            drawLabels(canvas, axis, left + width + 10, top);
        });
    }

    /** All that is drawn, in values. */
    private DoubleStream heights() {
        return DoubleStream.concat(
                lines.stream().flatMapToDouble(drawn -> Arrays.stream(drawn.line().ys())), marks.stream().mapToDouble(Mark::y));
    }

    /** Draws the numbers and the name of the horizontal axis that panels above one another share, below {@code bottom}. */
    static void drawSequences(Canvas canvas, double left, double bottom, double width, double mostX) {
        TextStyle small = TextStyle.plain(9.5, Colour.GREY);
        for (double tick : Ticks.linear(0, mostX, 7)) {
            canvas.text(left + tick / mostX * width, bottom + 16, Numbers.grouped(Math.round(tick)), small.centred());
        }
        canvas.text(left, bottom + 34, "training sequences", small);
    }

    private void drawGrid(Canvas canvas, Axis axis, double left, double width) {
        for (double tick : axis.minorTicks()) {
            canvas.line(left - 3, axis.y(tick), left, axis.y(tick), Stroke.solid(Colour.FRAME, 0.5));
        }
        for (double tick : axis.ticks()) {
            canvas.line(left, axis.y(tick), left + width, axis.y(tick), Stroke.solid(Colour.GRID, 1));
            canvas.text(left - 8, axis.y(tick) + 3.4, axis.label(tick), TICK);
        }
        canvas.line(left, axis.bottom(), left + width, axis.bottom(), Stroke.solid(Colour.FRAME, 1));
    }

    /** Names stand as near as may be to the ends of their lines, in the same order, without touching. */
    private void drawLabels(Canvas canvas, Axis axis, double x, double top) {
        List<Label> sorted = labels.stream().sorted(Comparator.comparingDouble(label -> axis.y(label.y()))).toList();
        double[] ys = new double[sorted.size()];
        for (int i = 0; i < ys.length; i++) {
            double wanted = Math.max(axis.y(sorted.get(i).y()), top + LABEL_HEIGHT / 2);
            ys[i] = i == 0 ? wanted : Math.max(wanted, ys[i - 1] + LABEL_HEIGHT);
        }
        double limit = axis.bottom();
        for (int i = ys.length - 1; i >= 0; i--) {
            ys[i] = Math.min(ys[i], limit);
            limit = ys[i] - LABEL_HEIGHT;
        }
        for (int i = 0; i < ys.length; i++) {
            Label label = sorted.get(i);
            TextStyle style = TextStyle.plain(LABEL.size(), label.colour());
            canvas.text(x, ys[i] + 3.6, label.text(), label.bold() ? style.inBold() : style);
        }
    }
}
