package io.github.ntm4j.core.layer;

import io.github.ntm4j.engine.tape.Tensor;

/**
 * The result of a step.
 *
 * @param output {@code [batch][1][outputs]}
 * @param state the state for the next step
 * @param <S> the kind of state
 */
public record Step<S extends State>(Tensor output, S state) {}
