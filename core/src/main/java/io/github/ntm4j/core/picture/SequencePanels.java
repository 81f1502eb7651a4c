package io.github.ntm4j.core.picture;

import io.github.ntm4j.core.trace.HeadTrace;
import io.github.ntm4j.core.trace.HeadTrace.Kind;
import io.github.ntm4j.core.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns a trace into the panels of its picture, in the order of the paper's Figure 6: data, then vectors, then weightings. */
final class SequencePanels {
    private final Trace trace;
    private final double vectorRange;
    private final List<HeatPanel> panels = new ArrayList<>();

    private SequencePanels(Trace trace, double vectorRange) {
        this.trace = trace;
        this.vectorRange = vectorRange;
    }

    /** All panels of {@code trace}, with added and read vectors on a scale of plus and minus {@code vectorRange}. */
    static List<HeatPanel> of(Trace trace, double vectorRange) {
        SequencePanels made = new SequencePanels(trace, vectorRange);
        made.addData();
        made.addVectors(Kind.WRITE, "Adds", true);
        made.addVectors(Kind.READ, "Reads", trace.heads(Kind.WRITE).isEmpty());
        made.addWeightings(RowWindow.of(trace.heads(), trace.rows()), 264);
        return made.panels;
    }

    /** What shows best that a machine has learned: the answer, and where the heads were among the rows of {@code window}. */
    static List<HeatPanel> ofFilm(Trace trace, RowWindow window) {
        SequencePanels made = new SequencePanels(trace, 1);
        made.addTarget();
        made.addOutput();
        made.addWeightings(window, 200);
        return made.panels;
    }

    /** A round number that no added or read vector of {@code trace} exceeds, at least 0.1. */
    static double vectorRange(Trace trace) {
        double largest = 0.1;
        for (HeadTrace head : trace.heads()) {
            largest = Math.max(largest, largest(head.vectors()));
        }
        return Ticks.roundUpFinely(largest);
    }

    /** The scale for inputs: sequential when all are in [0, 1], else diverging over a round range. */
    static ColourScale inputScale(Trace trace) {
        for (float[] step : trace.input()) {
            for (float value : step) {
                if (value < 0 || value > 1) {
                    return ColourScale.signed(Ticks.roundUp(Math.max(1, largest(trace.input()))));
                }
            }
        }
        return ColourScale.unit();
    }

    private static double largest(float[][] values) {
        double largest = 0;
        for (float[] step : values) {
            for (float value : step) {
                if (Float.isFinite(value)) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
        }
        return largest;
    }

    private void addData() {
        ColourScale scale = inputScale(trace);
        List<String> range = scale.low() < 0 ? List.of("\u00b1" + Numbers.significant(scale.high(), 3)) : List.of();
        addChannels("Inputs", range, trace.input(), scale);
        addTarget();
        addOutput();
        float[][] target = trace.target();
        if (target != null) {
            addChannels("Errors", List.of("output \u2212 target"), errors(target), ColourScale.signed(1));
        }
    }

    private void addTarget() {
        float[][] target = trace.target();
        if (target != null) {
            addChannels("Targets", List.of(), counted(target), ColourScale.unit());
        }
    }

    private void addOutput() {
        addChannels("Outputs", List.of(), counted(trace.output()), ColourScale.unit());
    }

    private void addChannels(String name, List<String> notes, float[][] values, ColourScale scale) {
        int channels = values[0].length;
        RowWindow all = new RowWindow(0, channels, channels);
        panels.add(new HeatPanel(name, notes, HeatMap.of(values, channels, i -> i), scale, all, 72, 8, false));
    }

    /** Outputs minus targets where the answer counts, no value elsewhere. */
    private float[][] errors(float[][] target) {
        float[][] errors = counted(target);
        for (int step = 0; step < trace.steps(); step++) {
            for (int i = 0; i < trace.outputs(); i++) {
                errors[step][i] = trace.output()[step][i] - errors[step][i];
            }
        }
        return errors;
    }

    /** A copy of {@code values} without the steps that don't count. */
    private float[][] counted(float[][] values) {
        float[][] counted = new float[trace.steps()][];
        for (int step = 0; step < counted.length; step++) {
            counted[step] = values[step].clone();
            if (!trace.counts(step)) {
                Arrays.fill(counted[step], Float.NaN);
            }
        }
        return counted;
    }

    private void addVectors(Kind kind, String name, boolean opensGroup) {
        int width = trace.width();
        int height = Math.max(trace.heads().size() > 4 ? 60 : 80, Math.min(width, 160));
        boolean opens = opensGroup;
        for (HeadTrace head : trace.heads(kind)) {
            HeatMap map = HeatMap.of(head.vectors(), width, i -> i);
            RowWindow all = new RowWindow(0, width, width);
            panels.add(new HeatPanel(name, names(head), map, ColourScale.signed(vectorRange), all, height, 8, opens));
            opens = false;
        }
    }

    private void addWeightings(RowWindow window, int highest) {
        int height = Math.clamp(780 / Math.max(1, trace.heads().size()), 72, highest);
        boolean opens = true;
        for (Kind kind : List.of(Kind.WRITE, Kind.READ)) {
            for (HeadTrace head : trace.heads(kind)) {
                List<String> notes = new ArrayList<>(names(head));
                HeatMap map = HeatMap.of(head.weighting(), window.count(), window::row);
                notes.add(window.words());
                String name = kind == Kind.WRITE ? "Write weighting" : "Read weighting";
                HeatPanel panel = new HeatPanel(name, notes, map, ColourScale.unit(), window, height, 6, opens);
                if (panel.rowsPerCell() > 1) {
                    notes.add("largest of each " + panel.rowsPerCell());
                }
                panels.add(panel);
                opens = false;
            }
        }
    }

    /** The head's name where there are several of its kind. */
    private List<String> names(HeadTrace head) {
        return trace.heads(head.kind()).size() > 1 ? List.of(head.name()) : List.of();
    }
}
