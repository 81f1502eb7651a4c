package io.github.ntm4j.lab.trace;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import io.github.ntm4j.machines.signal.Use;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a machine did on one sequence: its signals at every step, and what it saw and said. The arrays are kept, not copied: the owner must
 * not change them afterwards. Steps, rows and channels are counted from 0.
 *
 * @param steps the number of time steps T, at least 1
 * @param objective what its outputs stand for
 * @param input {@code [steps][inputs]}, what the machine saw
 * @param output {@code [steps][outputs]}, its answer: probabilities, or real numbers
 * @param target {@code [steps][outputs]}, the right answer, or null when nobody knows it
 * @param mask {@code [steps]}, 1 where the answer counts and 0 elsewhere; null when every step counts
 * @param signals what the machine shows of itself
 * @param values {@code [steps][floats]} of each signal; of a store {@code [rows][width]} after the step, one row after the other. Stores may
 *     be left out
 * @param initial {@code [rows][width]} of stores before the first step, as far as that was recorded
 */
public record Trace(
        int steps,
        Objective objective,
        float[][] input,
        float[][] output,
        float @Nullable [][] target,
        float @Nullable [] mask,
        Signals signals,
        Map<Signal, float[][]> values,
        Map<Signal, float[]> initial) {

    /** Checks that all arrays agree on steps and shapes. */
    public Trace {
        if (steps < 1) {
            throw new IllegalArgumentException("steps: expected at least 1, found " + steps);
        }
        values = Map.copyOf(values);
        initial = Map.copyOf(initial);
        Shape.check("input", input, steps, Shape.columns("input", input));
        Shape.check("output", output, steps, Shape.columns("output", output));
        if (target != null) {
            Shape.check("target", target, steps, output[0].length);
        }
        if (mask != null) {
            Shape.check("mask", mask, steps);
        }
        for (Signal signal : signals.all()) {
            float[][] own = values.get(signal);
            if (own != null) {
                Shape.check(signal.address(), own, steps, signal.floats());
            } else if (!signals.stores().contains(signal)) {
                throw new IllegalArgumentException(signal.address() + ": expected its values at each step, found none");
            }
        }
        initial.forEach((store, cells) -> Shape.check("initial " + store.address(), cells, store.floats()));
    }

    /**
     * The number of input channels.
     *
     * @return the number
     */
    public int inputs() {
        return input[0].length;
    }

    /**
     * The number of output channels.
     *
     * @return the number
     */
    public int outputs() {
        return output[0].length;
    }

    /**
     * The number of rows of the store that heads look at.
     *
     * @return 0 for a machine without
     */
    public int rows() {
        return signals.memory().map(Signal::rows).orElse(0);
    }

    /**
     * The width of a row of the store that heads look at.
     *
     * @return 0 for a machine without
     */
    public int width() {
        return signals.memory().map(Signal::width).orElse(0);
    }

    /**
     * What a signal was at each step.
     *
     * @param signal one of {@link #signals}, that is not a store
     * @return {@code [steps][floats]}, this trace's own arrays
     */
    public float[][] of(Signal signal) {
        float[][] own = values.get(Arguments.given("signal", signal));
        if (own == null) {
            throw new IllegalArgumentException("signal: expected one that is in this trace, got " + signal);
        }
        return own;
    }

    /**
     * What the signal with a role in a group was at each step.
     *
     * @param group the group
     * @param role the role
     * @return {@code [steps][floats]}, or null where there is none
     */
    public float @Nullable [][] in(String group, Role role) {
        return signals.in(group, role).map(values::get).orElse(null);
    }

    /**
     * A store before a step.
     *
     * @param store one of {@link #signals}
     * @param step the step, from 0
     * @return {@code [rows][width]}, one row after the other, or null when that was not recorded
     */
    public float @Nullable [] before(Signal store, int step) {
        Arguments.index("step", step, steps);
        float[][] after = values.get(Arguments.given("store", store));
        return step == 0 ? initial.get(store) : after == null ? null : after[step - 1];
    }

    /**
     * Where heads look that do a certain thing there.
     *
     * @param use what they do
     * @return their weightings
     */
    public List<Signal> heads(Use use) {
        return signals.heads(use);
    }

    /**
     * Whether the answer at {@code step} counts.
     *
     * @param step the step, from 0
     * @return whether it counts
     */
    public boolean counts(int step) {
        Arguments.index("step", step, steps);
        return mask == null || mask[step] > 0;
    }

    /**
     * The first step whose answer counts, when the machine first has to listen for a while; empty otherwise.
     *
     * @return the step, from 0
     */
    public OptionalInt answerStart() {
        for (int step = 0; step < steps; step++) {
            if (counts(step)) {
                return step == 0 ? OptionalInt.empty() : OptionalInt.of(step);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The number of output bits, symbols or numbers that count.
     *
     * @return the number
     */
    public int countedBits() {
        int counted = 0;
        for (int step = 0; step < steps; step++) {
            counted += counts(step) ? objective.decisions(outputs()) : 0;
        }
        return counted;
    }

    /**
     * How many counted bits are wrong, or how many symbols; 0 without a target or for real numbers.
     *
     * @return the sum of {@link Objective#errorsOf}
     */
    public int bitErrors() {
        int wrong = 0;
        for (int step = 0; target != null && step < steps; step++) {
            wrong += counts(step) ? objective.errorsOf(output[step], target[step]) : 0;
        }
        return wrong;
    }

    /**
     * The cross-entropy in bits summed over what counts, or the squared error; 0 without a target.
     *
     * @return the sum of {@link Objective#costOf}
     */
    public double bits() {
        double cost = 0;
        for (int step = 0; target != null && step < steps; step++) {
            cost += counts(step) ? objective.costOf(output[step], target[step]) : 0;
        }
        return objective == Objective.REALS ? cost : cost / StrictMath.log(2);
    }
}
