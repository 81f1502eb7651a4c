package io.github.ntm4j.studio.machine;

import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see a machine do.
 *
 * @param model name of the machine
 * @param rows another number of memory rows than it was trained with
 * @param sequence on what
 * @param interventions what is done to it meanwhile
 * @param memory whether the memory is wanted, which is most of the answer
 */
public record TraceSpec(
        String model,
        @Nullable Integer rows,
        @Nullable SequenceSpec sequence,
        @Nullable List<InterventionSpec> interventions,
        @Nullable Boolean memory) {

    /** A sequence that the task of the machine draws with seed 1, at its largest size of training. */
    private static final SequenceSpec ANY = new SequenceSpec(null, null, null, null, null);

    /**
     * A sequence.
     *
     * @param task what draws it, if not what the machine was trained on
     * @param at its size; what is not named is as large as in training
     * @param seed where it comes from
     * @param index its number among those that come from there
     * @param paint inputs that are set to another value: step, channel, value
     */
    public record SequenceSpec(
            @Nullable String task,
            @Nullable Map<String, Integer> at,
            @Nullable Long seed,
            @Nullable Long index,
            @Nullable List<float[]> paint) {

        /** The size in full. */
        Size size(Task chosen) {
            if (at == null || at.isEmpty()) {
                return chosen.largest();
            }
            return chosen.parse(at.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(",")));
        }

        long seedOr(long otherwise) {
            return seed == null ? otherwise : seed;
        }

        long indexOr(long otherwise) {
            return index == null ? otherwise : index;
        }

        List<float[]> painted() {
            return paint == null ? List.of() : paint;
        }
    }

    /** Checks that there is a machine. */
    public TraceSpec {
        if (model == null) {
            throw new UserException("model: expected the name of a machine, found none");
        }
    }

    /** The sequence, or any. */
    SequenceSpec sequenceOrAny() {
        return Objects.requireNonNullElse(sequence, ANY);
    }

    /** The interventions, if any. */
    List<InterventionSpec> allInterventions() {
        return Objects.requireNonNullElse(interventions, List.of());
    }

    /** The number of rows. */
    OptionalInt wantedRows() {
        return rows == null ? OptionalInt.empty() : OptionalInt.of(rows);
    }

    /** Whether the memory is wanted. */
    boolean wantsMemory() {
        return memory == null || memory;
    }
}
