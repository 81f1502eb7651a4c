package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.parameter.Parameters;

/**
 * Makes a controller for a machine that knows only then how much the controller is to see.
 *
 * @param <S> what the controller remembers from step to step
 */
@FunctionalInterface
public interface ControllerMaker<S extends State> {
    /**
     * Makes the controller.
     *
     * @param parameters where it declares its parameters
     * @param inputs width of what it sees in a step, all inputs together
     * @return the controller
     */
    Controller<S> make(Parameters parameters, int inputs);
}
