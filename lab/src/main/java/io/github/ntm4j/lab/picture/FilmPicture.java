package io.github.ntm4j.lab.picture;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A machine of a training's film at work: what it should have said and said, and where its heads were. The pictures of a film are of one
 * sequence, of one size, and show the same rows of the memory, so that only what was learned differs between them.
 */
public final class FilmPicture implements Picture {
    private static final int LEFT = 156;
    private static final int RIGHT = 24;
    private static final int TOP = 92;
    private static final int BOTTOM = 46;
    private static final int NAMES = 20;
    private static final int NARROWEST = 480;

    /** The width to fill with steps, and the number of steps beyond which several share a column. */
    private static final int PLOT = 520;
    private static final int WIDEST_CELL = 18;

    private static final TextStyle TITLE = TextStyle.plain(16, Colour.INK).inBold();
    private static final TextStyle SUMMARY = TextStyle.plain(11, Colour.GREY);

    private final String title;
    private final String summary;
    private final double progress;
    private final Trace trace;
    private final List<HeatPanel> panels;
    private final TimeAxis axis;
    private final int width;

    private FilmPicture(String title, String summary, double progress, Trace trace, List<HeatPanel> panels, TimeAxis axis, int width) {
        this.title = title;
        this.summary = summary;
        this.progress = progress;
        this.trace = trace;
        this.panels = panels;
        this.axis = axis;
        this.width = width;
    }

    /**
     * The pictures of a film. Of a large memory they show the rows that the heads of the last machine use.
     *
     * @param caption the task with the size of the sequence, and the machine
     * @param film what each machine did on the sequence, by how many sequences its training had seen, in this order
     * @return a picture for each machine, all of one size
     * @throws IllegalArgumentException unless there is a machine, and all are alike and were given sequences of one length
     */
    public static List<FilmPicture> of(Caption caption, SequencedMap<Long, Trace> film) {
        if (film.isEmpty()) {
            throw new IllegalArgumentException("film: expected at least one machine, found none");
        }
        Trace last = film.lastEntry().getValue();
        long end = Math.max(1, film.lastEntry().getKey());
        Map<String, RowWindow> windows = SequencePanels.windows(last);
        TimeAxis axis = TimeAxis.of(last.steps(), LEFT, PLOT, PLOT, WIDEST_CELL);
        int width = Math.max(NARROWEST, axis.right() + RIGHT);
        for (Map.Entry<Long, Trace> frame : film.entrySet()) {
            requireAlike(frame.getValue(), last);
            double words = Math.max(
                    TITLE.roomFor(title(caption, frame.getKey())), SUMMARY.roomFor(summary(caption, frame.getValue())));
            width = Math.max(width, (int) Math.ceil(NAMES + words + RIGHT));
        }
        List<FilmPicture> pictures = new ArrayList<>();
        for (Map.Entry<Long, Trace> frame : film.entrySet()) {
            Trace trace = frame.getValue();
            pictures.add(new FilmPicture(
                    title(caption, frame.getKey()),
                    summary(caption, trace),
                    Math.clamp((double) frame.getKey() / end, 0.0, 1.0),
                    trace,
                    SequencePanels.ofFilm(trace, windows),
                    axis,
                    width));
        }
        return List.copyOf(pictures);
    }

    private static void requireAlike(Trace trace, Trace last) {
        if (!shape(trace).equals(shape(last))) {
            throw new IllegalArgumentException("film: expected machines and sequences like the last, " + shape(last) + ", found " + shape(trace));
        }
    }

    private static String shape(Trace trace) {
        List<String> heads = trace.signals().heads().stream().map(Signal::group).toList();
        return trace.steps() + " steps, " + trace.outputs() + " outputs, " + trace.rows() + " rows, target " + (trace.target() != null) + ", heads " + heads;
    }

    private static String title(Caption caption, long sequences) {
        return caption.task() + ": " + Numbers.counted(sequences, "sequence");
    }

    private static String summary(Caption caption, Trace trace) {
        return trace.target() == null
                ? caption.machine()
                : Numbers.significant(trace.bits(), 3) + " bits \u00b7 " + Numbers.grouped(trace.bitErrors()) + " of "
                        + Numbers.counted(trace.countedBits(), "bit") + " wrong \u00b7 " + caption.machine();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return TOP + BOTTOM + panels.stream().mapToInt(panel -> panel.gap() + panel.pixels()).sum() - panels.getFirst().gap();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public void drawOn(Canvas canvas) {
        canvas.text(NAMES, 28, title, TITLE);
        canvas.text(NAMES, 47, summary, SUMMARY);
        drawProgress(canvas);
        int y = TOP - panels.getFirst().gap();
        for (HeatPanel panel : panels) {
            y += panel.gap();
            panel.draw(canvas, NAMES, y, axis);
            y += panel.pixels();
        }
        axis.drawPhases(canvas, TOP, y, trace.answerStart());
        axis.drawTime(canvas, y);
    }

    /** A bar over the whole width: how far the training had come. */
    private void drawProgress(Canvas canvas) {
        int room = width - NAMES - RIGHT;
        canvas.group("progress", () -> {
            canvas.rectangle(NAMES, 58, room, 4, Colour.GRID);
            canvas.rectangle(NAMES, 58, Math.rint(progress * room), 4, Colour.BLUE);
        });
    }
}
