package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a head through the memory, cut into segments in which it does the same thing.
 *
 * @param steps where it was at each step
 * @param segments the segments, without gaps
 */
record HeadPath(HeadSteps steps, List<Segment> segments) {
    /** A look-up may find this share of all rows; attention on more of them is spread out. */
    private static final int LOOK_UP_SHARE = 8;
    /** Segments up to this length are too short to be told one by one. */
    private static final int SHORT = 3;
    /** Look-ups may fail for this many steps in a row. */
    private static final int GAP = 8;
    /** A pause up to this length doesn't end a movement. */
    private static final int PAUSE = 2;

    /** How a head came to where it is at a step. */
    private enum Cause {
        /** By moving from where it was. */
        MOVED,
        /** By its key. */
        FOUND,
        /** By links to what was written next. */
        ONWARDS,
        /** By links to what was written before. */
        BACK,
        /** Because the row is free. */
        FREE,
        /** It was not on any row before. */
        APPEARED,
        /** It is not on any row. */
        NOWHERE
    }

    /**
     * Follows a head.
     *
     * @param steps where it was
     * @param answer the first step of the answer, where the segments of a write head end; 0 for none
     */
    static HeadPath of(HeadSteps steps, int answer) {
        List<Segment> cut = cut(steps, causes(steps));
        List<Segment> merged = blurs(lookUps(loops(pauses(cut), steps)));
        return new HeadPath(steps, List.copyOf(Effects.split(merged, steps, answer)));
    }

    /** The share of the attention at a step that its segment explains. */
    double explained(Segment segment, int t) {
        return switch (segment.movement()) {
            case HOLD, MOVE, FOLLOW, ALLOCATE -> steps.peak()[t];
            case LOOK_UP -> {
                boolean few = steps.rows()[t] <= mostFound(steps);
                yield few && steps.byContent()[t] >= 0.5f ? steps.found()[t] * steps.byContent()[t] : 0;
            }
            case SPREAD -> 0;
        };
    }

    /** The same over a whole segment. */
    double explained(Segment segment) {
        double sum = 0;
        for (int t = segment.from(); t < segment.to(); t++) {
            sum += explained(segment, t);
        }
        return sum / segment.length();
    }

    private static int mostFound(HeadSteps steps) {
        return Math.max(2, steps.head().rows() / LOOK_UP_SHARE);
    }

    private static Cause[] causes(HeadSteps steps) {
        Cause[] causes = new Cause[steps.steps()];
        for (int t = 0; t < causes.length; t++) {
            boolean focused = steps.peak()[t] >= MemoryUse.FOCUSED;
            boolean found = steps.byContent()[t] >= 0.5f && steps.rows()[t] <= mostFound(steps);
            boolean wasSomewhere = t > 0 && causes[t - 1] != Cause.NOWHERE;
            boolean near = wasSomewhere && Math.abs(steps.delta(t)) <= steps.head().reach();
            // A blurred step in the middle of a movement is still a part of it.
            boolean goesOn = near && t > 1 && causes[t - 1] == Cause.MOVED && steps.delta(t) == steps.delta(t - 1)
                    && steps.peak()[t] >= MemoryUse.ATTENDS;
            int links = steps.head().byLinks(t, steps.row()[t]);
            if (found && t > 0) {
                causes[t] = Cause.FOUND;
            } else if (focused && links != 0) {
                causes[t] = links > 0 ? Cause.ONWARDS : Cause.BACK;
            } else if (focused && steps.head().byAllocation(t, steps.row()[t])) {
                causes[t] = Cause.FREE;
            } else if ((near && focused) || goesOn) {
                causes[t] = Cause.MOVED;
            } else {
                causes[t] = focused ? Cause.APPEARED : Cause.NOWHERE;
            }
        }
        return causes;
    }

    private static List<Segment> cut(HeadSteps steps, Cause[] causes) {
        List<Segment> segments = new ArrayList<>();
        int t = 0;
        while (t < causes.length) {
            Segment next = next(steps, causes, t);
            segments.add(next);
            t = next.to();
        }
        return segments;
    }

    private static Segment next(HeadSteps steps, Cause[] causes, int from) {
        boolean jumps = causes[from] == Cause.FOUND;
        Cause goesOn = jumps && from + 1 < causes.length && isByLinks(causes[from + 1]) ? causes[from + 1] : causes[from];
        int end = from + 1;
        if (goesOn == Cause.NOWHERE || goesOn == Cause.FREE || isByLinks(goesOn)) {
            while (end < causes.length && causes[end] == goesOn) {
                end++;
            }
            return switch (goesOn) {
                case ONWARDS -> segment(from, end, Movement.FOLLOW, 1, jumps);
                case BACK -> segment(from, end, Movement.FOLLOW, -1, jumps);
                case FREE -> segment(from, end, Movement.ALLOCATE, 0, false);
                default -> segment(from, end, Movement.SPREAD, 0, false);
            };
        }
        if (end < causes.length && causes[end] == Cause.MOVED) {
            int stride = steps.delta(end);
            while (end < causes.length && causes[end] == Cause.MOVED && steps.delta(end) == stride) {
                end++;
            }
            return segment(from, end, stride == 0 ? Movement.HOLD : Movement.MOVE, stride, jumps);
        }
        if (jumps) {
            while (end < causes.length
                    && causes[end] == Cause.FOUND
                    && (end + 1 == causes.length || (causes[end + 1] != Cause.MOVED && !isByLinks(causes[end + 1])))) {
                end++;
            }
            return segment(from, end, Movement.LOOK_UP, 0, true);
        }
        int stride = causes[from] == Cause.MOVED ? steps.delta(from) : 0;
        return segment(from, end, stride == 0 ? Movement.HOLD : Movement.MOVE, stride, false);
    }

    private static boolean isByLinks(Cause cause) {
        return cause == Cause.ONWARDS || cause == Cause.BACK;
    }

    private static Segment segment(int from, int to, Movement movement, int stride, boolean jumps) {
        return new Segment(from, to, movement, stride, jumps, 1, Effect.LEAVES);
    }

    /** A movement that pauses for a step or two and goes on is one movement. */
    private static List<Segment> pauses(List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment next = segments.get(i);
            if (merged.isEmpty()) {
                merged.add(next);
                continue;
            }
            Segment last = merged.getLast();
            boolean landed = last.movement() == Movement.HOLD && last.length() <= PAUSE && last.jumps();
            boolean pause = next.movement() == Movement.HOLD && next.length() <= PAUSE && !next.jumps();
            if (landed && next.movement() == Movement.MOVE && !next.jumps()) {
                merged.set(merged.size() - 1, segment(last.from(), next.to(), Movement.MOVE, next.stride(), true));
            } else if (goesOn(last, next) || (pause && i + 1 < segments.size() && goesOn(last, segments.get(i + 1)))) {
                merged.set(merged.size() - 1, last.until(next.to()));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private static boolean goesOn(Segment last, Segment next) {
        return last.movement() == Movement.MOVE
                && next.movement() == Movement.MOVE
                && last.stride() == next.stride()
                && !next.jumps();
    }

    /** Jumps to the same row with the same number of equal moves from there are a loop. */
    private static List<Segment> loops(List<Segment> segments, HeadSteps steps) {
        List<Segment> folded = new ArrayList<>();
        int i = 0;
        while (i < segments.size()) {
            Segment first = segments.get(i);
            int end = i + 1;
            while (end < segments.size() && sameBody(first, segments.get(end), steps)) {
                end++;
            }
            folded.add(end > i + 1 ? first.repeated(segments.get(end - 1).to(), end - i) : first);
            i = end;
        }
        return folded;
    }

    private static boolean sameBody(Segment first, Segment other, HeadSteps steps) {
        return first.jumps()
                && other.jumps()
                && (first.movement() == Movement.MOVE || first.movement() == Movement.FOLLOW)
                && other.movement() == first.movement()
                && first.stride() == other.stride()
                && first.length() == other.length()
                && steps.row()[first.from()] == steps.row()[other.from()];
    }

    /** Short stays between jumps are look-ups. */
    private static List<Segment> lookUps(List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        int i = 0;
        while (i < segments.size()) {
            int end = i;
            int found = 0;
            int all = 0;
            while (end < segments.size() && isPartOfLookUps(segments.get(end))) {
                Segment part = segments.get(end);
                found += part.movement() == Movement.LOOK_UP || part.jumps() ? part.length() : 0;
                all += part.length();
                end++;
            }
            if (end - i > 1 && 2 * found > all) {
                merged.add(segment(segments.get(i).from(), segments.get(end - 1).to(), Movement.LOOK_UP, 0, true));
                i = end;
            } else {
                merged.add(segments.get(i));
                i++;
            }
        }
        return merged;
    }

    private static boolean isPartOfLookUps(Segment segment) {
        int longest = segment.movement() == Movement.SPREAD ? GAP : SHORT;
        return segment.times() == 1 && !segment.isLed() && (segment.movement() == Movement.LOOK_UP || segment.length() <= longest);
    }

    /** A step or two on a row, before or after attention is spread, is a part of that. */
    private static List<Segment> blurs(List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment next = segments.get(i);
            boolean passing = next.length() <= PAUSE && next.movement() != Movement.LOOK_UP && !next.jumps() && !next.isLed();
            boolean afterSpread = !merged.isEmpty() && merged.getLast().movement() == Movement.SPREAD;
            boolean beforeSpread = i + 1 < segments.size() && segments.get(i + 1).movement() == Movement.SPREAD;
            boolean spread = next.movement() == Movement.SPREAD || (passing && (afterSpread || beforeSpread));
            if (spread && afterSpread) {
                merged.set(merged.size() - 1, merged.getLast().until(next.to()));
            } else {
                merged.add(spread ? segment(next.from(), next.to(), Movement.SPREAD, 0, false) : next);
            }
        }
        return merged;
    }
}
