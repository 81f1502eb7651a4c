package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A machine that answers whole sequences. What is not finite in one of them spoils all of its steps. */
final class WholeInference implements Inference {
    private final RecentExtents recordings;
    private final int batch;
    private final Random64 random = Random64.of(0, "", 0);
    private @Nullable WholeRecording told;
    private int step;

    WholeInference(WholeMachine machine, Desk desk) {
        recordings = new RecentExtents(machine, desk, false, 1);
        batch = desk.batch();
    }

    @Override
    public boolean run(Sequence[] sequences, int count, NoiseSource noise, BooleanSupplier goOn, Listener listener) {
        int longest = 0;
        for (int b = 0; b < count; b++) {
            longest = Math.max(longest, sequences[b].steps());
        }
        if (longest == 0) {
            return true;
        }
        if (!goOn.getAsBoolean()) {
            return false;
        }
        WholeRecording recording = recordings.of(longest);
        recording.load(sequences, 0, count, noise, random);
        int[] spoilt = new int[batch];
        for (int b = 0; b < count; b++) {
            spoilt[b] = recording.mend(b);
        }
        recording.answer();
        told = recording;
        for (step = 0; step < longest; step++) {
            for (int b = 0; b < count; b++) {
                if (step < sequences[b].steps()) {
                    listener.answered(b, step, spoilt[b] >= sequences[b].steps());
                }
            }
        }
        told = null;
        return true;
    }

    private WholeRecording told() {
        if (told == null) {
            throw new IllegalStateException("inference: no step is being told");
        }
        return told;
    }

    @Override
    public void outputs(int b, float[] into, int at) {
        told().outputs(b, step, into, at);
    }

    @Override
    public void answer(int b, float[] into, int at) {
        told().answer(b, step, into, at);
    }

    @Override
    public @Nullable String notFinite(int b) {
        for (Map.Entry<String, Tensor> named : told().tape().names().entrySet()) {
            Tensor tensor = named.getValue();
            for (int line = 0; line < tensor.lines(); line++) {
                if (!FiniteCopy.isFinite(told().tape().values(), tensor.at(b, line), tensor.size())) {
                    return named.getKey();
                }
            }
        }
        return null;
    }
}
