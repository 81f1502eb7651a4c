package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.Curve;
import io.github.ntm4j.learning.run.CurvePoint;
import io.github.ntm4j.learning.run.SignalPoint;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The learning curve of one run, with what training and evaluation measured, or of several runs, each as a thin line, with
 * their median. An evaluation in which a run lost again what it had learned has a ring where it was measured. The colours are those of
 * Okabe and Ito, and every line is named at its end.
 */
public final class CurvePicture implements Picture {
    private static final int PLOT = 680;
    private static final int LEFT = 68;
    private static final int LEAST_RIGHT = 132;
    private static final int TOP = 92;
    private static final int BOTTOM = 50;
    private static final int GAP = 40;

    /** With more evaluations than this, dots would hide each other. */
    private static final int MOST_DOTS = 80;

    private static final TextStyle TITLE = TextStyle.plain(16, Colour.INK).inBold();
    private static final TextStyle OUTCOME = TextStyle.plain(11, Colour.GREY);
    private static final TextStyle SMALL = TextStyle.plain(9.5, Colour.GREY);

    private final String title;
    private final List<Curve> runs;
    private final List<CurvePanel> panels = new ArrayList<>();
    private final double mostSequences;

    private CurvePicture(String title, Objective objective, List<Curve> runs, CurveScale scale) {
        this.title = title;
        this.runs = List.copyOf(runs);
        mostSequences = Math.max(1, runs.stream().mapToLong(Curve::length).max().orElse(0));
        panels.add(measured(objective.unit() + " per sequence", 250, scale, CurvePoint::bitsPerSequence));
        if (objective.countsErrors()) {
            panels.add(measured(objective.errorWord() + " per sequence", 150, scale, CurvePoint::bitErrors));
        }
        panels.add(signal("learning rate", SignalPoint::learningRate));
        panels.add(signal("gradient norm", SignalPoint::gradientNorm));
        panels.removeIf(panel -> panel.isEmpty() && panel != panels.getFirst());
    }

    /**
     * The learning curves of {@code runs}. Bit errors, learning rate and gradient norm have panels of their own where some run
     * has them.
     *
     * @param title a name for the picture
     * @param runs the runs, each a line
     * @param scale the axis of the losses
     * @return the picture
     * @throws IllegalArgumentException when there is no run
     */
    public static CurvePicture of(String title, List<Curve> runs, CurveScale scale) {
        return of(title, Objective.BITS, runs, scale);
    }

    /**
     * The learning curves of {@code runs} on some objective, which gives the panels their names.
     *
     * @param title a name for the picture
     * @param objective what the runs are trained for
     * @param runs the runs, each a line
     * @param scale the axis of the losses
     * @return the picture
     * @throws IllegalArgumentException when there is no run
     */
    public static CurvePicture of(String title, Objective objective, List<Curve> runs, CurveScale scale) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("runs: expected at least one");
        }
        return new CurvePicture(title, objective, runs, scale);
    }

    /**
     * The learning curves of {@code runs} on a logarithmic scale down to 0.01.
     *
     * @param title a name for the picture
     * @param runs the runs, each a line
     * @return the picture
     */
    public static CurvePicture of(String title, List<Curve> runs) {
        return of(title, runs, CurveScale.logarithmic(0.01));
    }

    @Override
    public int width() {
        double names = runs.stream().mapToDouble(run -> CurvePanel.LABEL.roomFor(run.label()) + 20).max().orElse(0);
        double words = 40 + Math.max(TITLE.roomFor(title), OUTCOME.roomFor(outcome()));
        return (int) Math.ceil(Math.max(words, LEFT + PLOT + Math.max(LEAST_RIGHT, isNamed() ? names : 0)));
    }

    @Override
    public int height() {
        return TOP + panels.stream().mapToInt(CurvePanel::height).sum() + GAP * (panels.size() - 1) + BOTTOM;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public void drawOn(Canvas canvas) {
        canvas.text(20, 28, title, TITLE);
        canvas.text(20, 47, outcome(), OUTCOME);
        int bottom = TOP + panels.stream().mapToInt(CurvePanel::height).sum() + GAP * (panels.size() - 1);
        CurvePanel.drawSequences(canvas, LEFT, bottom, PLOT, mostSequences);
        if (runs.size() == 1) {
            drawHistory(canvas, runs.getFirst(), bottom);
        }
        double top = TOP;
        for (CurvePanel panel : panels) {
            panel.draw(canvas, LEFT, top, PLOT, mostSequences);
            top += panel.height() + GAP;
        }
    }

    /** When a run stood still and when it solved its task. */
    private void drawHistory(Canvas canvas, Curve run, int bottom) {
        for (Curve.Stretch plateau : run.plateaus()) {
            double from = LEFT + plateau.from() / mostSequences * PLOT;
            double to = LEFT + plateau.to() / mostSequences * PLOT;
            canvas.line(from, TOP - 4, to, TOP - 4, Stroke.solid(Colour.FRAME, 2));
            canvas.text((from + to) / 2, TOP - 10.0, "plateau", SMALL.centred());
        }
        if (run.solvedAt().isPresent()) {
            double x = LEFT + run.solvedAt().getAsLong() / mostSequences * PLOT;
            canvas.line(x, TOP - 6, x, bottom, Stroke.dashed(Colour.GREY, 1, 3));
            canvas.text(x, TOP - 10.0, "solved", SMALL.centred());
        }
    }

    /** Whether there are several runs, few enough for a colour and a name each. */
    private boolean isNamed() {
        return runs.size() > 1 && runs.size() <= Colour.SERIES.size();
    }

    private String outcome() {
        long[] solved = runs.stream().flatMapToLong(run -> run.solvedAt().stream()).sorted().toArray();
        if (runs.size() == 1) {
            return (solved.length == 1
                            ? "solved after " + Numbers.counted(solved[0], "sequence")
                            : "not solved in " + Numbers.counted(runs.getFirst().length(), "sequence"))
                    + relapses(runs);
        }
        String counted = solved.length + " of " + Numbers.counted(runs.size(), "run") + " solved";
        if (solved.length == 0) {
            return counted + relapses(runs);
        }
        long median = (solved[(solved.length - 1) / 2] + solved[solved.length / 2]) / 2;
        return counted + " (dots), median after " + Numbers.counted(median, "sequence") + relapses(runs);
    }

    /** How many evaluations found a task lost again that had been learned; nothing if none did. */
    static String relapses(List<Curve> runs) {
        int relapses = runs.stream().mapToInt(run -> run.relapses().size()).sum();
        return relapses == 0 ? "" : "; relapsed in " + Numbers.counted(relapses, "evaluation") + " (rings)";
    }

    private CurvePanel measured(String name, int height, CurveScale scale, ToDoubleFunction<CurvePoint> value) {
        CurvePanel panel = new CurvePanel(name, height, scale);
        if (runs.size() == 1) {
            addRun(panel, runs.getFirst(), value);
        } else {
            addRuns(panel, value);
        }
        return panel;
    }

    private static void addRun(CurvePanel panel, Curve run, ToDoubleFunction<CurvePoint> value) {
        CurveLine training = CurveLine.of(run.training(), CurvePoint::sequences, value).thinned(panel.scale());
        CurveLine smoothed = training.smoothed(panel.scale());
        panel.add(training, Stroke.solid(Colour.BLUE.tint(0.35), 0.75));
        panel.add(smoothed, Stroke.solid(Colour.BLUE, 1.75));
        panel.label(smoothed, "training", Colour.BLUE, false);
        CurveLine evaluation = CurveLine.of(run.evaluation(), CurvePoint::sequences, value).thinned(panel.scale());
        panel.add(evaluation, Stroke.solid(Colour.VERMILLION, 1));
        panel.label(evaluation, "evaluation", Colour.VERMILLION, false);
        if (evaluation.xs().length <= MOST_DOTS) {
            for (double x : evaluation.xs()) {
                panel.mark(evaluation, x, 2.5, Colour.VERMILLION);
            }
        }
        panel.ring(run.relapses(), value, Colour.VERMILLION);
    }

    private void addRuns(CurvePanel panel, ToDoubleFunction<CurvePoint> value) {
        boolean named = isNamed();
        List<CurveLine> lines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Curve run = runs.get(i);
            CurveLine line = CurveLine.of(run, value, panel.scale());
            if (!line.isEmpty()) {
                lines.add(line);
                Colour colour = named ? Colour.SERIES.get(i) : Colour.BLUE;
                panel.add(line, Stroke.solid(named ? colour : colour.tint(0.4), 1));
                if (run.solvedAt().isPresent()) {
                    panel.mark(line, (double) run.solvedAt().getAsLong(), 2.5, colour);
                }
                panel.ring(run.relapses(), value, colour);
                if (named && panels.isEmpty()) {
                    panel.label(line, run.label(), colour, false);
                }
            }
        }
        if (!lines.isEmpty()) {
            CurveLine median = CurveLine.median(lines, panel.scale());
            panel.add(median, Stroke.solid(Colour.INK, 2));
            panel.label(median, "median of " + lines.size(), Colour.INK, true);
        }
    }

    private CurvePanel signal(String name, ToDoubleFunction<SignalPoint> value) {
        // What is not positive has no place on a logarithmic scale; four powers of ten are enough to see.
        ToDoubleFunction<SignalPoint> positive = point -> value.applyAsDouble(point) > 0 ? value.applyAsDouble(point) : Double.NaN;
        double largest = 1e-300;
        for (Curve run : runs) {
            largest = run.signals().stream().mapToDouble(positive).filter(Double::isFinite).reduce(largest, Math::max);
        }
        CurvePanel panel = new CurvePanel(name, 70, CurveScale.logarithmic(largest * 1e-4));
        for (int i = 0; i < runs.size(); i++) {
            CurveLine line = CurveLine.of(runs.get(i).signals(), SignalPoint::sequences, positive).thinned(panel.scale());
            Colour colour = isNamed() ? Colour.SERIES.get(i) : runs.size() == 1 ? Colour.BLUE : Colour.BLUE.tint(0.4);
            panel.add(line, Stroke.solid(colour, 1));
        }
        return panel;
    }
}
