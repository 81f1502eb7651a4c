package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.data.SequenceCoding.Layout;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a file show of when a machine should answer. That there are as many targets as inputs shows nothing: lists that are
 * reversed, sorted or copied are like that, too, and cannot be answered before they have ended. So symbols, words and texts are answered
 * after the input, unless something shows that each target is known when its input is:
 *
 * <ul>
 *   <li>a mask, or targets left out, at steps of the input;
 *   <li>each target is the next input;
 *   <li>wherever the same inputs have come before, the last one, two or three or all since the beginning, the target is the same, and this
 *       has been so often enough.
 * </ul>
 *
 * Vectors are answered during the input if there is one for each, unless they are in every line those of the input in some order.
 */
final class LayoutEvidence {
    private static final int LONGEST_WINDOW = 3;
    /** The fewest steps that have to agree with earlier ones, and how many of all steps these must be. */
    private static final int LEAST_AGREEING = 100;
    private static final double LEAST_SHARE = 0.5;
    private static final int MOST_CONTEXTS = 1 << 17;
    private static final int MOST_INPUTS = 1 << 17;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long lines;
    private long unequal;
    private long firstUnequal;
    private String unequalLengths = "";
    private boolean oneStep = true;
    private boolean masked;
    private boolean nextInputs = true;
    private long followed;
    private boolean reordered = true;
    private boolean copied = true;
    private boolean oneTarget = true;
    private long anyTarget;
    private long steps;
    private final Set<Long> inputs = new HashSet<>();
    private final Contexts[] contexts = {new Contexts(), new Contexts(), new Contexts(), new Contexts()};

    /**
     * When to answer, and what shows it.
     *
     * @param layout the layout
     * @param reason what shows it, to follow a comma
     */
    record Choice(Layout layout, String reason) {}

    /** What was the target wherever the machine had seen the same inputs. */
    private static final class Contexts {
        private final Map<Long, Long> targets = new HashMap<>();
        private boolean contradicted;
        private long agreeing;

        void see(long context, long target) {
            if (contradicted) {
                return;
            }
            Long before = targets.size() < MOST_CONTEXTS ? targets.putIfAbsent(context, target) : targets.get(context);
            if (before != null && before != target) {
                contradicted = true;
                targets.clear();
            } else if (before != null) {
                agreeing++;
            }
        }

        boolean show(long steps) {
            return !contradicted && agreeing >= LEAST_AGREEING && agreeing >= LEAST_SHARE * steps;
        }
    }

    /** Takes a line with a target into account. */
    void see(SequenceLine line) {
        long[] input = codes(line.input());
        long[] target = codes(Objects.requireNonNull(line.target()));
        lines++;
        oneStep &= input.length == 1 && target.length == 1;
        if (input.length != target.length) {
            if (unequal++ == 0) {
                firstUnequal = line.line();
                unequalLengths = "target has " + target.length + " steps, but input has " + input.length;
            }
            return;
        }
        float[] mask = line.mask();
        masked |= mask != null && mask.length == input.length && zero(mask);
        for (int t = 0; t + 1 < input.length; t++) {
            nextInputs &= target[t] == input[t + 1];
            followed++;
        }
        boolean alike = line.input().form() == line.target().form();
        nextInputs &= alike;
        copied &= alike && Arrays.equals(input, target);
        reordered = reordered && alike && haveTheSame(input, target);
        see(input, target, mask);
    }

    private void see(long[] input, long[] target, float @Nullable [] mask) {
        // Inputs that come again would agree with themselves.
        if (inputs.size() >= MOST_INPUTS || !inputs.add(hash(input, 0, input.length))) {
            return;
        }
        for (int t = 0; t < input.length; t++) {
            if (mask != null && mask.length == input.length && mask[t] == 0) {
                continue;
            }
            if (steps++ == 0) {
                anyTarget = target[t];
            }
            oneTarget &= target[t] == anyTarget;
            for (int window = 1; window <= LONGEST_WINDOW; window++) {
                contexts[window].see(hash(input, Math.max(0, t + 1 - window), t + 1), target[t]);
            }
            contexts[0].see(hash(input, 0, t + 1), target[t]);
        }
    }

    /** How many lines have as many targets as inputs. */
    boolean aligned() {
        return unequal == 0;
    }

    /**
     * The first line that should not be there if answers come during the input, or none if answers plainly follow: in most lines.
     *
     * @return the number of the line, or 0
     */
    long mistakenLine() {
        return 2 * unequal < lines ? firstUnequal : 0;
    }

    /** What is wrong with that line. */
    String unequalLengths() {
        return unequalLengths;
    }

    /** When to answer targets of a form, unless somebody says otherwise. */
    Choice choose(@Nullable SequenceForm target) {
        boolean vectors = target == SequenceForm.VECTORS;
        if (!aligned()) {
            return new Choice(Layout.AFTER, "as targets and inputs have different lengths");
        }
        if (oneStep) {
            return new Choice(Layout.DURING, "as inputs and targets have one step");
        }
        if (masked) {
            return new Choice(Layout.DURING, "as steps of the input are left out by a mask or by null");
        }
        if (reordered) {
            return new Choice(Layout.AFTER, copied ? "as every target is its input again" : "as every target is its input in another order");
        }
        if (nextInputs && followed > 0) {
            return new Choice(Layout.DURING, "as each target is the next input");
        }
        if (vectors) {
            return new Choice(Layout.DURING, "as there is a target vector for each input");
        }
        for (int window = 1; !oneTarget && window <= LONGEST_WINDOW; window++) {
            if (contexts[window].show(steps)) {
                return new Choice(Layout.DURING, "as each target follows from " + (window == 1 ? "the input of its step" : "the last " + window + " inputs"));
            }
        }
        if (!oneTarget && contexts[0].show(steps)) {
            return new Choice(Layout.DURING, "as each target follows from the inputs up to it");
        }
        return new Choice(Layout.AFTER, "as nothing shows that targets are known before the input ends, though lengths are equal");
    }

    private static boolean zero(float[] mask) {
        for (float weight : mask) {
            if (weight == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean haveTheSame(long[] input, long[] target) {
        long[] one = input.clone();
        long[] other = target.clone();
        Arrays.sort(one);
        Arrays.sort(other);
        return Arrays.equals(one, other);
    }

    /** A number for each step, equal for equal ones of one form. */
    private static long[] codes(SequenceSide side) {
        return switch (side) {
            case SequenceSide.Symbols symbols -> Arrays.stream(symbols.symbols()).asLongStream().toArray();
            case SequenceSide.Text text -> Arrays.stream(text.characters()).asLongStream().toArray();
            case SequenceSide.Words words -> words.words().stream().mapToLong(LayoutEvidence::code).toArray();
            case SequenceSide.Vectors vectors -> {
                long[] codes = new long[vectors.steps()];
                for (int i = 0; i < vectors.values().length; i++) {
                    int step = i / vectors.width();
                    codes[step] = mix(codes[step], Float.floatToIntBits(vectors.values()[i] + 0f));
                }
                yield codes;
            }
        };
    }

    private static long code(String word) {
        long code = word.length();
        for (int i = 0; i < word.length(); i++) {
            code = mix(code, word.charAt(i));
        }
        return code;
    }

    private static long hash(long[] codes, int from, int to) {
        long hash = mix(FACTOR, to - from);
        for (int i = from; i < to; i++) {
            hash = mix(hash, codes[i]);
        }
        return hash;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash + value + 1) * FACTOR;
        return mixed ^ (mixed >>> 32);
    }
}
