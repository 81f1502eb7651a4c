package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.training.TrainingEvent;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells a person how a training goes: on a terminal in one line that is drawn over and over, elsewhere in a plain line per
 * evaluation.
 */
public final class ProgressReport implements Consumer<TrainingEvent> {
    private static final double FLOOR = 0.01;
    private static final long REDRAW_NANOS = 100_000_000;

    private final Terminal terminal;
    private final PrintStream stream;
    private final LiveLine line;
    private final boolean live;
    private final RunConfig config;
    private final LongSupplier clock;
    private double[] curve = new double[256];
    private int reports;
    private long start;
    private long drawn;
    private long startSequences;
    /** Said only if the training goes on; when it ends, the summary says it. */
    private long solvedAt;
    /** The worst relapse that was said. */
    private double worstRelapse;

    /**
     * A report of a training that has not begun.
     *
     * @param terminal where to
     * @param forProgram whether the results are for a program, so that progress goes to the error stream
     * @param config the settings of the training
     * @param clock nanoseconds
     */
    public ProgressReport(Terminal terminal, boolean forProgram, RunConfig config, LongSupplier clock) {
        this.terminal = terminal;
        this.stream = forProgram ? terminal.err() : terminal.out();
        this.line = new LiveLine(terminal, stream);
        this.live = terminal.live() && !forProgram;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void accept(TrainingEvent event) {
        if (solvedAt > 0 && !(event instanceof TrainingEvent.Finished)) {
            say(terminal.green("solved after " + Figures.count(solvedAt, "sequence") + ", going on"));
            solvedAt = 0;
        }
        switch (event) {
            case TrainingEvent.Started started -> {
                start = clock.getAsLong();
                startSequences = started.sequences();
            }
            case TrainingEvent.Reported report -> reported(report);
            case TrainingEvent.Evaluated evaluated -> evaluated(evaluated);
            case TrainingEvent.Skipped skipped -> say("skipped an update at " + Figures.count(skipped.sequences())
                    + " sequences: " + skipped.reason() + " (" + skipped.inARow() + " in a row)");
            case TrainingEvent.RolledBack back -> say("went back to the weights of " + Figures.count(back.good(), "sequence")
                    + "; the learning rate is " + Figures.measured(back.rate()) + " of what it was set to");
            case TrainingEvent.Solved solved -> solvedAt = solved.sequences();
            case TrainingEvent.PlateauReached plateau -> say(Setbacks.plateau(plateau, config));
            case TrainingEvent.PlateauLeft left -> say(Setbacks.left(left, config));
            case TrainingEvent.Relapsed relapse -> relapsed(relapse);
            case TrainingEvent.Finished _ -> clear();
        }
    }

    /** Says what is no error but worth knowing. */
    public void notice(String text) {
        clear();
        terminal.notice(text);
    }

    /** Removes the live line, so that other lines can be printed. */
    public void clear() {
        line.clear();
    }

    private void reported(TrainingEvent.Reported report) {
        if (reports == curve.length) {
            halve();
        }
        curve[reports++] = report.bitsPerSequence();
        long now = clock.getAsLong();
        if (live && (!line.isOpen() || now - drawn >= REDRAW_NANOS)) {
            drawn = now;
            draw(report);
        }
    }

    private void draw(TrainingEvent.Reported report) {
        double speed = speed(report.sequences());
        double left = left(report.sequences()) / speed;
        LiveLine.Words words = new LiveLine.Words(
                Figures.count(report.sequences()),
                Figures.measured(report.bitsPerSequence()),
                config.task().objective().unit(),
                Figures.count(Math.round(speed)) + "/s",
                "<= " + Figures.clock(left) + " left");
        line.draw(words, Arrays.copyOf(curve, reports), FLOOR);
    }

    private void evaluated(TrainingEvent.Evaluated evaluated) {
        if (!live) {
            var evaluation = evaluated.evaluation();
            double speed = speed(evaluated.sequences());
            say(Figures.count(evaluated.sequences()) + " sequences, "
                    + Setbacks.figures(evaluation.objective(), evaluation.bitsPerSequence(), evaluation.bitErrorsPerSequence())
                    + " per sequence at " + evaluation.at() + ", "
                    + Figures.count(Math.round(speed)) + " sequences/s, at most "
                    + Figures.clock(left(evaluated.sequences()) / speed) + " left");
        }
    }

    /** Says a relapse that is twice as bad as those before: a training that has nearly solved its task relapses by a little all the time. */
    private void relapsed(TrainingEvent.Relapsed relapse) {
        if (relapse.excessBits() > 2 * worstRelapse) {
            worstRelapse = relapse.excessBits();
            say(Setbacks.relapse(relapse, config));
        }
    }

    private void say(String text) {
        clear();
        stream.println(text);
        stream.flush();
    }

    /** Sequences until the training ends at the latest. */
    private double left(long sequences) {
        return (double) config.training().course().sequences() - sequences;
    }

    /** Sequences per second since the training began. */
    private double speed(long sequences) {
        double seconds = Math.max(1, clock.getAsLong() - start) * 1e-9;
        return Math.max(1e-9, (sequences - startSequences) / seconds);
    }

    /** Makes room by taking every two reports together. */
    private void halve() {
        for (int i = 0; i < reports / 2; i++) {
            curve[i] = Math.sqrt(Math.max(FLOOR, curve[2 * i]) * Math.max(FLOOR, curve[2 * i + 1]));
        }
        reports /= 2;
    }
}
