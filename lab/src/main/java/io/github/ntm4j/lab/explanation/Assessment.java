package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Finding.Status;
import io.github.ntm4j.lab.explanation.Programme.Verdict;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Words, health and result of a machine on a sequence in one sentence, so that a clear programme is not taken for a right one:
 * {@code a clear programme, but it overwrites 172 of 300 rows: 43 % wrong}.
 *
 * @param words the sentence
 * @param sound whether the answer is as right as it can be
 * @param rows how many rows of memory may mend it; empty where rows are not what is missing
 */
public record Assessment(String words, boolean sound, OptionalInt rows) {
    /** No machine runs with more rows than the studio offers. */
    private static final int MOST_ROWS = 1 << 16;
    /** A cost within this factor of the least possible is as good as that. */
    private static final double CLOSE = 1.1;

    /**
     * Assesses a trace.
     *
     * @param trace what a machine did
     * @param explanation of the same trace
     * @param optimum the bits that the best predictor can expect to need on this sequence; 0 where everything can be known
     * @return the assessment
     */
    public static Assessment of(Trace trace, Explanation explanation, double optimum) {
        Verdict verdict = explanation.programme().verdict();
        int counted = trace.target() == null ? 0 : trace.countedBits();
        if (counted == 0) {
            return new Assessment(verdict.words() + "; there is no right answer to hold its own against", false, OptionalInt.empty());
        }
        if (optimum > 0) {
            return new Assessment(
                    String.format(Locale.ROOT, "%s; its answer costs %.1f bits, the best that can be expected is %.1f", verdict.words(), trace.bits(), optimum),
                    trace.bits() <= CLOSE * optimum,
                    OptionalInt.empty());
        }
        if (trace.objective() == Objective.REALS) {
            return new Assessment(String.format(Locale.ROOT, "%s; the squares of its errors come to %.3g", verdict.words(), trace.bits()), false, OptionalInt.empty());
        }
        boolean told = verdict == Verdict.CLEAR || verdict == Verdict.PARTLY_CLEAR;
        int wrong = trace.bitErrors();
        String unit = trace.objective() == Objective.SYMBOLS ? "symbols" : "bits";
        if (wrong == 0) {
            return new Assessment(verdict.words() + (told ? ", and" : ", but") + " none of " + counted + " " + unit + " is wrong", true, OptionalInt.empty());
        }
        String result = percent((double) wrong / counted) + " wrong";
        String cause = cause(trace, explanation);
        return new Assessment(
                verdict.words() + (told ? ", but " : ", and ")
                        + (cause.isEmpty() ? result + " (" + wrong + " of " + counted + " " + unit + ")" : cause + ": " + result),
                false,
                overwrites(trace, explanation.overwriting()) ? rowsFor(explanation.overwriting().reach()) : OptionalInt.empty());
    }

    /**
     * The sentence, and what to do about it.
     *
     * @return words, with the number of rows that may mend it
     */
    public String advice() {
        return rows.isEmpty() ? words : words + ". Give it " + String.format(Locale.ROOT, "%,d", rows.getAsInt()) + " rows";
    }

    private static String cause(Trace trace, Explanation explanation) {
        Overwriting overwriting = explanation.overwriting();
        if (overwrites(trace, overwriting)) {
            return "it overwrites " + overwriting.lost() + " of " + overwriting.written() + " rows";
        }
        return warns(explanation, "focus of writes")
                ? "what it writes is spread over rows"
                : warns(explanation, "focus of reads")
                        ? "what it reads is mixed from rows"
                        : warns(explanation, "undecided outputs") ? "it is undecided" : "";
    }

    private static boolean warns(Explanation explanation, String name) {
        return explanation.health().stream().anyMatch(finding -> finding.name().equals(name) && finding.status() == Status.WARNING);
    }

    private static boolean overwrites(Trace trace, Overwriting overwriting) {
        return overwriting.lost() > 0 && overwriting.reach() > trace.rows() && overwriting.reach() <= MOST_ROWS;
    }

    /** The least power of two that holds so many rows. */
    private static OptionalInt rowsFor(int reach) {
        return OptionalInt.of(Integer.highestOneBit(Math.max(1, reach - 1)) << 1);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share >= 0.1 ? "%.0f %%" : share >= 0.001 ? "%.1f %%" : "%.2g %%", 100 * share);
    }
}
