package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the lines of a file become what a machine sees and should say. With the answer {@link Layout#DURING} the input, the target of a step
 * belongs to the input of the same step. With the answer {@link Layout#AFTER} it, the input has one more channel, for a delimiter, and the
 * target one more symbol, for its end, or, if it is vectors, one more channel, which is 1 at the end and 0 before:
 *
 * <pre>
 * input   a b c |  . . . .      (| the delimiter, . nothing)
 * target  . . . .  c b a $      ($ the end; . counts for nothing)
 * </pre>
 *
 * Answers that all have so many steps need no end.
 *
 * @param input how inputs become vectors
 * @param target how targets become vectors
 * @param layout when the machine answers
 * @param answerSteps how many steps every answer has that follows its input; 0 if the machine says where it ends, and for answers during
 *     the input
 */
public record SequenceCoding(Coding input, Coding target, Layout layout, int answerSteps) {
    private static final long HASH_FACTOR = 0x100000001b3L;

    /** When a machine answers. */
    public enum Layout {
        /** At every step of the input. */
        DURING,
        /** When the input has ended, until it says that the answer has, too. */
        AFTER
    }

    /** Checks that only answers that follow their inputs have a length of their own. */
    public SequenceCoding {
        if (answerSteps < 0 || (layout == Layout.DURING && answerSteps != 0)) {
            throw new UserException("task.answer_steps: expected 0 for answers during the input, got " + answerSteps);
        }
    }

    /**
     * The coding of answers that end where the machine says so, or with the input.
     *
     * @param input how inputs become vectors
     * @param target how targets become vectors
     * @param layout when the machine answers
     */
    public SequenceCoding(Coding input, Coding target, Layout layout) {
        this(input, target, layout, 0);
    }

    /**
     * Vectors with answers to every step.
     *
     * @param inputs width of an input
     * @param outputs width of a target
     * @return the coding
     */
    public static SequenceCoding vectors(int inputs, int outputs) {
        return new SequenceCoding(new Coding.Vectors(inputs), new Coding.Vectors(outputs), Layout.DURING);
    }

    /**
     * Width of what the machine sees.
     *
     * @return channels
     */
    public int inputs() {
        return input.width() + (follows() ? 1 : 0);
    }

    /**
     * Width of what the machine says.
     *
     * @return channels
     */
    public int outputs() {
        return target.width() + (ends() ? 1 : 0);
    }

    private boolean follows() {
        return layout == Layout.AFTER;
    }

    /** Whether the machine says where its answer ends. */
    private boolean ends() {
        return follows() && answerSteps == 0;
    }

    /**
     * What the machine says when its answer has ended.
     *
     * @return the channel, or -1 where it does not say so
     */
    public int end() {
        return ends() ? target.width() : -1;
    }

    /**
     * Whether a machine says that its answer ended before this step.
     *
     * @param answer {@code [steps][outputs]}, as {@link Objective#answer} makes it
     * @param step which step
     * @param objective what the outputs stand for
     * @return whether the end is the most probable symbol, or more probable than not; never where answers have no end of their own
     */
    public boolean ended(float[] answer, int step, Objective objective) {
        int at = step * outputs();
        return ends() && (objective == Objective.SYMBOLS ? Objective.symbol(answer, at, outputs()) == end() : answer[at + end()] > 0.5f);
    }

    /**
     * Gives a target, or an answer, the unit that it has in the data.
     *
     * @param values holds it, and receives it
     * @param at offset of its first channel
     */
    public void unscale(float[] values, int at) {
        if (target instanceof Coding.Vectors vectors && vectors.scaling() != null) {
            vectors.scaling().undo(values, at);
        }
    }

    /**
     * How many steps of a sequence show its input.
     *
     * @param sequence a sequence of this coding
     * @return the steps before the delimiter, or all where there is none
     */
    public int asked(SequenceData sequence) {
        int steps = 0;
        while (steps < sequence.steps() && !(follows() && sequence.input()[steps * inputs() + input.width()] == 1)) {
            steps++;
        }
        return steps;
    }

    /**
     * A number that sequences have in common whose targets are equal where they count, the end not included. Where a machine answers during
     * the input, sequences of different lengths have it in common, too, if all their targets are the same.
     *
     * @param sequence a sequence of this coding with a target
     * @return a hash; 0 where nothing counts
     */
    public long answer(SequenceData sequence) {
        float[] wanted = Objects.requireNonNull(sequence.target());
        float[] mask = sequence.mask();
        int first = follows() ? asked(sequence) + 1 : 0;
        int last = sequence.steps() - (ends() ? 1 : 0);
        long all = 1;
        long same = 0;
        boolean differ = false;
        for (int t = first; t < last; t++) {
            if (mask == null || mask[t] > 0) {
                long step = LineHash.of(wanted, t * outputs(), outputs()) | 1;
                differ |= same != 0 && same != step;
                same = step;
                all = all * HASH_FACTOR + step;
            }
        }
        boolean nothing = same == 0 && first < last;
        return nothing ? 0 : follows() || differ ? all | 1 : same;
    }

    /**
     * How many steps a line takes.
     *
     * @param line the line
     * @return the steps; without a target those up to the delimiter
     */
    public int steps(SequenceLine line) {
        int answer = line.target() == null ? 0 : line.target().steps() + (ends() ? 1 : 0);
        return line.input().steps() + (follows() ? 1 + answer : 0);
    }

    /**
     * The vectors of a line.
     *
     * @param line a line of the forms of this coding, its mask with a number for each step of the target
     * @return the sequence; without a target, where answers follow, only the steps up to the delimiter
     * @throws Coding.Unknown if a symbol or a character has no channel, or the target is not as long as all answers are
     * @throws IllegalArgumentException if a side has another form than its coding
     */
    public SequenceData encode(SequenceLine line) throws Coding.Unknown {
        requireForm("input", input, line.input());
        if (line.target() != null) {
            requireForm("target", target, line.target());
        }
        SequenceSide asked = line.input();
        @Nullable SequenceSide wanted = line.target();
        int steps = steps(line);
        float[] in = new float[Math.multiplyExact(steps, inputs())];
        for (int t = 0; t < asked.steps(); t++) {
            encode(input, "input", asked, t, in, t * inputs());
        }
        if (follows()) {
            in[asked.steps() * inputs() + input.width()] = 1;
        }
        if (wanted == null) {
            return new SequenceData(in, steps, inputs(), null, 0, line.mask(), line.line());
        }
        if (answerSteps != 0 && wanted.steps() != answerSteps) {
            throw new Coding.Unknown("target has " + wanted.steps() + " steps; expected " + answerSteps + " (task.answer_steps)");
        }
        float[] out = new float[Math.multiplyExact(steps, outputs())];
        int first = follows() ? asked.steps() + 1 : 0;
        for (int t = 0; t < wanted.steps(); t++) {
            encode(target, "target", wanted, t, out, (first + t) * outputs());
        }
        if (ends()) {
            out[(first + wanted.steps()) * outputs() + end()] = 1;
        }
        return new SequenceData(in, steps, inputs(), out, outputs(), follows() ? mask(line.mask(), first, steps) : line.mask(), line.line());
    }

    /** Nothing counts before the answer, all of it counts of which nothing else is said. */
    private static float[] mask(float @Nullable [] given, int first, int steps) {
        float[] mask = new float[steps];
        Arrays.fill(mask, first, steps, 1f);
        if (given != null) {
            System.arraycopy(given, 0, mask, first, given.length);
        }
        return mask;
    }

    private static void requireForm(String what, Coding coding, SequenceSide side) {
        if (side.form() != coding.form()) {
            throw new IllegalArgumentException(
                    what + ": expected " + Settings.text(coding.form()) + ", got " + Settings.text(side.form()));
        }
        if (side instanceof SequenceSide.Vectors vectors && vectors.width() != coding.width()) {
            throw new IllegalArgumentException(what + ": expected vectors of " + coding.width() + " numbers, got " + vectors.width());
        }
    }

    private static void encode(Coding coding, String what, SequenceSide side, int step, float[] into, int at) throws Coding.Unknown {
        try {
            coding.encode(side, step, into, at);
        } catch (Coding.Unknown e) {
            throw new Coding.Unknown(what + " step " + (step + 1) + ": " + e.getMessage());
        }
    }

    /**
     * What an answer says: for vectors the answer itself, for symbols and texts the most probable ones.
     *
     * @param answer {@code [steps][outputs]}, as {@link Objective#answer} makes it, of the steps that count
     * @param steps number of steps, without the one that says the end
     * @return a side of the target's form
     */
    public SequenceSide decode(float[] answer, int steps) {
        if (target instanceof Coding.Vectors) {
            float[] values = new float[steps * target.width()];
            for (int t = 0; t < steps; t++) {
                System.arraycopy(answer, t * outputs(), values, t * target.width(), target.width());
                unscale(values, t * target.width());
            }
            return new SequenceSide.Vectors(values, steps, target.width());
        }
        int[] said = new int[steps];
        for (int t = 0; t < steps; t++) {
            said[t] = Objective.symbol(answer, t * outputs(), outputs());
        }
        return target.decode(said);
    }
}
