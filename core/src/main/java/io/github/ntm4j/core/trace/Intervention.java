package io.github.ntm4j.core.trace;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.Session;
import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something done to a machine while it works: the machine goes on from what it finds. Steps, rows and columns are counted from 0; a change of
 * the memory at a step comes before anything of that step. Heads have the names they have in a trace: {@code write 1}, {@code read 2}.
 */
public sealed interface Intervention {
    /**
     * Sets what the controller tells a head: {@code key}, {@code strength}, {@code gate}, {@code shift}, {@code sharpening}, {@code erase} or
     * {@code add}. A shift is brought to a sum of 1.
     *
     * @param step when
     * @param head which head
     * @param name what
     * @param value as many numbers as it has
     */
    record Parameter(int step, String head, String name, float[] value) implements Intervention {}

    /**
     * Sets a cell of the memory.
     *
     * @param step when
     * @param row row
     * @param column column
     * @param value its new value
     */
    record Cell(int step, int row, int column, float value) implements Intervention {}

    /**
     * Sets a row of the memory to zeros.
     *
     * @param step when
     * @param row row
     */
    record EraseRow(int step, int row) implements Intervention {}

    /**
     * Exchanges two rows of the memory.
     *
     * @param step when
     * @param row one row
     * @param other the other row
     */
    record SwapRows(int step, int row, int other) implements Intervention {}

    /**
     * Keeps a head where it was, whatever the controller tells it.
     *
     * @param from the first step
     * @param to the last step
     * @param head which head
     */
    record Freeze(int from, int to, String head) implements Intervention {}

    /**
     * Adds a random number to every cell of the memory.
     *
     * @param step when
     * @param amount numbers are drawn evenly from -amount to amount
     * @param seed where they come from
     */
    record Noise(int step, float amount, long seed) implements Intervention {}

    /**
     * What there is to be done at a step.
     *
     * @param session the session that takes the step
     * @param t the step, from 0
     * @return changes for {@link Session#step(float[], int, int, java.util.List)}; none at most steps
     * @throws UserException if it cannot be done to the machine
     */
    default Stream<Session.Change> changes(Session session, int t) {
        boolean now =
                switch (this) {
                    case Parameter p -> p.step == t;
                    case Cell c -> c.step == t;
                    case EraseRow e -> e.step == t;
                    case SwapRows s -> s.step == t;
                    case Freeze f -> f.from <= t && t <= f.to;
                    case Noise n -> n.step == t;
                };
        if (!now) {
            return Stream.empty();
        }
        checkWhat(Arguments.given("session", session));
        return Stream.of(change(session, t));
    }

    private Session.Change change(Session session, int t) {
        return switch (this) {
            case Parameter p -> new Session.Change(value(p.head, p.name), value -> System.arraycopy(fitting(p), 0, value[0], 0, p.value.length));
            case Cell c -> memory(memory -> memory[c.column][c.row] = c.value);
            case EraseRow e -> memory(memory -> {
                for (float[] column : memory) {
                    column[e.row] = 0;
                }
            });
            case SwapRows s -> memory(memory -> {
                for (float[] column : memory) {
                    float kept = column[s.row];
                    column[s.row] = column[s.other];
                    column[s.other] = kept;
                }
            });
            case Freeze f -> {
                Tensor previous = Objects.requireNonNull(session.names().get(value(f.head, "previous")));
                yield new Session.Change(value(f.head, "weighting"), value -> value[0] = session.value(previous, 0)[0]);
            }
            case Noise n -> memory(memory -> {
                Random64 random = Random64.of(n.seed, "noise", t);
                for (float[] column : memory) {
                    for (int row = 0; row < column.length; row++) {
                        column[row] += random.nextFloat(-n.amount, n.amount);
                    }
                }
            });
        };
    }

    private static Session.Change memory(Consumer<float[][]> edit) {
        return new Session.Change("memory_before", edit);
    }

    /** {@code read_head_0.key} for {@code read 1} and {@code key}. */
    private static String value(String head, String name) {
        int space = head.indexOf(' ');
        return head.substring(0, space) + "_head_" + (Integer.parseInt(head.substring(space + 1)) - 1) + "." + name;
    }

    private static float[] fitting(Parameter p) {
        if (!p.name.equals("shift")) {
            return p.value;
        }
        float sum = 0;
        for (float weight : p.value) {
            sum += weight;
        }
        float[] distribution = p.value.clone();
        for (int i = 0; i < distribution.length; i++) {
            distribution[i] /= sum;
        }
        return distribution;
    }

    /**
     * Whether this can be done to a machine.
     *
     * @param session a session of the machine
     * @param steps steps in the sequence
     * @throws UserException if it cannot
     */
    default void check(Session session, int steps) {
        Arguments.given("session", session);
        switch (this) {
            case Parameter p -> within("step", p.step, steps);
            case Cell c -> within("step", c.step, steps);
            case EraseRow e -> within("step", e.step, steps);
            case SwapRows s -> within("step", s.step, steps);
            case Freeze f -> {
                within("from", f.from, steps);
                within("to", f.to, steps);
                if (f.from > f.to) {
                    throw new UserException("intervention: to: expected at least from " + f.from + ", got " + f.to);
                }
            }
            case Noise n -> within("step", n.step, steps);
        }
        checkWhat(session);
    }

    private void checkWhat(Session session) {
        Tensor memory = session.names().get("memory");
        if (memory == null) {
            throw new UserException("intervention: expected a machine with a memory, found one without");
        }
        int rows = memory.size();
        switch (this) {
            case Parameter p -> {
                Limits limits = Limits.of(p.name);
                int size = tensor(session, p.head, p.name).size();
                float[] values = p.value;
                if (values == null || values.length != size) {
                    throw new UserException("intervention: " + p.head + " " + p.name + ": expected " + size + " numbers, got "
                            + (values == null ? "none" : values.length));
                }
                float sum = 0;
                for (float x : values) {
                    if (!(x >= limits.least && x <= limits.greatest)) {
                        throw new UserException("intervention: " + p.head + " " + p.name + ": expected " + limits + ", got " + x);
                    }
                    sum += x;
                }
                if (p.name.equals("shift") && !(sum > 0)) {
                    throw new UserException("intervention: " + p.head + " shift: expected a positive sum, got " + sum);
                }
            }
            case Cell c -> {
                within("row", c.row, rows);
                within("column", c.column, memory.lines());
                finite("value", c.value);
            }
            case EraseRow e -> within("row", e.row, rows);
            case SwapRows s -> {
                within("row", s.row, rows);
                within("other", s.other, rows);
            }
            case Freeze f -> tensor(session, f.head, "weighting");
            case Noise n -> finite("amount", n.amount);
        }
    }

    private static void within(String name, int index, int count) {
        if (index < 0 || index >= count) {
            throw new UserException("intervention: " + name + ": expected 0 to " + (count - 1) + ", got " + index);
        }
    }

    /** Far more than a memory ever holds, and far from where sums overflow. */
    private static void finite(String name, float value) {
        if (!(Math.abs(value) <= 1e6f)) {
            throw new UserException("intervention: " + name + ": expected -1000000 to 1000000, got " + value);
        }
    }

    private static Tensor tensor(Session session, String head, String name) {
        List<String> heads = session.names().keySet().stream()
                .filter(key -> key.endsWith(".weighting"))
                .map(key -> key.replace(".weighting", ""))
                .toList();
        if (head == null || !head.matches("(read|write) [1-9][0-9]{0,2}") || !heads.contains(value(head, "").replace(".", ""))) {
            throw new UserException("intervention: head: expected read 1, write 1 or another of the " + heads.size() + " heads, got "
                    + UserException.quote(String.valueOf(head)));
        }
        Tensor tensor = session.names().get(value(head, name));
        if (tensor == null) {
            throw new UserException("intervention: " + head + " has no " + name);
        }
        return tensor;
    }

    /** The range of a head's parameter. */
    enum Limits {
        /** A direction. */
        KEY(-1e6f, 1e6f),
        /** At least 0. */
        STRENGTH(0, 1e6f),
        /** Between the old weighting and the one by content. */
        GATE(0, 1),
        /** Odds of the displacements. */
        SHIFT(0, 1e6f),
        /** At least 1. */
        SHARPENING(1, 1e6f),
        /** How much is erased. */
        ERASE(0, 1),
        /** What is added. */
        ADD(-1e6f, 1e6f);

        private final float least;
        private final float greatest;

        Limits(float least, float greatest) {
            this.least = least;
            this.greatest = greatest;
        }

        static Limits of(String name) {
            for (Limits limits : values()) {
                if (limits.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return limits;
                }
            }
            throw new UserException("intervention: name: expected key, strength, gate, shift, sharpening, erase or add, got "
                    + UserException.quote(String.valueOf(name)));
        }

        @Override
        public String toString() {
            return "numbers from " + least + " to " + greatest;
        }
    }
}
