package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.Machine;

/**
 * A machine that reads a sequence step by step and answers each step before it sees the next. It is defined by how it records one step;
 * training, running, streaming and watching it all follow from that.
 *
 * @param <S> what it remembers from step to step
 */
public interface StepMachine<S extends State> extends Machine {
    /**
     * Records the state before the first step.
     *
     * @param tape the tape
     * @param batch number of sequences
     * @return the state, each of its tensors with a place of its own
     */
    S initialState(Tape tape, int batch);

    /**
     * Records one step.
     *
     * @param tape the tape
     * @param input {@code [batch][1][inputs]}
     * @param state the state before; may not be used again
     * @return the output {@code [batch][1][outputs]} before its sigmoid, and the state after, with tensors of the same shapes in the same
     *     order; it may hand on the input and tensors of the state before; and what the step costs, if it costs anything
     */
    Step<S> step(Tape tape, Tensor input, S state);

    @Override
    default Episode episode(Desk desk) {
        return new Unrolled(this, desk);
    }

    @Override
    default Inference inference(Desk desk) {
        return new Stepwise(this, desk);
    }

    @Override
    default RecordingSize size(Desk desk, boolean training) {
        return new UnrolledSize(this, desk, training, training ? Long.MAX_VALUE : 1);
    }

    /**
     * A machine of which something is asked that only steps can give.
     *
     * @param machine any machine
     * @param what what is asked of it, the beginning of the message
     * @return the machine itself
     * @throws UserException if it reads whole sequences
     */
    static StepMachine<?> required(Machine machine, String what) {
        if (Arguments.given("machine", machine) instanceof StepMachine<?> steps) {
            return steps;
        }
        throw new UserException(what + ": expected a machine that goes step by step, got one that reads whole sequences; "
                + "give it a sequence as a whole (Model.answer)");
    }
}
