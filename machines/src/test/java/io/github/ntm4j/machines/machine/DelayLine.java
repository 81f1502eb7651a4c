package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.List;

/** Puts out what it was given two steps before; its state consists of its last inputs themselves and begins with zeros. */
final class DelayLine implements StepMachine<DelayLine.Last> {
    private final Parameters parameters = new Parameters();

    record Last(Tensor one, Tensor two) implements State {
        @Override
        public List<Tensor> tensors() {
            return List.of(one, two);
        }
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void initialise(long seed) {}

    @Override
    public Last initialState(Tape tape, int batch) {
        return new Last(tape.allocateValues(batch, 1, 1), tape.allocateValues(batch, 1, 1));
    }

    @Override
    public Step<Last> step(Tape tape, Tensor input, Last state) {
        return new Step<>(state.two(), new Last(input, state.one()));
    }
}
