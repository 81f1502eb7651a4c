package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.Controller;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.List;

/**
 * A controller that sees zeros where it should see what was read.
 *
 * @param fed the controller
 * @param <S> its state
 */
record UnfedController<S extends State>(Controller<S> fed) implements Controller<S> {
    @Override
    public int size() {
        return fed.size();
    }

    @Override
    public S initialState(Tape tape, int batch) {
        return fed.initialState(tape, batch);
    }

    @Override
    public Step<S> step(Tape tape, List<Tensor> inputs, S state) {
        Tensor reads = inputs.getLast();
        Tensor nothing = Constant.of(tape, reads.batch(), 1, new float[reads.lines() * reads.size()]);
        return fed.step(tape, List.of(inputs.getFirst(), nothing), state);
    }

    @Override
    public void initialise(Random64 random) {
        fed.initialise(random);
    }
}
