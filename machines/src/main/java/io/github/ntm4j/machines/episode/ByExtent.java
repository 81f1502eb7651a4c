package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.random.Random64;
import java.util.Arrays;

/** A machine that learns from whole sequences: a recording for each extent that comes, of which a few are kept. Serves one thread. */
final class ByExtent implements Episode {
    private final RecentExtents recordings;
    private final int batch;
    private final double[] loss;
    private final int[] errors;
    private final Random64 random = Random64.of(0, "", 0);

    ByExtent(WholeMachine machine, Desk desk) {
        this(machine, desk, RecentExtents.KEPT);
    }

    /**
     * An episode.
     *
     * @param kept how many recordings to keep, which changes no bit
     */
    ByExtent(WholeMachine machine, Desk desk, int kept) {
        recordings = new RecentExtents(machine, desk, true, kept);
        batch = desk.batch();
        loss = new double[batch];
        errors = new int[batch];
    }

    @Override
    public void extend(int steps) {
        recordings.of(steps);
    }

    @Override
    public void run(Sequence[] sequences, int from, NoiseSource noise, double scale, float[] gradients) {
        int longest = Arrays.stream(sequences, from, from + batch).mapToInt(Sequence::steps).max().orElseThrow();
        WholeRecording recording = recordings.of(longest);
        recording.load(sequences, from, batch, noise, random);
        recording.forward();
        for (int b = 0; b < batch; b++) {
            loss[b] = recording.loss(b);
            errors[b] = recording.errors(b);
        }
        recording.backward(scale, gradients);
    }

    @Override
    public double loss(int b) {
        return loss[b];
    }

    @Override
    public int errors(int b) {
        return errors[b];
    }

    /** {@inheritDoc} They are the arenas of all recordings that are kept. */
    @Override
    public long floats() {
        return recordings.floats();
    }
}
