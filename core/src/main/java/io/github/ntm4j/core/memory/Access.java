package io.github.ntm4j.core.memory;

import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/**
 * What one step of all heads leaves.
 *
 * @param reads {@code [batch][read heads][width]}
 * @param memory {@code [batch][width][rows]}
 * @param weightings {@code [batch][heads][rows]} for each of {@link Heads#banks}
 */
public record Access(Tensor reads, Tensor memory, List<Tensor> weightings) {}
