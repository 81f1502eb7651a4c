package io.github.ntm4j.lab.picture;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Use;
import java.util.ArrayList;
import java.util.List;

/**
 * Figure 6 of Graves, Wayne, Danihelka 2014 for any sequence and any machine: what it saw, should have said and said; and what it shows of
 * itself, such as what it added to a memory and read from it, and where each head wrote and read. All these panels share one time axis;
 * below it stands how rows are related to rows in the end, where a machine knows.
 *
 * <p>Weightings and probabilities have one fixed scale from 0 to 1, errors one from -1 to 1. Of a large memory only the rows
 * that some head used are shown, with their true numbers.
 */
public final class SequencePicture implements Picture {
    private static final int LEFT = 156;
    private static final int RIGHT = 24;
    private static final int TOP = 76;
    private static final int BOTTOM = 96;
    private static final int NAMES = 20;
    private static final int RELATION_GAP = 52;
    private static final int NARROWEST = 680;

    /** The width to fill with steps, and the number of steps beyond which several share a column. */
    private static final int PLOT = 1000;
    private static final int MOST_COLUMNS = 1400;
    private static final int WIDEST_CELL = 18;

    private static final TextStyle TITLE = TextStyle.plain(16, Colour.INK).inBold();
    private static final TextStyle SUMMARY = TextStyle.plain(11, Colour.GREY);
    private static final TextStyle SMALL = TextStyle.plain(9.5, Colour.GREY);

    private final Trace trace;
    private final Caption caption;
    private final double vectorRange;
    private final List<HeatPanel> panels;
    private final List<RelationPanel> relations;
    private final TimeAxis axis;

    private SequencePicture(Trace trace, Caption caption, double vectorRange) {
        this.trace = trace;
        this.caption = caption;
        this.vectorRange = vectorRange;
        panels = SequencePanels.of(trace, vectorRange);
        relations = SequencePanels.relations(trace);
        axis = TimeAxis.of(trace.steps(), LEFT, PLOT, MOST_COLUMNS, WIDEST_CELL);
    }

    /**
     * The picture of {@code trace}, with vectors on the smallest round symmetric scale that holds them.
     *
     * @param trace what the machine did
     * @param caption what stands above
     * @return the picture
     */
    public static SequencePicture of(Trace trace, Caption caption) {
        return of(trace, caption, SequencePanels.vectorRange(trace));
    }

    /**
     * The picture of {@code trace}, with vectors on a scale from {@code -vectorRange} to {@code vectorRange}, for
     * pictures that are to be compared.
     *
     * @param trace what the machine did
     * @param caption what stands above
     * @param vectorRange the absolute value of the end colours
     * @return the picture
     * @throws IllegalArgumentException unless {@code vectorRange} is positive and finite
     */
    public static SequencePicture of(Trace trace, Caption caption, double vectorRange) {
        return new SequencePicture(trace, caption, vectorRange);
    }

    @Override
    public int width() {
        double words = Math.max(TITLE.roomFor(caption.task()), SUMMARY.roomFor(summary()));
        return Math.max((int) Math.ceil(Math.max(NARROWEST, NAMES + words + RIGHT)), axis.right() + RIGHT);
    }

    @Override
    public int height() {
        return TOP + BOTTOM + panels.stream().mapToInt(panel -> panel.gap() + panel.pixels()).sum() - panels.getFirst().gap()
                + relations.stream().mapToInt(relation -> RELATION_GAP + relation.pixels()).sum();
    }

    @Override
    public String title() {
        return caption.task() + ": " + caption.machine();
    }

    @Override
    public void drawOn(Canvas canvas) {
        canvas.text(NAMES, 28, caption.task(), TITLE);
        canvas.text(NAMES, 47, summary(), SUMMARY);
        int y = TOP - panels.getFirst().gap();
        for (HeatPanel panel : panels) {
            y += panel.gap();
            panel.draw(canvas, NAMES, y, axis);
            y += panel.pixels();
        }
        axis.drawPhases(canvas, TOP, y, caption.answerStart().isPresent() ? caption.answerStart() : trace.answerStart());
        axis.drawTime(canvas, y);
        for (RelationPanel relation : relations) {
            relation.draw(canvas, NAMES, LEFT, y + (double) RELATION_GAP);
            y += RELATION_GAP + relation.pixels();
        }
        drawLegend(canvas, y + 56);
    }

    private String summary() {
        List<String> parts = new ArrayList<>();
        parts.add(caption.machine());
        for (Use use : Use.values()) {
            int heads = trace.heads(use).size();
            if (heads > 1) {
                parts.add(Numbers.counted(heads, use == Use.READS ? "read head" : "write head"));
            }
        }
        if (trace.target() != null) {
            parts.add(Numbers.grouped(trace.bitErrors()) + " of " + Numbers.counted(trace.countedBits(), "bit") + " wrong");
            parts.add("cross-entropy " + Numbers.significant(trace.bits(), 3) + " bits");
        }
        return String.join(" \u00b7 ", parts);
    }

    private void drawLegend(Canvas canvas, int y) {
        double x = LEFT;
        x = drawScale(canvas, x, y, "probability, weighting", ColourScale.unit());
        if (trace.target() != null) {
            x = drawScale(canvas, x, y, "error", ColourScale.signed(1));
        }
        if (!SequencePanels.unlimited(trace).isEmpty()) {
            x = drawScale(canvas, x, y, unlimited(), ColourScale.signed(vectorRange));
        }
        if (trace.countedBits() < trace.steps() * trace.outputs()) {
            canvas.rectangle(x, y, 16, 8, Colour.NO_DATA);
            canvas.frame(x - 0.5, y - 0.5, 17, 9, Stroke.solid(Colour.FRAME, 1));
            canvas.text(x, y - 5.0, "not scored", SMALL);
        }
    }

    /** What the numbers are that have no range of their own. */
    private String unlimited() {
        boolean passed = SequencePanels.unlimited(trace).stream()
                .allMatch(signal -> signal.role().filter(role -> role == Role.ADD || role == Role.READ).isPresent());
        return passed ? "added and read vectors" : "other numbers";
    }

    /** Draws one colour bar and answers where the next one starts. */
    private static double drawScale(Canvas canvas, double x, int y, String name, ColourScale scale) {
        int columns = scale.low() < 0 ? 2 * ColourScale.LEVELS + 1 : ColourScale.LEVELS + 1;
        double width = 130;
        float[] values = new float[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = (float) (scale.low() + (scale.high() - scale.low()) * i / (columns - 1));
        }
        canvas.group("scale of " + name, () -> {
            canvas.text(x, y - 5.0, name, SMALL);
            canvas.cells(x, y, width / columns, 8, new HeatMap(columns, 1, values).coloured(scale));
            canvas.frame(x - 0.5, y - 0.5, width + 1, 9, Stroke.solid(Colour.FRAME, 1));
            canvas.text(x, y + 20.0, Numbers.significant(scale.low(), 3), SMALL);
            canvas.text(x + width / 2, y + 20.0, Numbers.significant((scale.low() + scale.high()) / 2, 3), SMALL.centred());
            canvas.text(x + width, y + 20.0, Numbers.significant(scale.high(), 3), SMALL.rightAligned());
        });
        return x + width + 36;
    }
}
