package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.layer.State;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Neural Turing Machine remembers from step to step.
 *
 * @param controller the controller's own state
 * @param memory {@code [batch][width][rows]}
 * @param weightings {@code [batch][heads][rows]} for each group of heads that address together: read heads, then write heads
 * @param reads {@code [batch][read heads][width]}
 * @param <C> the controller's state
 */
public record NtmState<C extends State>(C controller, Tensor memory, List<Tensor> weightings, Tensor reads) implements State {
    @Override
    public List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>(controller.tensors());
        all.add(memory);
        all.addAll(weightings);
        all.add(reads);
        return all;
    }
}
