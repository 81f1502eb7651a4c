package io.github.ntm4j.studio.machine;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.trace.Intervention;
import org.jspecify.annotations.Nullable;

/**
 * An intervention as the page sends it; see {@link Intervention} for what each means.
 *
 * @param kind parameter, cell, erase-row, swap-rows, freeze or noise
 * @param step when, for all but freeze
 * @param head which head, for parameter and freeze
 * @param name which parameter
 * @param values the numbers of a parameter
 * @param row which row
 * @param column which column
 * @param value the value of a cell
 * @param other the other row
 * @param from the first step that a head is frozen
 * @param to the last step that a head is frozen
 * @param amount how much noise
 * @param seed where the noise comes from
 */
public record InterventionSpec(
        @Nullable String kind,
        @Nullable Integer step,
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
    static Intervention of(@Nullable InterventionSpec spec) {
        if (spec == null) {
            throw new UserException("intervention: expected an object, found null");
        }
        return spec.intervention();
    }

    private Intervention intervention() {
        String word = required(kind, "kind");
        return switch (word) {
            case "parameter" -> new Intervention.Parameter(
                    required(step, "step"), required(head, "head"), required(name, "name"), required(values, "values"));
            case "cell" -> new Intervention.Cell(required(step, "step"), required(row, "row"), required(column, "column"), required(value, "value"));
            case "erase-row" -> new Intervention.EraseRow(required(step, "step"), required(row, "row"));
            case "swap-rows" -> new Intervention.SwapRows(required(step, "step"), required(row, "row"), required(other, "other"));
            case "freeze" -> new Intervention.Freeze(required(from, "from"), required(to, "to"), required(head, "head"));
            case "noise" -> new Intervention.Noise(required(step, "step"), required(amount, "amount"), seed == null ? 1 : seed);
            default -> throw new UserException(
                    "intervention: kind: expected parameter, cell, erase-row, swap-rows, freeze or noise, got " + UserException.quote(word));
        };
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new UserException("intervention: expected " + name + ", found none");
        }
        return value;
    }
}
