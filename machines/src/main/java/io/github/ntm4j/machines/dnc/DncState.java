package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.LinkHistory;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.memory.MemoryState;
import java.util.ArrayList;
import java.util.List;

/**
 * What the memory of a Differentiable Neural Computer hands from step to step.
 *
 * @param memory {@code [batch][width][rows]}
 * @param usage {@code [batch][1][rows]}, how much of each row is in use
 * @param writes {@code [batch][write heads][rows]}, the write weightings
 * @param precedences {@code [batch][1][rows]} for each write head, how much each row was the last that it wrote; none without links
 * @param links {@code [batch][rows][rows]} for each write head, {@code [i][j]}: how much i was written after j; sparse ones {@code [batch][2][rows *
 *     entries]}; none without links
 * @param weightings {@code [batch][read heads][rows]}, the read weightings
 * @param reads {@code [batch][read heads][width]}
 * @param histories what all steps share: of dense links, for each write head which of them are kept
 */
public record DncState(
        Tensor memory,
        Tensor usage,
        Tensor writes,
        List<Tensor> precedences,
        List<Tensor> links,
        Tensor weightings,
        Tensor reads,
        List<LinkHistory> histories)
        implements MemoryState {
    @Override
    public List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>(List.of(memory, usage, writes));
        all.addAll(precedences);
        all.addAll(links);
        all.add(weightings);
        all.add(reads);
        return all;
    }
}
