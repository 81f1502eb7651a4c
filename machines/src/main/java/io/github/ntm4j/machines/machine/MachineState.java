package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.memory.MemoryState;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine with a memory hands from step to step.
 *
 * @param controller the controller's own state
 * @param memory the memory's
 * @param <C> the controller's state
 * @param <M> the memory's state
 */
public record MachineState<C extends State, M extends MemoryState>(C controller, M memory) implements State {
    @Override
    public List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>(controller.tensors());
        all.addAll(memory.tensors());
        return all;
    }
}
