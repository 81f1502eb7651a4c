package io.github.ntm4j.lab.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far what was learned reaches: bits per sequence at several sizes, one beside the other, on a logarithmic scale. A dot for each machine, and
 * a line through the medians of each group, which is named at its end.
 */
public final class ReachPicture implements Picture {
    /** What the curves and dots of a reproduction measure. */
    public static final String EXCESS = "bits per sequence, above the optimum";

    private static final int LEFT = 68;
    private static final int TOP = 76;
    private static final int BOTTOM = 44;
    private static final int HEIGHT = 260;
    private static final int LEAST_SPACING = 110;
    private static final int PLOT = 560;
    private static final double FLOOR = 0.01;
    /** Groups stand this far beside each other, so that their dots can be told apart. */
    private static final double SHIFT = 0.05;

    private static final TextStyle TITLE = TextStyle.plain(16, Colour.INK).inBold();
    private static final TextStyle SMALL = TextStyle.plain(10.5, Colour.INK).centred();

    private final String title;
    private final List<String> sizes;
    private final List<ReachGroup> groups;
    private final CurvePanel panel;

    /**
     * The picture of some groups.
     *
     * @param title a name for the whole
     * @param sizes what stands under each size, at least two
     * @param groups the groups, each machine with a value for each size
     */
    public ReachPicture(String title, List<String> sizes, List<ReachGroup> groups) {
        if (sizes.size() < 2) {
            throw new IllegalArgumentException("sizes: expected at least two, got " + sizes);
        }
        this.title = title;
        this.sizes = List.copyOf(sizes);
        this.groups = List.copyOf(groups);
        this.panel = new CurvePanel(EXCESS, HEIGHT, CurveScale.logarithmic(FLOOR));
        for (int i = 0; i < groups.size(); i++) {
            add(groups.get(i), SHIFT * (i - (groups.size() - 1) / 2.0), Colour.SERIES.get(i % Colour.SERIES.size()));
        }
    }

    private void add(ReachGroup group, double shift, Colour colour) {
        double[] xs = IntStream.range(0, sizes.size()).mapToDouble(size -> size + 0.5 + shift).toArray();
        List<CurveLine> lines = new ArrayList<>();
        for (double[] run : group.runs()) {
            if (run.length != sizes.size()) {
                throw new IllegalArgumentException(group.label() + ": expected " + sizes.size() + " values, got " + run.length);
            }
            lines.add(new CurveLine(xs, run));
        }
        double[] median = new double[sizes.size()];
        for (int size = 0; size < median.length && !lines.isEmpty(); size++) {
            int at = size;
            double[] sorted = group.runs().stream().mapToDouble(run -> run[at]).sorted().toArray();
            median[size] = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
        if (!lines.isEmpty()) {
            CurveLine middle = new CurveLine(xs, median);
            panel.add(middle, Stroke.solid(colour, 1.75));
            panel.label(middle, group.label(), colour, true);
            for (CurveLine line : lines) {
                for (double x : line.xs()) {
                    panel.mark(line, x, 2.5, colour);
                }
            }
        }
    }

    private int plot() {
        return Math.max(PLOT, LEAST_SPACING * sizes.size());
    }

    @Override
    public int width() {
        double names = groups.stream().mapToDouble(group -> CurvePanel.LABEL.inBold().roomFor(group.label()) + 20).max().orElse(0);
        return (int) Math.ceil(Math.max(40 + TITLE.roomFor(title), LEFT + plot() + names));
    }

    @Override
    public int height() {
        return TOP + HEIGHT + BOTTOM;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public void drawOn(Canvas canvas) {
        canvas.text(20, 28, title, TITLE);
        double[] middles = IntStream.range(0, sizes.size()).mapToDouble(size -> size + 0.5).toArray();
        panel.draw(canvas, LEFT, TOP, plot(), sizes.size(), middles);
        for (int size = 0; size < sizes.size(); size++) {
            canvas.text(LEFT + middles[size] / sizes.size() * plot(), TOP + HEIGHT + 20.0, sizes.get(size), SMALL);
        }
    }
}
