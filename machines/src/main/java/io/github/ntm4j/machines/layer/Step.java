package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.tape.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The result of a step.
 *
 * @param output {@code [batch][1][outputs]}
 * @param state the state for the next step
 * @param cost what the step costs beside the error of its output, {@code [batch][1][1]}: time to ponder, an entropy, the surrogate of a
 *     policy gradient. Training adds it to the loss of every step that a sequence has, whether the step counts or not; evaluations leave it
 *     out. Null where there is none
 * @param <S> the kind of state
 */
public record Step<S extends State>(Tensor output, S state, @Nullable Tensor cost) {
    /**
     * The result of a step that costs nothing.
     *
     * @param output {@code [batch][1][outputs]}
     * @param state the state for the next step
     */
    public Step(Tensor output, S state) {
        this(output, state, null);
    }
}
