package io.github.ntm4j.machines.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.machine.Machine;

/** Compares the derivatives of an episode with differences of its loss. */
final class Slopes {
    private static final double STEP = 1e-2;

    private Slopes() {}

    /** In random directions, for each parameter by itself; all numbers that are drawn stay the same. */
    static void check(Machine machine, Episode episode, Sequence[] sequences, NoiseSource noise) {
        float[] gradient = new float[machine.parameters().size()];
        episode.run(sequences, 0, noise, 1, gradient);
        Random64 random = Random64.of(7, "direction", 0);
        for (Entry entry : machine.parameters().entries()) {
            float[] derivatives = entry.read(gradient);
            for (int trial = 0; trial < 3; trial++) {
                float[] direction = new float[entry.elements()];
                double length = 0;
                double expected = 0;
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = trial == 0 ? derivatives[i] : (float) random.nextGaussian();
                    length += (double) direction[i] * direction[i];
                }
                for (int i = 0; i < direction.length; i++) {
                    direction[i] /= (float) Math.sqrt(length);
                    expected += (double) direction[i] * derivatives[i];
                }
                float[] along = new float[machine.parameters().size()];
                entry.write(direction, along);
                double slope = (8 * (loss(machine, episode, sequences, noise, along, STEP) - loss(machine, episode, sequences, noise, along, -STEP))
                                - loss(machine, episode, sequences, noise, along, 2 * STEP)
                                + loss(machine, episode, sequences, noise, along, -2 * STEP))
                        / (12 * STEP);
                assertThat(slope).as("%s, direction %d", entry.name(), trial).isCloseTo(expected, within(1e-3 + 1e-3 * Math.abs(expected)));
            }
        }
    }

    private static double loss(Machine machine, Episode episode, Sequence[] sequences, NoiseSource noise, float[] direction, double distance) {
        float[] weights = machine.parameters().values();
        float[] here = weights.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (distance * direction[i]);
        }
        machine.parameters().refresh();
        episode.run(sequences, 0, noise, 1, new float[weights.length]);
        System.arraycopy(here, 0, weights, 0, here.length);
        machine.parameters().refresh();
        double loss = 0;
        for (int b = 0; b < sequences.length; b++) {
            loss += episode.loss(b);
        }
        return loss;
    }
}
