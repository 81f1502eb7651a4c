package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.Comparator;

/** A machine of which a number is spoilt in every step whose first input is {@value #TRIGGER}. */
record PoisonedMachine<S extends State>(StepMachine<S> sound, Place place, float poison) implements StepMachine<S> {
    /** The input that sets it off, which is finite itself. */
    static final float TRIGGER = 7;

    /** What is spoilt. */
    enum Place {
        /** A number of the largest part of the state before the step: of a machine with a memory, the memory. */
        MEMORY,
        /** A derivative by the output of the step. */
        GRADIENT
    }

    @Override
    public int inputs() {
        return sound.inputs();
    }

    @Override
    public int outputs() {
        return sound.outputs();
    }

    @Override
    public Parameters parameters() {
        return sound.parameters();
    }

    @Override
    public void initialise(long seed) {
        sound.initialise(seed);
    }

    @Override
    public S initialState(Tape tape, int batch) {
        return sound.initialState(tape, batch);
    }

    @Override
    public Step<S> step(Tape tape, Tensor input, S state) {
        if (place == Place.MEMORY) {
            Tensor memory = state.tensors().stream().max(Comparator.comparingInt(t -> t.lines() * t.size())).orElseThrow();
            tape.record(new Poisoning(tape, input, memory, true));
            return sound.step(tape, input, state);
        }
        Step<S> step = sound.step(tape, input, state);
        tape.record(new Poisoning(tape, input, step.output(), false));
        return step;
    }

    private final class Poisoning implements Operation {
        private final Tape tape;
        private final Tensor input;
        private final Tensor victim;
        private final boolean forwards;

        Poisoning(Tape tape, Tensor input, Tensor victim, boolean forwards) {
            this.tape = tape;
            this.input = input;
            this.victim = victim;
            this.forwards = forwards;
        }

        @Override
        public void forward() {
            for (int b = 0; forwards && b < input.batch(); b++) {
                if (tape.values()[input.at(b, 0)] == TRIGGER) {
                    tape.values()[victim.at(b, 0)] = poison;
                }
            }
        }

        @Override
        public void backward() {
            for (int b = 0; !forwards && b < input.batch(); b++) {
                if (tape.values()[input.at(b, 0)] == TRIGGER) {
                    tape.gradients()[victim.gradientAt(b, 0)] = poison;
                }
            }
        }
    }
}
