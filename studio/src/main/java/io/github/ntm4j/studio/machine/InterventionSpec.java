package io.github.ntm4j.studio.machine;

import io.github.ntm4j.lab.trace.Intervention;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import org.jspecify.annotations.Nullable;

/**
 * An intervention as the page sends it; see {@link Intervention} for what each means. Addresses of before know heads where there are signals
 * now: {@code parameter} with a head and a name is {@code set}, and {@code freeze} with a head holds its weighting.
 *
 * @param kind set, hold, cell, erase-row, swap-rows or noise; parameter or freeze
 * @param step when, for all but hold and freeze
 * @param signal which signal, for set and hold
 * @param store which store, if not the one that heads look at
 * @param head which head, for parameter and freeze
 * @param name which parameter
 * @param values the numbers of a signal
 * @param row which row
 * @param column which column
 * @param value the value of a cell
 * @param other the other row
 * @param from the first step that a signal is held
 * @param to the last step that a signal is held
 * @param amount how much noise
 * @param seed where the noise comes from
 */
public record InterventionSpec(
        @Nullable String kind,
        @Nullable Integer step,
        @Nullable String signal,
        @Nullable String store,
        @Nullable String head,
        @Nullable String name,
        float @Nullable [] values,
        @Nullable Integer row,
        @Nullable Integer column,
        @Nullable Float value,
        @Nullable Integer other,
        @Nullable Integer from,
        @Nullable Integer to,
        @Nullable Float amount,
        @Nullable Long seed) {

    /** The intervention that is meant. */
    static Intervention of(@Nullable InterventionSpec spec, Signals signals) {
        if (spec == null) {
            throw new UserException("intervention: expected an object, found null");
        }
        return spec.intervention(signals);
    }

    private Intervention intervention(Signals signals) {
        String word = required(kind, "kind");
        return switch (word) {
            case "set" -> new Intervention.Set(required(step, "step"), required(signal, "signal"), required(values, "values"));
            case "hold" -> new Intervention.Hold(required(from, "from"), required(to, "to"), required(signal, "signal"));
            case "cell" -> new Intervention.Cell(
                    required(step, "step"), store, required(row, "row"), required(column, "column"), required(value, "value"));
            case "erase-row" -> new Intervention.EraseRow(required(step, "step"), store, required(row, "row"));
            case "swap-rows" -> new Intervention.SwapRows(required(step, "step"), store, required(row, "row"), required(other, "other"));
            case "noise" -> new Intervention.Noise(required(step, "step"), store, required(amount, "amount"), seed == null ? 1 : seed);
            case "parameter" -> new Intervention.Set(
                    required(step, "step"), required(head, "head") + "/" + required(name, "name"), required(values, "values"));
            case "freeze" -> new Intervention.Hold(required(from, "from"), required(to, "to"), weighting(signals, required(head, "head")));
            default -> throw new UserException(
                    "intervention: kind: expected set, hold, cell, erase-row, swap-rows or noise, got " + UserException.quote(word));
        };
    }

    /** Where a head looks: who froze the head meant that. */
    private static String weighting(Signals signals, String head) {
        return signals.heads().stream()
                .filter(weighting -> weighting.group().equals(head))
                .map(Signal::address)
                .findFirst()
                .orElse(head);
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new UserException("intervention: expected " + name + ", found none");
        }
        return value;
    }
}
