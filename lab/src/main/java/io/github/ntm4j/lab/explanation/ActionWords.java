package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Says what a head does in a segment.
 *
 * @param use what becomes of what is written
 * @param paths all heads
 */
record ActionWords(MemoryUse use, List<HeadPath> paths) {
    /** Most steps: what is said of a segment holds for this share of them. */
    private static final double MOST = 0.8;
    /** What a head does together with another one holds for this share of the steps. */
    private static final double OFTEN = 0.6;

    /** The whole of it, with the rows. */
    String full(HeadPath path, Segment segment) {
        Effect effect = segment.effect();
        int first = path.steps().row()[segment.from()];
        return switch (segment.movement()) {
            case HOLD -> jump(segment, first) + verb(effect) + " " + at(effect) + "row " + first + origin(path, segment) + stays(segment)
                    + unread(effect);
            case MOVE -> times(segment) + jump(segment, first) + verb(effect) + " " + at(effect) + rows(path.steps(), segment, first) + ", moving "
                    + stride(segment) + pauses(path, segment) + turns(path, segment) + origin(path, segment) + order(path, segment)
                    + readLater(path, segment, 1) + unread(effect);
            case LOOK_UP -> verb(effect) + lookUp(path, segment) + unread(effect);
            case FOLLOW -> times(segment) + jump(segment, first) + verb(effect) + onTo(path.steps(), segment, first) + follows(segment)
                    + origin(path, segment) + order(path, segment);
            case ALLOCATE -> verb(effect) + free(effect, segment) + "," + onTo(path.steps(), segment, first) + readLater(path, segment, 1)
                    + unread(effect);
            case SPREAD -> verb(effect) + ", its attention spread over about " + rows(path.steps(), segment) + " rows" + unread(effect);
        };
    }

    /** The gist of it, for the programme in brief. */
    String brief(HeadPath path, Segment segment) {
        Effect effect = segment.effect();
        if (effect == Effect.READS_NOTHING) {
            return segment.movement() == Movement.HOLD
                    ? "waits at row " + path.steps().row()[segment.from()]
                    : "reads nothing";
        }
        if (effect == Effect.LEAVES) {
            return "leaves the memory as it is";
        }
        if (effect == Effect.WRITES_UNREAD) {
            return "writes what is not read later";
        }
        int first = path.steps().row()[segment.from()];
        return switch (segment.movement()) {
            case HOLD -> jump(segment, first) + verb(effect) + " at row " + first + origin(path, segment);
            case MOVE -> times(segment) + jump(segment, first) + verb(effect) + (segment.jumps() ? "" : " from row " + first) + ", moving "
                    + stride(segment) + pauses(path, segment) + origin(path, segment) + order(path, segment)
                    + readLater(path, segment, MOST);
            case LOOK_UP -> verb(effect) + lookUp(path, segment);
            case FOLLOW -> times(segment) + jump(segment, first) + verb(effect) + (segment.jumps() ? "" : " from row " + first)
                    + follows(segment) + origin(path, segment) + order(path, segment);
            case ALLOCATE -> verb(effect) + free(effect, segment) + readLater(path, segment, MOST);
            case SPREAD -> verb(effect) + ", without focus";
        };
    }

    /** What is alike in segments that do the same with other rows; nothing where nothing comes of it. */
    String kind(Segment segment) {
        Effect effect = segment.effect();
        String verb = (segment.jumps() ? "jumps by content and " : "") + verb(effect);
        return !effect.matters()
                ? ""
                : switch (segment.movement()) {
                    case HOLD -> verb + " on one row";
                    case MOVE -> verb + ", moving " + stride(segment);
                    case LOOK_UP -> verb(effect) + ", found by content";
                    case FOLLOW -> verb + ", following links " + (segment.stride() > 0 ? "onwards" : "back");
                    case ALLOCATE -> verb + free(effect, segment.until(segment.from() + 2));
                    case SPREAD -> verb + ", without focus";
                };
    }

    private static String verb(Effect effect) {
        return switch (effect) {
            case WRITES -> "writes";
            case OVERWRITES -> "overwrites";
            case WRITES_UNREAD -> "writes";
            case LEAVES -> "leaves the memory as it is";
            case READS -> "reads";
            case READS_NOTHING -> "reads nothing";
        };
    }

    private static String at(Effect effect) {
        return effect == Effect.LEAVES || effect == Effect.READS_NOTHING ? "at " : "";
    }

    private static String unread(Effect effect) {
        return effect == Effect.WRITES_UNREAD ? ", not read later" : "";
    }

    /** The rows of a movement, once through. */
    private static String rows(HeadSteps steps, Segment segment, int first) {
        int last = steps.row()[segment.from() + segment.length() / segment.times() - 1];
        return segment.length() > 1 ? "rows " + first + " to " + last : "row " + first;
    }

    /** The first and the last row of those that it comes to, which need not lie side by side. */
    private static String onTo(HeadSteps steps, Segment segment, int first) {
        int last = steps.row()[segment.from() + segment.length() / segment.times() - 1];
        return segment.length() == 1 ? " row " + first : (segment.jumps() ? " on to row " : " from row " + first + " to row ") + last;
    }

    private static String stride(Segment segment) {
        return String.format(Locale.ROOT, "%+d each step", segment.stride());
    }

    private static String follows(Segment segment) {
        int links = segment.length() / segment.times() - (segment.jumps() ? 1 : 0);
        return ", following " + (links == 1 ? "a link " : "the links ") + (segment.stride() > 0 ? "onwards" : "back");
    }

    private static String free(Effect effect, Segment segment) {
        String rows = segment.length() == 1 ? "a free row" : "free rows";
        return switch (effect) {
            case WRITES, WRITES_UNREAD -> " to " + rows;
            case OVERWRITES -> " " + rows;
            default -> " at " + rows;
        };
    }

    private static String stays(Segment segment) {
        return segment.length() > 1 ? ", and stays there" : "";
    }

    private static String jump(Segment segment, int row) {
        return segment.jumps() ? "jumps by content to row " + row + " and " : "";
    }

    private static String times(Segment segment) {
        return segment.times() > 1 ? segment.times() + " times: " : "";
    }

    private static String pauses(HeadPath path, Segment segment) {
        int pauses = 0;
        for (int t = segment.from() + 1; segment.times() == 1 && t < segment.to(); t++) {
            pauses += path.steps().delta(t) == 0 ? 1 : 0;
        }
        return pauses == 0 ? "" : pauses == 1 ? " with a pause" : " with " + pauses + " pauses";
    }

    private static String turns(HeadPath path, Segment segment) {
        int row = path.steps().row()[segment.from()];
        int rows = path.steps().head().rows();
        for (int t = segment.from() + 1; t < segment.to(); t++) {
            if (segment.times() == 1) {
                row += path.steps().delta(t);
            }
        }
        int turns = Math.abs(Math.floorDiv(row, rows));
        return turns == 0 ? "" : turns == 1 ? ", around the end of the memory" : ", " + turns + " times around the end of the memory";
    }

    /** How much of what is written is read later, when that is less than a share. */
    private static String readLater(HeadPath path, Segment segment, double share) {
        int read = 0;
        for (int t = segment.from(); t < segment.to(); t++) {
            read += path.steps().effect()[t] == Effect.WRITES ? 1 : 0;
        }
        boolean told = segment.effect() == Effect.WRITES && read < share * segment.length();
        return told ? ", " + read + " of " + segment.length() + " read later" : "";
    }

    /** When the row was written that a read begins with. */
    private String origin(HeadPath path, Segment segment) {
        if (segment.effect() != Effect.READS) {
            return "";
        }
        int start = segment.from();
        while (start + 1 < segment.to() && path.steps().effect()[start] != Effect.READS) {
            start++;
        }
        int written = use.writtenAt(path.steps(), start);
        String begins = segment.length() > 1 && segment.movement() != Movement.HOLD ? ", beginning with " : ", ";
        if (written == MemoryUse.UNCLEAR && segment.movement() == Movement.FOLLOW) {
            return "";
        }
        if (written < 0) {
            return begins + "a row that was not written before";
        }
        if (written == use.firstWrite()) {
            return begins + "the first row written";
        }
        return segment.times() > 1
                ? begins + "what was written at step " + written
                : begins + "what was written " + count(start - written, "step") + " before";
    }

    /** Whether rows are read in the order in which they were written. */
    private String order(HeadPath path, Segment segment) {
        if (segment.effect() != Effect.READS) {
            return "";
        }
        int onward = 0;
        int back = 0;
        int end = segment.from() + segment.length() / segment.times();
        for (int t = segment.from() + 1; t < end; t++) {
            int before = use.writtenAt(path.steps(), t - 1);
            int now = use.writtenAt(path.steps(), t);
            boolean known = before >= 0 && now >= 0;
            onward += known && now > before ? 1 : 0;
            back += known && now < before ? 1 : 0;
        }
        int moves = end - segment.from() - 1;
        return moves > 0 && onward >= MOST * moves
                ? ", in the order of writing"
                : moves > 0 && back >= MOST * moves ? ", in the reverse order of writing" : "";
    }

    private String lookUp(HeadPath path, Segment segment) {
        HeadSteps steps = path.steps();
        String companion = companion(path, segment);
        if (!companion.isEmpty()) {
            return companion;
        }
        int[] found = IntStream.range(segment.from(), segment.to()).filter(t -> path.explained(segment, t) > 0).toArray();
        if (found.length == 0) {
            return ", searching by content in vain";
        }
        int usual = usual(found, t -> steps.row()[t]);
        double share = share(found, t -> steps.row()[t] == usual);
        long rows = Math.round(Arrays.stream(found).mapToDouble(t -> steps.rows()[t]).average().orElse(1));
        String where = share >= MOST && found.length > 1
                ? " row " + usual + " again and again"
                : share >= OFTEN && found.length > 1
                        ? " mostly row " + usual
                        : rows > 1 ? " about " + rows + " rows at a time" : " one row at a time";
        return where + ", found by content" + beyond(steps, found);
    }

    /** Whether a writer is on the row that a reader is on. */
    private String companion(HeadPath path, Segment segment) {
        for (HeadPath other : paths) {
            if (!path.steps().writes() || other.steps().writes()) {
                continue;
            }
            int[] all = IntStream.range(segment.from(), segment.to()).toArray();
            if (share(all, t -> path.steps().row()[t] == other.steps().row()[t]) >= OFTEN) {
                return " the row that " + other.steps().name() + " reads";
            }
        }
        return "";
    }

    /** Whether it takes the rows beside those that are like the key. */
    private String beyond(HeadSteps steps, int[] found) {
        int shift = usual(found, steps::shift);
        if (shift == 0 || share(found, t -> steps.shift(t) == shift) < MOST) {
            return "";
        }
        int writing = writingStride();
        String beside = String.format(Locale.ROOT, "%+d beside a match", shift);
        return shift == writing
                ? ": what was written next after a match"
                : shift == -writing ? ": what was written just before a match" : ": the row " + beside;
    }

    /** The stride of the longest movement of a write head, or 0. */
    private int writingStride() {
        int longest = 0;
        int stride = 0;
        for (HeadPath path : paths) {
            for (Segment segment : path.segments()) {
                if (path.steps().writes() && segment.movement() == Movement.MOVE && segment.length() > longest) {
                    longest = segment.length();
                    stride = segment.stride();
                }
            }
        }
        return stride;
    }

    private static int rows(HeadSteps steps, Segment segment) {
        double sum = 0;
        for (int t = segment.from(); t < segment.to(); t++) {
            sum += steps.rows()[t];
        }
        return (int) Math.max(1, Math.round(sum / segment.length()));
    }

    /** The value that occurs most often in some steps. */
    private static int usual(int[] steps, IntUnaryOperator value) {
        int usual = 0;
        double most = -1;
        for (int step : steps) {
            int candidate = value.applyAsInt(step);
            double share = share(steps, t -> value.applyAsInt(t) == candidate);
            usual = share > most ? candidate : usual;
            most = Math.max(share, most);
        }
        return usual;
    }

    private static double share(int[] steps, IntPredicate holds) {
        return (double) Arrays.stream(steps).filter(holds).count() / steps.length;
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
