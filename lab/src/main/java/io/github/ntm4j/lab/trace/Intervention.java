package io.github.ntm4j.lab.trace;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.signal.Kind;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something done to a machine while it works: the machine goes on from what it finds. A signal is set or held, or a store is changed. Steps,
 * rows and columns are counted from 0; a change of a store at a step comes before anything of that step. Signals have their addresses, such as
 * {@code write 1/gate}; a store that is not named is the one that heads look at.
 */
public sealed interface Intervention {
    /**
     * Sets a signal that is settable. A distribution is brought to a sum of 1.
     *
     * @param step when
     * @param signal the address of the signal
     * @param value as many numbers as it has
     */
    record Set(int step, String signal, float[] value) implements Intervention {}

    /**
     * Keeps a signal as it was, whatever the machine makes of it: a weighting that is held is a head that stays where it was.
     *
     * @param from the first step
     * @param to the last step
     * @param signal the address of the signal
     */
    record Hold(int from, int to, String signal) implements Intervention {}

    /**
     * Sets a cell of a store.
     *
     * @param step when
     * @param store its name, or null
     * @param row row
     * @param column column
     * @param value its new value
     */
    record Cell(int step, @Nullable String store, int row, int column, float value) implements Intervention {}

    /**
     * Sets a row of a store to zeros.
     *
     * @param step when
     * @param store its name, or null
     * @param row row
     */
    record EraseRow(int step, @Nullable String store, int row) implements Intervention {}

    /**
     * Exchanges two rows of a store.
     *
     * @param step when
     * @param store its name, or null
     * @param row one row
     * @param other the other row
     */
    record SwapRows(int step, @Nullable String store, int row, int other) implements Intervention {}

    /**
     * Adds a random number to every cell of a store.
     *
     * @param step when
     * @param store its name, or null
     * @param amount numbers are drawn evenly from -amount to amount
     * @param seed where they come from
     */
    record Noise(int step, @Nullable String store, float amount, long seed) implements Intervention {}

    /**
     * What there is to be done at a step.
     *
     * @param session the session that takes the step, before it takes it
     * @param t the step, from 0
     * @return changes for {@link Session#step(float[], int, int, java.util.List)}; none at most steps
     * @throws UserException if it cannot be done to the machine
     */
    default Stream<Session.Change> changes(Session session, int t) {
        boolean now =
                switch (this) {
                    case Set s -> s.step == t;
                    case Hold h -> h.from <= t && t <= h.to;
                    case Cell c -> c.step == t;
                    case EraseRow e -> e.step == t;
                    case SwapRows s -> s.step == t;
                    case Noise n -> n.step == t;
                };
        if (!now) {
            return Stream.empty();
        }
        Signal signal = checked(Arguments.given("session", session).machine().signals());
        return switch (this) {
            case Set s -> Stream.of(new Session.Change(signal.sessionName(), lines -> spread(fitting(signal, s.value), lines)));
            case Hold h -> held(session, signal, t);
            case Cell c -> change(session, signal, lines -> signal.set(lines, c.row, c.column, c.value));
            case EraseRow e -> change(session, signal, lines -> {
                for (int column = 0; column < signal.width(); column++) {
                    signal.set(lines, e.row, column, 0);
                }
            });
            case SwapRows s -> change(session, signal, lines -> signal.swap(lines, s.row, s.other));
            case Noise n -> change(session, signal, lines -> {
                Random64 random = Random64.of(n.seed, "noise", t);
                for (float[] line : signal.numbers(lines)) {
                    for (int i = 0; i < line.length; i++) {
                        line[i] += random.nextFloat(-n.amount, n.amount);
                    }
                }
            });
        };
    }

    private static Stream<Session.Change> change(Session session, Signal store, Consumer<float[][]> edit) {
        if (!session.names().containsKey(store.nameBefore())) {
            throw new UserException("intervention: store: expected one that its machine shows as a step begins with it, got " + UserException.quote(store.name()));
        }
        return Stream.of(new Session.Change(store.nameBefore(), edit));
    }

    /** Takes what was there a step before; before the first step only who knows of such a thing is held. */
    private static Stream<Session.Change> held(Session session, Signal signal, int t) {
        if (signal.previous().isPresent()) {
            Signal previous = signal.previous().get();
            return Stream.of(new Session.Change(signal.sessionName(), lines -> spread(session.signal(previous, 0), lines)));
        }
        if (t == 0) {
            return Stream.empty();
        }
        float[] before = session.signal(signal, 0);
        return Stream.of(new Session.Change(signal.sessionName(), lines -> spread(before, lines)));
    }

    private static void spread(float[] flat, float[][] lines) {
        for (int line = 0; line < lines.length; line++) {
            System.arraycopy(flat, line * lines[line].length, lines[line], 0, lines[line].length);
        }
    }

    private static float[] fitting(Signal signal, float[] value) {
        if (signal.kind() != Kind.DISTRIBUTION) {
            return value;
        }
        float sum = 0;
        for (float share : value) {
            sum += share;
        }
        float[] distribution = value.clone();
        for (int i = 0; i < distribution.length; i++) {
            distribution[i] /= sum;
        }
        return distribution;
    }

    /**
     * Whether this can be done to a machine.
     *
     * @param signals what the machine shows of itself
     * @param steps steps in the sequence
     * @throws UserException if it cannot
     */
    default void check(Signals signals, int steps) {
        Arguments.given("signals", signals);
        switch (this) {
            case Set s -> within("step", s.step, steps);
            case Hold h -> {
                within("from", h.from, steps);
                within("to", h.to, steps);
                if (h.from > h.to) {
                    throw new UserException("intervention: to: expected at least from " + h.from + ", got " + h.to);
                }
            }
            case Cell c -> within("step", c.step, steps);
            case EraseRow e -> within("step", e.step, steps);
            case SwapRows s -> within("step", s.step, steps);
            case Noise n -> within("step", n.step, steps);
        }
        checked(signals);
    }

    /** The signal that is meant, if this can be done to it. */
    private Signal checked(Signals signals) {
        return switch (this) {
            case Set s -> settable(signals, s);
            case Hold h -> {
                Signal signal = signals.at(String.valueOf(h.signal)).orElse(null);
                if (signal == null || signal.kind() == Kind.STORE) {
                    throw unknown("held", h.signal, signals.heads());
                }
                yield signal;
            }
            case Cell c -> {
                Signal store = store(signals, c.store);
                within("row", c.row, store.rows());
                within("column", c.column, store.width());
                finite("value", c.value);
                yield store;
            }
            case EraseRow e -> {
                Signal store = store(signals, e.store);
                within("row", e.row, store.rows());
                yield store;
            }
            case SwapRows s -> {
                Signal store = store(signals, s.store);
                within("row", s.row, store.rows());
                within("other", s.other, store.rows());
                yield store;
            }
            case Noise n -> {
                finite("amount", n.amount);
                yield store(signals, n.store);
            }
        };
    }

    private static Signal settable(Signals signals, Set set) {
        Signal signal = signals.at(String.valueOf(set.signal)).filter(Signal::isSettable).orElse(null);
        if (signal == null) {
            throw unknown("set", set.signal, signals.all().stream().filter(Signal::isSettable).toList());
        }
        String words = "intervention: " + (signal.group() + " " + signal.name()).strip() + ": expected ";
        float[] values = set.value;
        if (values == null || values.length != signal.floats()) {
            throw new UserException(words + signal.floats() + " numbers, got " + (values == null ? "none" : values.length));
        }
        float sum = 0;
        for (float x : values) {
            if (!(x >= signal.low() && x <= signal.high())) {
                throw new UserException(words + "numbers from " + signal.low() + " to " + signal.high() + ", got " + x);
            }
            sum += x;
        }
        if (signal.kind() == Kind.DISTRIBUTION && !(sum > 0)) {
            throw new UserException(words + "a positive sum, got " + sum);
        }
        return signal;
    }

    private static UserException unknown(String done, @Nullable String got, List<Signal> such) {
        String expected = such.isEmpty()
                ? "a machine with something that can be " + done
                : "one that can be " + done + ", such as " + such.getFirst().address();
        return new UserException("intervention: signal: expected " + expected + ", got " + UserException.quote(String.valueOf(got)));
    }

    private static Signal store(Signals signals, @Nullable String name) {
        List<Signal> stores = signals.stores();
        if (stores.isEmpty()) {
            throw new UserException("intervention: expected a machine with a memory, found one without");
        }
        if (name == null) {
            return signals.memory().orElse(stores.getFirst());
        }
        return stores.stream()
                .filter(store -> store.address().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException("intervention: store: expected "
                        + String.join(" or ", stores.stream().map(Signal::address).toList()) + ", got " + UserException.quote(name)));
    }

    private static void within(String name, int index, int count) {
        if (index < 0 || index >= count) {
            throw new UserException("intervention: " + name + ": expected 0 to " + (count - 1) + ", got " + index);
        }
    }

    private static void finite(String name, float value) {
        if (!(Math.abs(value) <= Signals.UNLIMITED)) {
            throw new UserException("intervention: " + name + ": expected -1000000 to 1000000, got " + value);
        }
    }
}
