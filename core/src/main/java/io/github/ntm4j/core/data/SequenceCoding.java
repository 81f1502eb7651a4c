package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.Objective;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the lines of a file become what a machine sees and should say. With the answer {@link Layout#DURING} the input, the target of a step
 * belongs to the input of the same step. With the answer {@link Layout#AFTER} it, the input has one more channel, for a delimiter, and the
 * target one more symbol, for its end:
 *
 * <pre>
 * input   a b c |  . . . .      (| the delimiter, . nothing)
 * target  . . . .  c b a $      ($ the end; . counts for nothing)
 * </pre>
 *
 * @param input how inputs become vectors
 * @param target how targets become vectors
 * @param layout when the machine answers
 */
public record SequenceCoding(Coding input, Coding target, Layout layout) {
    /** When a machine answers. */
    public enum Layout {
        /** At every step of the input. */
        DURING,
        /** When the input has ended, until it says that the answer has, too. */
        AFTER
    }

    /** Checks that an answer that ends has symbols. */
    public SequenceCoding {
        if (layout == Layout.AFTER && target instanceof Coding.Vectors) {
            throw new UserException("task.layout: expected during for targets that are vectors, got after: they have no end symbol");
        }
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
        return input.width() + ending();
    }

    /**
     * Width of what the machine says.
     *
     * @return channels
     */
    public int outputs() {
        return target.width() + ending();
    }

    private int ending() {
        return layout == Layout.AFTER ? 1 : 0;
    }

    /**
     * What the machine says when its answer has ended.
     *
     * @return the channel, or -1 where answers don't end
     */
    public int end() {
        return layout == Layout.AFTER ? target.width() : -1;
    }

    /**
     * How many steps a line takes.
     *
     * @param line the line
     * @return the steps; without a target those up to the delimiter
     */
    public int steps(SequenceLine line) {
        int answer = line.target() == null ? 0 : line.target().steps() + 1;
        return line.input().steps() + (layout == Layout.AFTER ? 1 + answer : 0);
    }

    /**
     * The vectors of a line.
     *
     * @param line a line of the forms of this coding; where answers follow, without a mask
     * @return the sequence; without a target, where answers follow, only the steps up to the delimiter
     * @throws Coding.Unknown if a symbol or a character has no channel
     */
    public SequenceData encode(SequenceLine line) throws Coding.Unknown {
        boolean after = layout == Layout.AFTER;
        SequenceSide asked = line.input();
        @Nullable SequenceSide wanted = line.target();
        int steps = steps(line);
        float[] in = new float[Math.multiplyExact(steps, inputs())];
        for (int t = 0; t < asked.steps(); t++) {
            encode(input, "input", asked, t, in, t * inputs());
        }
        if (after) {
            in[asked.steps() * inputs() + input.width()] = 1;
        }
        if (wanted == null) {
            return new SequenceData(in, steps, inputs(), null, 0, line.mask(), line.line());
        }
        float[] out = new float[Math.multiplyExact(steps, outputs())];
        float[] mask = line.mask();
        int first = after ? asked.steps() + 1 : 0;
        for (int t = 0; t < wanted.steps(); t++) {
            encode(target, "target", wanted, t, out, (first + t) * outputs());
        }
        if (after) {
            out[(first + wanted.steps()) * outputs() + end()] = 1;
            mask = new float[steps];
            Arrays.fill(mask, first, steps, 1f);
        }
        return new SequenceData(in, steps, inputs(), out, outputs(), mask, line.line());
    }

    private static void encode(Coding coding, String what, SequenceSide side, int step, float[] into, int at) throws Coding.Unknown {
        try {
            coding.encode(side, step, into, at);
        } catch (Coding.Unknown e) {
            throw new Coding.Unknown(what + " step " + (step + 1) + ": " + e.getMessage());
        }
    }

    /**
     * What an answer says: for vectors the answer itself, for symbols and texts the most probable ones, up to the end where answers end.
     *
     * @param answer {@code [steps][outputs]}, as {@link Objective#answer} makes it, of the steps that count
     * @param steps number of steps
     * @return a side of the target's form
     */
    public SequenceSide decode(float[] answer, int steps) {
        if (target instanceof Coding.Vectors) {
            return new SequenceSide.Vectors(answer, steps, outputs());
        }
        int[] said = new int[steps];
        int length = 0;
        for (int t = 0; t < steps; t++) {
            int symbol = Objective.symbol(answer, t * outputs(), outputs());
            if (symbol == end()) {
                break;
            }
            said[length++] = symbol;
        }
        return target.decode(Arrays.copyOf(said, length));
    }
}
