package io.github.ntm4j.lab.picture;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.signal.Kind;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import io.github.ntm4j.machines.signal.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns a trace into the panels of its picture, in the order of the paper's Figure 6: data, then vectors and numbers, then what is over the
 * rows of a store, then stores. Which they are, and what they are called, its machine's signals say.
 */
final class SequencePanels {
    private final Trace trace;
    private final double vectorRange;
    private final Map<String, RowWindow> windows;
    private final int heads;
    private final int overRows;
    private final List<HeatPanel> panels = new ArrayList<>();

    private SequencePanels(Trace trace, double vectorRange, Map<String, RowWindow> windows) {
        this.trace = trace;
        this.vectorRange = vectorRange;
        this.windows = windows;
        this.heads = trace.signals().heads().size();
        this.overRows = overRows(trace).size();
    }

    /** All panels of {@code trace}, with numbers that have no range of their own on a scale of plus and minus {@code vectorRange}. */
    static List<HeatPanel> of(Trace trace, double vectorRange) {
        SequencePanels made = new SequencePanels(trace, vectorRange, windows(trace));
        made.addData();
        made.addSignals(vectors(trace), 264);
        made.addSignals(overRows(trace), 264);
        made.addSignals(stores(trace), 264);
        return made.panels;
    }

    /** The stores of a trace that relate rows to rows: what they are after the last step says it all. */
    static List<RelationPanel> relations(Trace trace) {
        Map<String, RowWindow> windows = windows(trace);
        return drawn(trace).stream()
                .filter(SequencePanels::isRelation)
                .map(store -> RelationPanel.of(trace, store, Objects.requireNonNull(windows.get(store.over().orElseThrow().address()))))
                .toList();
    }

    private static boolean isRelation(Signal signal) {
        return signal.kind() == Kind.STORE && signal.over().isPresent();
    }

    /** What shows best that a machine has learned: the answer, and where the heads were; of a machine without heads, what else it shows. */
    static List<HeatPanel> ofFilm(Trace trace, Map<String, RowWindow> windows) {
        SequencePanels made = new SequencePanels(trace, vectorRange(trace), windows);
        made.addTarget();
        made.addOutput();
        made.addSignals(overRows(trace).isEmpty() ? vectors(trace) : overRows(trace), 200);
        return made.panels;
    }

    /** A round number that none of the numbers without a range of their own exceeds, at least 0.1. */
    static double vectorRange(Trace trace) {
        double largest = 0.1;
        for (Signal signal : unlimited(trace)) {
            largest = Math.max(largest, largest(trace.of(signal)));
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
        panels.add(new HeatPanel(name, notes, HeatMap.of(values, channels, i -> i), scale, all, List.of(), 72, 8, false));
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

    private void addSignals(List<Signal> signals, int highest) {
        boolean opens = true;
        for (Signal signal : signals) {
            HeatPanel panel = panel(signal, highest, opens);
            panels.add(panel);
            opens = false;
        }
    }

    private HeatPanel panel(Signal signal, int highest, boolean opens) {
        List<String> notes = new ArrayList<>(names(signal));
        RowWindow window = windows.get(storeOf(signal).map(Signal::address).orElse(""));
        if (window == null) {
            int width = signal.width();
            int height = Math.max(heads > 4 ? 60 : 80, Math.min(width, 160));
            RowWindow all = new RowWindow(0, width, width);
            HeatMap map = HeatMap.of(trace.of(signal), width, i -> i);
            int cell = signal.labels().isEmpty() ? 8 : 11;
            List<String> labels = signal.kind() == Kind.NUMBER ? HeatPanel.NONE : signal.labels();
            return new HeatPanel(title(signal), notes, map, scale(signal), all, labels, height, cell, opens);
        }
        boolean store = signal.kind() == Kind.STORE;
        float[][] values = store ? lengths(signal) : trace.of(signal);
        int height = Math.clamp(780 / Math.max(1, overRows), 72, highest);
        if (store) {
            notes.add("length of each row");
        }
        notes.add(window.words());
        HeatMap map = HeatMap.of(values, window.count(), window::row);
        ColourScale scale = store ? ColourScale.signed(Ticks.roundUpFinely(Math.max(0.1, largest(values)))) : scale(signal);
        HeatPanel panel = new HeatPanel(title(signal), notes, map, scale, window, List.of(), height, 6, opens);
        if (panel.rowsPerCell() > 1) {
            notes.add("largest of each " + panel.rowsPerCell());
        }
        return panel;
    }

    private ColourScale scale(Signal signal) {
        boolean share = signal.kind() == Kind.WEIGHTING || signal.kind() == Kind.DISTRIBUTION;
        if (share || (signal.low() >= 0 && signal.high() <= 1)) {
            return ColourScale.unit();
        }
        return ColourScale.signed(isUnlimited(signal) ? vectorRange : Math.max(Math.abs(signal.low()), Math.abs(signal.high())));
    }

    /** {@code [steps][rows]}: how much there is in each row. */
    private float[][] lengths(Signal store) {
        float[][] cells = trace.of(store);
        float[][] lengths = new float[trace.steps()][store.rows()];
        for (int step = 0; step < lengths.length; step++) {
            for (int row = 0; row < lengths[step].length; row++) {
                double squares = 0;
                for (int at = row * store.width(); at < (row + 1) * store.width(); at++) {
                    squares += cells[step][at] * cells[step][at];
                }
                lengths[step][row] = (float) Math.sqrt(squares);
            }
        }
        return lengths;
    }

    /** The signal's group where others are called the same. */
    private List<String> names(Signal signal) {
        long same = drawn(trace).stream().filter(other -> title(other).equals(title(signal))).count();
        return same > 1 ? List.of(signal.group()) : List.of();
    }

    /** A weighting says what is done where the head looks. */
    private static String title(Signal signal) {
        return signal.use()
                .map(use -> (use == Use.WRITES ? "Write " : "Read ") + signal.title().toLowerCase(Locale.ROOT))
                .orElse(signal.title());
    }

    /** Whose rows a signal is drawn over. */
    private static Optional<Signal> storeOf(Signal signal) {
        return signal.kind() == Kind.STORE ? Optional.of(signal) : signal.over();
    }

    private static boolean isUnlimited(Signal signal) {
        boolean numbers = signal.kind() == Kind.VECTOR || signal.kind() == Kind.NUMBER || signal.kind() == Kind.ROWS;
        return numbers && (signal.low() <= -Signals.UNLIMITED || signal.high() >= Signals.UNLIMITED);
    }

    /** What is drawn of a machine: of what belongs to heads, those that write come first, as they do in time. */
    private static List<Signal> drawn(Trace trace) {
        return trace.signals().all().stream()
                .filter(signal -> !signal.isDetail() && trace.values().containsKey(signal))
                .sorted(Comparator.comparingInt(signal -> place(trace, signal)))
                .toList();
    }

    private static int place(Trace trace, Signal signal) {
        List<Signal> own =
                trace.signals().heads().stream().filter(head -> head.group().equals(signal.group())).toList();
        return own.isEmpty() ? 2 : own.getFirst().use().orElseThrow() == Use.WRITES ? 0 : 1;
    }

    private static List<Signal> vectors(Trace trace) {
        return drawn(trace).stream().filter(signal -> storeOf(signal).isEmpty()).toList();
    }

    private static List<Signal> overRows(Trace trace) {
        return drawn(trace).stream().filter(signal -> signal.over().isPresent() && signal.kind() != Kind.STORE).toList();
    }

    private static List<Signal> stores(Trace trace) {
        return drawn(trace).stream().filter(signal -> signal.kind() == Kind.STORE && !isRelation(signal)).toList();
    }

    /** The signals whose numbers have no range of their own: they share a scale. */
    static List<Signal> unlimited(Trace trace) {
        return drawn(trace).stream().filter(SequencePanels::isUnlimited).toList();
    }

    /** The rows worth showing of each store, by its name. */
    static Map<String, RowWindow> windows(Trace trace) {
        Map<String, RowWindow> windows = new HashMap<>();
        for (Signal store : trace.signals().stores()) {
            List<float[][]> looks = trace.signals().heads().stream()
                    .filter(head -> head.over().filter(store::equals).isPresent())
                    .map(trace::of)
                    .toList();
            windows.put(store.address(), RowWindow.of(looks, store.rows()));
        }
        return windows;
    }
}
