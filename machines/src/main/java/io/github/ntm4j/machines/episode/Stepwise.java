package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A step machine that answers: one recorded step, run again for every step of the sequences. It draws nothing. */
final class Stepwise implements Inference {
    private final Session session;
    private final Objective objective;
    private final int width;
    private final float[] inputs;
    private final boolean[] finite;

    Stepwise(StepMachine<?> machine, Desk desk) {
        session = new Session(machine, desk.batch(), desk.provider());
        objective = desk.objective();
        width = machine.inputs();
        inputs = new float[desk.batch() * width];
        finite = new boolean[desk.batch()];
    }

    @Override
    public boolean run(Sequence[] sequences, int count, NoiseSource noise, BooleanSupplier goOn, Listener listener) {
        int steps = 0;
        for (int b = 0; b < count; b++) {
            steps = Math.max(steps, sequences[b].steps());
        }
        Arrays.fill(finite, true); // no session takes what is not, and all that would follow is wrong
        Arrays.fill(inputs, 0f);
        session.reset();
        for (int t = 0; t < steps; t++) {
            if (!goOn.getAsBoolean()) {
                return false;
            }
            for (int b = 0; b < count; b++) {
                if (t < sequences[b].steps()) {
                    finite[b] &= FiniteCopy.of(sequences[b].input(), t * width, width, inputs, b * width);
                }
            }
            session.step(inputs, 0, width);
            for (int b = 0; b < count; b++) {
                if (t < sequences[b].steps()) {
                    listener.answered(b, t, finite[b]);
                }
            }
        }
        return true;
    }

    @Override
    public void outputs(int b, float[] into, int at) {
        session.outputs(b, into, at);
    }

    @Override
    public void answer(int b, float[] into, int at) {
        session.answer(objective, b, into, at);
    }

    @Override
    public @Nullable String notFinite(int b) {
        for (Map.Entry<String, Tensor> named : session.names().entrySet()) {
            for (float[] line : session.value(named.getValue(), b)) {
                if (!FiniteCopy.isFinite(line, 0, line.length)) {
                    return named.getKey();
                }
            }
        }
        return null;
    }
}
