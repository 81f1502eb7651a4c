package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Finding.Status;
import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;
import io.github.ntm4j.lab.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Looks at what is good and what is odd about a machine at work. Only steps that matter count ({@link Effect#matters}). */
final class HealthCheck {
    private static final double FOCUSED = 0.8;
    private static final double BLURRED = 0.5;
    /** A gate this close to 0 or 1 passes at most 1 % of the gradient of its sigmoid's argument. */
    private static final float SATURATED = 0.01f;
    private static final double MANY_SATURATED = 0.5;
    /** A look-up with a weaker key gives a perfect match at most e^(2 * 2) = 55 times the weight of its opposite. */
    private static final double WEAK_KEY = 2;
    /** A stronger key turns the content weighting into a choice: next to no gradient reaches the other rows. */
    private static final double HARD_KEY = 50;
    /** A sharpening exponent below this does nothing: its least value is 1. */
    private static final float FLOOR = 1.05f;
    private static final double OFTEN_AT_FLOOR = 0.25;
    private static final double ALIKE = 0.95;
    /** A probability from 0.25 to 0.75 is undecided. */
    private static final float UNDECIDED = 0.25f;
    private static final double FEW_UNDECIDED = 0.01;
    private static final double MANY_UNDECIDED = 0.1;

    private final Trace trace;
    private final MemoryUse use;
    private final List<HeadPath> paths;
    private final List<Finding> findings = new ArrayList<>();

    HealthCheck(Trace trace, MemoryUse use, List<HeadPath> paths) {
        this.trace = trace;
        this.use = use;
        this.paths = paths;
    }

    List<Finding> findings() {
        findings.add(undecided(trace));
        focus(true);
        focus(false);
        unusedRows();
        turns();
        gates();
        keys();
        sharpening();
        eraseAndAdd();
        idleHeads();
        twins();
        return findings;
    }

    static Finding undecided(Trace trace) {
        int count = 0;
        int all = 0;
        for (int t = 0; t < trace.steps(); t++) {
            for (int i = 0; trace.counts(t) && i < trace.outputs(); i++) {
                float output = trace.output()[t][i];
                count += output > UNDECIDED && output < 1 - UNDECIDED ? 1 : 0;
                all++;
            }
        }
        double share = all == 0 ? 0 : (double) count / all;
        Status status = share < FEW_UNDECIDED ? Status.GOOD : share < MANY_UNDECIDED ? Status.NOTICE : Status.WARNING;
        String hint = status == Status.GOOD
                ? "the machine is sure of its answers, be they right or wrong"
                : "probabilities between 0.25 and 0.75: it does not know these bits, or nobody could know them";
        return new Finding("undecided outputs", share, percent(share) + " of " + all + " bits", status, hint);
    }

    private void focus(boolean writes) {
        double sum = 0;
        int count = 0;
        for (HeadPath path : paths) {
            for (int t = 0; path.steps().writes() == writes && t < trace.steps(); t++) {
                if (path.steps().effect()[t].matters()) {
                    sum += path.steps().peak()[t];
                    count++;
                }
            }
        }
        String name = writes ? "focus of writes" : "focus of reads";
        if (count == 0) {
            findings.add(new Finding(name, 0, "-", Status.WARNING, writes
                    ? "nothing that is written is read back: the memory is not used"
                    : "nothing is read: the memory is not used"));
            return;
        }
        double focus = sum / count;
        Status status = focus >= FOCUSED ? Status.GOOD : focus >= BLURRED ? Status.NOTICE : Status.WARNING;
        findings.add(new Finding(name, focus, decimals(focus), status, switch (status) {
            case GOOD -> "mean weight of the row attended to most: on one row at a time";
            case NOTICE -> "mean weight of the row attended to most: neighbours or similar rows get a share, which long sequences may not forgive";
            case WARNING -> "mean weight of the row attended to most: several rows are mixed; right for averages, wrong for exact recall";
        }));
    }

    private void unusedRows() {
        int rows = trace.rows();
        int unused = rows - use.touchedRows();
        Status status = unused > 0 ? Status.GOOD : Status.NOTICE;
        findings.add(new Finding("unused rows", unused, unused + " of " + rows, status, unused > 0
                ? "neither written nor read here: room for longer sequences"
                : "every row is in use: longer sequences need more rows (--rows)"));
    }

    /** A head that moves on for more steps than there are rows comes back to where it began; bad while there is more to listen to. */
    private void turns() {
        if (paths.stream().noneMatch(path -> path.steps().writes() && path.steps().head().shift() != null)) {
            return; // what goes to free rows does not go around
        }
        double most = (double) reachOfWrites(trace.steps()) / trace.rows();
        double listening = (double) reachWhileListening() / trace.rows();
        Status status = most <= 1 ? Status.GOOD : listening <= 1 ? Status.NOTICE : Status.WARNING;
        findings.add(new Finding("turns of the write heads", most, decimals(most), status, switch (status) {
            case GOOD -> "no write head has gone all around the memory";
            case NOTICE -> "a write head has gone all around the memory and come to rows it wrote before; if they are still needed, try --rows";
            case WARNING -> "while listening, a write head has gone all around the memory and come to rows it wrote before; try --rows";
        }));
    }

    /** Over how many rows a write head has moved before the answer begins. */
    int reachWhileListening() {
        return reachOfWrites(trace.answerStart().orElse(0));
    }

    private int reachOfWrites(int end) {
        int most = 0;
        for (HeadPath path : paths) {
            most = path.steps().writes() ? Math.max(most, reach(path, end)) : most;
        }
        return most;
    }

    /** Over how many rows a head has moved without leaving its way, before a step; more than there are when it goes around. */
    private static int reach(HeadPath path, int end) {
        int most = 0;
        int place = 0;
        int low = 0;
        int high = 0;
        for (Segment segment : path.segments()) {
            boolean moves = segment.movement() == Movement.MOVE || segment.movement() == Movement.HOLD;
            for (int t = segment.from(); t < Math.min(end, segment.to()); t++) {
                boolean leaves = !moves || t == 0 || (segment.jumps() && t == segment.from());
                place = leaves ? 0 : place + path.steps().delta(t);
                low = leaves ? 0 : Math.min(low, place);
                high = leaves ? 0 : Math.max(high, place);
                most = Math.max(most, moves ? high - low + 1 : 0);
            }
        }
        return most;
    }

    private void gates() {
        int saturated = 0;
        int all = 0;
        for (HeadPath path : paths) {
            float[][] gates = path.steps().head().gate();
            for (int t = 0; gates != null && t < gates.length; t++) {
                saturated += gates[t][0] < SATURATED || gates[t][0] > 1 - SATURATED ? 1 : 0;
                all++;
            }
        }
        if (all == 0) {
            return;
        }
        double share = (double) saturated / all;
        findings.add(new Finding("saturated gates", share, percent(share), share < MANY_SATURATED ? Status.GOOD : Status.NOTICE,
                share < MANY_SATURATED
                        ? "gates below 0.01 or above 0.99; the others still learn"
                        : "gates below 0.01 or above 0.99 hardly learn: fine when training is over, stuck when it is not"));
    }

    private void keys() {
        boolean shown = false;
        double sum = 0;
        int count = 0;
        for (HeadPath path : paths) {
            HeadSteps steps = path.steps();
            float[][] strengths = steps.head().strength();
            shown |= strengths != null;
            for (int t = 0; strengths != null && t < steps.steps(); t++) {
                if (steps.effect()[t].matters() && steps.byContent()[t] >= 0.5f) {
                    sum += strengths[t][0];
                    count++;
                }
            }
        }
        if (!shown) {
            return;
        }
        if (count == 0) {
            boolean moving = paths.stream().allMatch(path -> path.steps().head().gate() != null);
            findings.add(new Finding("key strength", 0, "-", Status.GOOD, moving
                    ? "no step that matters goes by content: the heads only move"
                    : "no step that matters goes by content"));
            return;
        }
        double strength = sum / count;
        boolean odd = strength < WEAK_KEY || strength > HARD_KEY;
        findings.add(new Finding("key strength", strength, decimals(strength), odd ? Status.NOTICE : Status.GOOD,
                strength < WEAK_KEY
                        ? "mean of the look-ups: too weak to tell similar rows apart"
                        : odd
                                ? "mean of the look-ups: so strong that other rows get next to no gradient"
                                : "mean of the look-ups: strong enough to choose a row"));
    }

    private void sharpening() {
        boolean shown = false;
        int floor = 0;
        int all = 0;
        double focus = 0;
        for (HeadPath path : paths) {
            HeadSteps steps = path.steps();
            float[][] exponents = steps.head().sharpening();
            shown |= exponents != null;
            for (int t = 0; exponents != null && t < steps.steps(); t++) {
                if (steps.effect()[t].matters()) {
                    boolean low = exponents[t][0] < FLOOR;
                    floor += low ? 1 : 0;
                    focus += low ? steps.peak()[t] : 0;
                    all++;
                }
            }
        }
        if (!shown) {
            return;
        }
        double share = all == 0 ? 0 : (double) floor / all;
        boolean blurs = share > OFTEN_AT_FLOOR && focus / floor < FOCUSED;
        findings.add(new Finding("sharpening at its floor", share, percent(share) + " of steps", blurs ? Status.WARNING : Status.GOOD, blurs
                ? "an exponent of about 1 lets weightings blur with every shift"
                : share > OFTEN_AT_FLOOR ? "an exponent of about 1, but the weightings stay sharp" : "weightings are kept sharp"));
    }

    private void eraseAndAdd() {
        double erased = 0;
        double added = 0;
        int count = 0;
        for (HeadPath path : paths) {
            float[][] erase = path.steps().head().erase();
            float[][] adds = path.steps().head().vectors();
            for (int t = 0; path.steps().writes() && adds != null && t < trace.steps(); t++) {
                if (path.steps().effect()[t].matters()) {
                    erased += erase == null ? 0 : MemoryUse.mean(erase[t]);
                    added += MemoryUse.norm(adds[t]) / Math.sqrt(trace.width());
                    count++;
                }
            }
        }
        if (count > 0) {
            findings.add(new Finding("erase", erased / count, decimals(erased / count), Status.GOOD,
                    "mean of the erase vectors: 0 adds to what is there, 1 replaces it"));
            findings.add(new Finding("add", added / count, decimals(added / count), Status.GOOD,
                    "root mean square of the add vectors: the size of what a cell holds"));
        }
    }

    private void idleHeads() {
        List<String> idle = new ArrayList<>();
        for (HeadPath path : paths) {
            if (Arrays.stream(path.steps().effect()).noneMatch(Effect::matters)) {
                idle.add(path.steps().name());
            }
        }
        if (!idle.isEmpty()) {
            findings.add(new Finding("idle heads", idle.size(), String.join(", ", idle), Status.NOTICE,
                    "nothing comes of them here: fewer heads may do"));
        }
    }

    /** Heads of a kind whose weightings overlap, sum_i min(w_i, v_i), by 0.95 on the average. */
    private void twins() {
        for (int a = 0; a < paths.size(); a++) {
            for (int b = a + 1; b < paths.size(); b++) {
                HeadSteps one = paths.get(a).steps();
                HeadSteps other = paths.get(b).steps();
                if (one.writes() == other.writes()) {
                    double overlap = overlap(one, other);
                    if (overlap >= ALIKE) {
                        findings.add(new Finding("heads alike", overlap, one.name() + ", " + other.name(), Status.NOTICE,
                                "their weightings overlap by " + percent(overlap) + ": one of them may do"));
                    }
                }
            }
        }
    }

    private static double overlap(HeadSteps one, HeadSteps other) {
        double sum = 0;
        int count = 0;
        for (int t = 0; t < one.steps(); t++) {
            if (!one.effect()[t].matters() && !other.effect()[t].matters()) {
                continue;
            }
            float[] w = one.head().weighting()[t];
            float[] v = other.head().weighting()[t];
            for (int row = 0; row < w.length; row++) {
                sum += Math.min(w[row], v[row]);
            }
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
