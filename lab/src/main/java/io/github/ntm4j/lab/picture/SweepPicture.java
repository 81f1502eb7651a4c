package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.Curve;
import io.github.ntm4j.learning.run.CurvePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Bits per sequence over training sequences of several groups of runs: a thin line for each run, with a dot where it solved the task
 * and a ring where it relapsed, and a thick one for the median of the group, which is named at its end. Each group has a
 * colour; from the seventh on the lines are dashed.
 */
public final class SweepPicture implements Picture {
    private static final int PLOT = 680;
    private static final int LEFT = 68;
    private static final int TOP = 92;
    private static final int BOTTOM = 50;
    private static final int LEAST_HEIGHT = 320;
    private static final int LABEL_HEIGHT = 15;
    private static final double FLOOR = 0.01;

    private static final TextStyle TITLE = TextStyle.plain(16, Colour.INK).inBold();
    private static final TextStyle OUTCOME = TextStyle.plain(11, Colour.GREY);

    private final String title;
    private final List<CurveGroup> groups;
    private final CurvePanel panel;
    private final double mostSequences;

    /**
     * The picture of some groups on a logarithmic scale down to 0.01.
     *
     * @param title a name for the whole
     * @param groups the groups, in the order of their colours
     */
    public SweepPicture(String title, List<CurveGroup> groups) {
        this(title, "bits per sequence", groups);
    }

    /**
     * The same of another measure.
     *
     * @param title a name for the whole
     * @param measure what the curves hold as bits per sequence
     * @param groups the groups, in the order of their colours
     */
    public SweepPicture(String title, String measure, List<CurveGroup> groups) {
        this.title = title;
        this.groups = List.copyOf(groups);
        mostSequences = Math.max(1, runs().stream().mapToLong(Curve::length).max().orElse(0));
        panel = new CurvePanel(
                measure, Math.max(LEAST_HEIGHT, LABEL_HEIGHT * groups.size()), CurveScale.logarithmic(FLOOR));
        List<CurveLine> medians = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            medians.add(addRuns(groups.get(i), i));
        }
        // Medians last: thin lines of other groups must not cross them.
        for (int i = 0; i < groups.size(); i++) {
            panel.add(medians.get(i), stroke(i, false));
            panel.label(medians.get(i), groups.get(i).label(), stroke(i, false).colour(), true);
        }
    }

    private List<Curve> runs() {
        return groups.stream().flatMap(group -> group.runs().stream()).toList();
    }

    private static Stroke stroke(int group, boolean thin) {
        Colour colour = Colour.SERIES.get(group % Colour.SERIES.size());
        int round = group / Colour.SERIES.size();
        return thin ? Stroke.solid(colour.tint(0.4), 0.75) : Stroke.dashed(colour, 2, 3.0 * round);
    }

    private CurveLine addRuns(CurveGroup group, int index) {
        List<CurveLine> lines = new ArrayList<>();
        for (Curve run : group.runs()) {
            CurveLine line = CurveLine.of(run, CurvePoint::bitsPerSequence, panel.scale());
            if (!line.isEmpty()) {
                lines.add(line);
                if (group.runs().size() > 1) {
                    panel.add(line, stroke(index, true));
                }
                if (run.solvedAt().isPresent()) {
                    panel.mark(line, (double) run.solvedAt().getAsLong(), 2.5, stroke(index, false).colour());
                }
                panel.ring(run.relapses(), CurvePoint::bitsPerSequence, stroke(index, false).colour());
            }
        }
        return lines.isEmpty() ? new CurveLine(new double[0], new double[0]) : CurveLine.median(lines, panel.scale());
    }

    @Override
    public int width() {
        double names = groups.stream().mapToDouble(group -> CurvePanel.LABEL.inBold().roomFor(group.label()) + 20).max().orElse(0);
        double words = 40 + Math.max(TITLE.roomFor(title), OUTCOME.roomFor(outcome()));
        return (int) Math.ceil(Math.max(words, LEFT + PLOT + names));
    }

    @Override
    public int height() {
        return TOP + panel.height() + BOTTOM;
    }

    @Override
    public String title() {
        return title;
    }

    private String outcome() {
        long solved = runs().stream().filter(run -> run.solvedAt().isPresent()).count();
        return solved + " of " + Numbers.counted(runs().size(), "run") + " solved"
                + (solved > 0 ? " (dots)" : "") + CurvePicture.relapses(runs()) + "; thick: median over the seeds";
    }

    @Override
    public void drawOn(Canvas canvas) {
        canvas.text(20, 28, title, TITLE);
        canvas.text(20, 47, outcome(), OUTCOME);
        int bottom = TOP + panel.height();
        CurvePanel.drawSequences(canvas, LEFT, bottom, PLOT, mostSequences);
        panel.draw(canvas, LEFT, TOP, PLOT, mostSequences);
    }
}
