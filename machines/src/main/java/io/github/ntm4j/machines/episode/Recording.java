package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.tape.Noise;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine on a tape: its initial state, then steps with their losses, each from the state that the one before left.
 *
 * @param <S> what the machine remembers from step to step
 */
final class Recording<S extends State> {
    private final StepMachine<S> machine;
    private final Objective objective;
    private final Tape tape;
    private final int batch;
    private final List<Tensor> initial;
    private final List<Noise> initialNoise;
    private final Tape.Mark beginning;
    private final List<RecordedStep> steps = new ArrayList<>();
    private S state;

    /** Where a step's numbers are: what goes in, what comes out, what is drawn for it, and where its operations end. */
    record RecordedStep(
            Tensor input,
            Tensor target,
            Tensor mask,
            Tensor output,
            Tensor loss,
            @Nullable Tensor cost,
            List<Noise> noise,
            Tape.Mark end) {}

    Recording(StepMachine<S> machine, Objective objective, Tape tape, int batch) {
        this.machine = machine;
        this.objective = objective;
        this.tape = tape;
        this.batch = batch;
        this.state = tape.recordOnly(() -> machine.initialState(tape, batch));
        this.initial = state.tensors();
        this.initialNoise = List.copyOf(tape.noises());
        this.beginning = tape.mark();
    }

    /** Records steps until there are as many as asked for. */
    void extend(int count) {
        while (steps.size() < count) {
            steps.add(tape.recordOnly(this::step));
        }
    }

    private RecordedStep step() {
        int drawn = tape.noises().size();
        Tensor input = tape.allocateValues(batch, 1, machine.inputs());
        Step<S> step = machine.step(tape, input, state);
        state = step.state();
        Tensor target = tape.allocateValues(batch, 1, machine.outputs());
        Tensor mask = tape.allocateValues(batch, 1, 1);
        Tensor loss = objective.loss(tape, step.output(), target, mask);
        Tensor cost = step.cost();
        if (cost != null) {
            cost.require("cost of a step", batch, 1, 1);
        }
        List<Noise> noise = List.copyOf(tape.noises().subList(drawn, tape.noises().size()));
        return new RecordedStep(input, target, mask, step.output(), loss, cost, noise, tape.mark());
    }

    /** The state before the first step. */
    List<Tensor> initial() {
        return initial;
    }

    /** What is drawn for the state before the first step. */
    List<Noise> initialNoise() {
        return initialNoise;
    }

    /** The state after the last recorded step. */
    List<Tensor> last() {
        return state.tensors();
    }

    /** Where the first step begins. */
    Tape.Mark beginning() {
        return beginning;
    }

    int size() {
        return steps.size();
    }

    RecordedStep step(int index) {
        return steps.get(index);
    }
}
