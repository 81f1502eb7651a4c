package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.memory.MemoryState;
import java.util.ArrayList;
import java.util.List;

/**
 * What the memory of a Neural Turing Machine hands from step to step.
 *
 * @param memory {@code [batch][width][rows]}
 * @param weightings {@code [batch][heads][rows]} for each of {@link Heads#banks}: read heads, then write heads
 * @param reads {@code [batch][read heads][width]}
 */
public record NtmMemoryState(Tensor memory, List<Tensor> weightings, Tensor reads) implements MemoryState {
    @Override
    public List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>();
        all.add(memory);
        all.addAll(weightings);
        all.add(reads);
        return all;
    }
}
