package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/** What a machine or a controller hands from one step to the next: a record of tensors. */
public interface State {
    /** No state: for whatever reacts to its input alone. */
    record None() implements State {
        @Override
        public List<Tensor> tensors() {
            return List.of();
        }
    }

    /**
     * The tensors of this state, always in the same order.
     *
     * @return places on the tape
     */
    List<Tensor> tensors();
}
