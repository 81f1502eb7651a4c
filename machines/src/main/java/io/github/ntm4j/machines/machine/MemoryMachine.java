package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.Controller;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.memory.MemoryState;
import io.github.ntm4j.machines.signal.Signals;
import java.util.List;

/**
 * A machine of any controller and any memory. In every step the controller sees the input and what was read in the step before, the memory
 * sees the controller's output, and the output layer sees both that and what was read in this step.
 *
 * <p>The parts declare their parameters when they are made, all in the same {@link Parameters}; the order in which they are made is that of
 * the parameters in files. Layers get their first values in the order controller, memory, output, then the memory's initial state.
 *
 * @param <C> the controller's state
 * @param <M> the memory's state
 */
public final class MemoryMachine<C extends State, M extends MemoryState> implements StepMachine<MachineState<C, M>> {
    private final Parameters parameters;
    private final Signals signals;
    private final int inputs;
    private final Controller<C> controller;
    private final Memory<M> memory;
    private final OutputLayer output;

    /**
     * Puts a machine together.
     *
     * @param parameters where the parts have declared their parameters
     * @param signals where the parts have declared what they show of themselves
     * @param inputs width of an input vector
     * @param controller the controller, which sees {@code inputs + readWidth} floats
     * @param memory the memory, which sees the controller's output
     * @param output the output layer, which sees {@code controller + readWidth} floats
     * @throws IllegalArgumentException if the output layer has another width
     */
    public MemoryMachine(
            Parameters parameters, Signals signals, int inputs, Controller<C> controller, Memory<M> memory, OutputLayer output) {
        int seen = controller.size() + memory.readWidth();
        if (output.inputs() != seen) {
            throw new IllegalArgumentException("output layer: expected one that sees controller " + controller.size() + " + reads "
                    + memory.readWidth() + " = " + seen + " floats, got one for " + output.inputs());
        }
        this.parameters = parameters;
        this.signals = signals;
        this.inputs = inputs;
        this.controller = controller;
        this.memory = memory;
        this.output = output;
    }

    /**
     * Puts a machine together that shows nothing of itself.
     *
     * @param parameters where the parts have declared their parameters
     * @param inputs width of an input vector
     * @param controller the controller, which sees {@code inputs + readWidth} floats
     * @param memory the memory, which sees the controller's output
     * @param output the output layer, which sees {@code controller + readWidth} floats
     * @throws IllegalArgumentException if the output layer has another width
     */
    public MemoryMachine(Parameters parameters, int inputs, Controller<C> controller, Memory<M> memory, OutputLayer output) {
        this(parameters, new Signals(), inputs, controller, memory, output);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return output.outputs();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Signals signals() {
        return signals;
    }

    @Override
    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        controller.initialise(random);
        memory.initialise(random);
        output.initialise(random);
        memory.initialiseState(random);
    }

    @Override
    public MachineState<C, M> initialState(Tape tape, int batch) {
        return new MachineState<>(controller.initialState(tape, batch), memory.initialState(tape, batch));
    }

    @Override
    public Step<MachineState<C, M>> step(Tape tape, Tensor input, MachineState<C, M> state) {
        Step<C> control = controller.step(tape, List.of(input, state.memory().reads()), state.controller());
        M after = memory.step(tape, control.output(), state.memory());
        Tensor logits = output.of(tape, List.of(control.output(), after.reads()));
        return new Step<>(logits, new MachineState<>(control.state(), after));
    }
}
