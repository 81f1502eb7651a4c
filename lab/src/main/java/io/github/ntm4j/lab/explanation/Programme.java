package io.github.ntm4j.lab.explanation;

import java.util.List;

/**
 * What the heads of a machine do on one sequence, as a programme.
 *
 * <p>The confidence is a share of attention. A sentence about a head that stays or moves explains the weight on the row it puts the
 * head on; a sentence about look-ups explains the weight on the rows that the key found; one about links or free rows the weight on the row
 * that they lead to; a head without focus is not explained. Only steps that matter count: reads of something where the answer counts, and
 * writes that are read later or that replace something. A step weighs as much as the length of the vector read, or of the change made to
 * the memory.
 *
 * @param verdict how clear it is
 * @param confidence in [0, 1]: the smaller of {@code writing} and {@code reading}, as a memory needs both
 * @param writing share of the attention of all writes that matter which the sentences explain; 0 if no write matters
 * @param reading the same of the reads
 * @param phases the programme in brief, for all heads
 * @param actions the programme in full, head by head and step by step
 */
public record Programme(
        Verdict verdict, double confidence, double writing, double reading, List<Phase> phases, List<Action> actions) {
    /** From this confidence on, a programme is clear. */
    private static final double CLEAR = 0.8;
    /** Below this confidence, there is no clear programme. */
    private static final double PARTLY_CLEAR = 0.5;

    /** How clear a programme is. */
    public enum Verdict {
        /** A confidence of at least 0.8. */
        CLEAR("a clear programme"),
        /** A confidence of at least 0.5. */
        PARTLY_CLEAR("a programme, in part"),
        /** A confidence below 0.5: what the sentences say is a small part of what happens. */
        UNCLEAR("no clear programme"),
        /** The machine has no heads. */
        NO_MEMORY("no memory, so no programme");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /**
         * The same in words.
         *
         * @return a few words
         */
        public String words() {
            return words;
        }
    }

    /** Copies the lists. */
    public Programme {
        phases = List.copyOf(phases);
        actions = List.copyOf(actions);
    }

    static Programme of(double writing, double reading, List<Phase> phases, List<Action> actions) {
        double confidence = Math.min(writing, reading);
        Verdict verdict =
                confidence >= CLEAR ? Verdict.CLEAR : confidence >= PARTLY_CLEAR ? Verdict.PARTLY_CLEAR : Verdict.UNCLEAR;
        return new Programme(verdict, confidence, writing, reading, phases, actions);
    }

    static Programme withoutMemory() {
        return new Programme(Verdict.NO_MEMORY, 0, 0, 0, List.of(), List.of());
    }

    /**
     * A stretch of the sequence in the programme in brief.
     *
     * @param name such as {@code while listening}
     * @param from its first step
     * @param to its last step
     * @param sentences what the heads do meanwhile
     */
    public record Phase(String name, int from, int to, List<Sentence> sentences) {
        /** Copies the list. */
        public Phase {
            sentences = List.copyOf(sentences);
        }
    }

    /**
     * What some heads do in a phase.
     *
     * @param heads their names
     * @param words what they do
     */
    public record Sentence(List<String> heads, String words) {
        /** Copies the list. */
        public Sentence {
            heads = List.copyOf(heads);
        }
    }

    /**
     * What one head does in some steps. Steps and rows are counted from 0.
     *
     * @param head its name
     * @param from the first step
     * @param to the last step
     * @param movement how it gets from row to row
     * @param stride rows it moves in a step, or links, of which -1 is one back; 0 where it does neither
     * @param times how often it does the same in these steps
     * @param firstRow the row with most weight at the first step
     * @param lastRow the same at the last step
     * @param effect what comes of it
     * @param confidence share of the attention in these steps that this explains
     * @param words the same as a sentence
     */
    public record Action(
            String head,
            int from,
            int to,
            Movement movement,
            int stride,
            int times,
            int firstRow,
            int lastRow,
            Effect effect,
            double confidence,
            String words) {}

    /** How a head gets from row to row. */
    public enum Movement {
        /** It stays where it is. */
        HOLD,
        /** It moves by the same number of rows in every step. */
        MOVE,
        /** It goes where its key finds something. */
        LOOK_UP,
        /** It goes to what was written next, or just before, by links that its machine keeps. */
        FOLLOW,
        /** It goes to rows that its machine knows to be free. */
        ALLOCATE,
        /** Its attention is on no row in particular. */
        SPREAD
    }

    /** What comes of a head's attention. */
    public enum Effect {
        /** It writes what a head reads in a later step. */
        WRITES,
        /** It replaces what was in a row, and nobody reads the row again. */
        OVERWRITES,
        /** It writes what nobody reads. */
        WRITES_UNREAD,
        /** It hardly changes the memory. */
        LEAVES,
        /** It reads something. */
        READS,
        /** The vector it reads is about zero. */
        READS_NOTHING;

        /**
         * Whether the answer can depend on it.
         *
         * @return whether it can
         */
        public boolean matters() {
            return this == WRITES || this == OVERWRITES || this == READS;
        }
    }
}
