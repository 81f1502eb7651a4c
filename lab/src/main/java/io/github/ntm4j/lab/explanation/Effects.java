package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds out what comes of the segments of a head. */
final class Effects {
    /** An effect that lasts for fewer steps counts as those around it. */
    private static final int LASTING = 3;
    /** A head looks something up when this share of its look-ups brings something. */
    private static final double SOME_FOUND = 0.25;

    private Effects() {}

    /**
     * Gives segments their effects, and cuts them where these change: those of a write head where the answer begins, those of a
     * read head where it begins or ends to read something.
     */
    static List<Segment> split(List<Segment> segments, HeadSteps steps, int answer) {
        List<Segment> split = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.times() > 1 || segment.movement() == Movement.LOOK_UP) {
                split.add(judged(segment, steps));
            } else if (steps.writes()) {
                boolean across = segment.from() < answer && answer < segment.to();
                if (across) {
                    split.add(judged(segment.until(answer), steps));
                }
                split.add(judged(across ? segment.after(answer) : segment, steps));
            } else {
                splitReads(segment, steps, split);
            }
        }
        return rests(split);
    }

    /** Where nothing comes of a head for some time, it is of no interest how it passes that time. */
    private static List<Segment> rests(List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        for (Segment next : segments) {
            Segment last = merged.isEmpty() ? next : merged.getLast();
            boolean idle = next.effect() == last.effect()
                    && (next.effect() == Effect.READS_NOTHING || next.effect() == Effect.LEAVES);
            if (merged.isEmpty() || !idle || Math.min(last.length(), next.length()) > LASTING) {
                merged.add(next);
            } else {
                Segment longer = last.length() >= next.length() ? last : next;
                merged.set(
                        merged.size() - 1,
                        new Segment(last.from(), next.to(), longer.movement(), longer.stride(), false, 1, next.effect()));
            }
        }
        return merged;
    }

    private static Segment judged(Segment segment, HeadSteps steps) {
        Map<Effect, Integer> counts = counts(steps, segment.from(), segment.to());
        int read = counts.getOrDefault(Effect.WRITES, 0);
        if (read > 0 && read >= counts.getOrDefault(Effect.OVERWRITES, 0)) {
            return segment.with(Effect.WRITES);
        }
        if (counts.getOrDefault(Effect.READS, 0) >= SOME_FOUND * segment.length()) {
            return segment.with(Effect.READS);
        }
        return segment.with(most(steps, segment.from(), segment.to()));
    }

    private static void splitReads(Segment segment, HeadSteps steps, List<Segment> into) {
        Segment rest = segment;
        for (int t = segment.from() + LASTING; t < segment.to(); t++) {
            boolean changes = t - rest.from() >= LASTING
                    && lasts(steps, t, segment.to())
                    && steps.effect()[t] != most(steps, rest.from(), t);
            if (changes) {
                into.add(rest.until(t).with(most(steps, rest.from(), t)));
                rest = rest.after(t);
            }
        }
        into.add(rest.with(most(steps, rest.from(), rest.to())));
    }

    private static boolean lasts(HeadSteps steps, int from, int end) {
        for (int t = from; t < from + LASTING; t++) {
            if (t >= end || steps.effect()[t] != steps.effect()[from]) {
                return false;
            }
        }
        return true;
    }

    private static Effect most(HeadSteps steps, int from, int to) {
        Map<Effect, Integer> counts = counts(steps, from, to);
        Effect most = steps.effect()[from];
        for (Map.Entry<Effect, Integer> entry : counts.entrySet()) {
            most = entry.getValue() > counts.getOrDefault(most, 0) ? entry.getKey() : most;
        }
        return most;
    }

    private static Map<Effect, Integer> counts(HeadSteps steps, int from, int to) {
        Map<Effect, Integer> counts = new EnumMap<>(Effect.class);
        for (int t = from; t < to; t++) {
            counts.merge(steps.effect()[t], 1, Integer::sum);
        }
        return counts;
    }
}
