package io.github.ntm4j.lab.benchmark;

/**
 * A kind of operation, or something else that training does.
 *
 * @param name {@code Linear heads}, {@code Read}, {@code optimiser}
 * @param forward on the way forwards
 * @param backward on the way backwards and after it
 */
public record CostLine(String name, Cost forward, Cost backward) {}
