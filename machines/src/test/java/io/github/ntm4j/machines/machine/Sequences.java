package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.random.Random64;

/**
 * What machines are given and what is expected of them.
 *
 * @param inputs {@code [step][sequence][input]}
 * @param targets {@code [step][sequence][output]}
 * @param counted whether the loss counts a step
 */
public record Sequences(double[][][] inputs, double[][][] targets, boolean[] counted) {
    public int steps() {
        return inputs.length;
    }

    public int batch() {
        return inputs[0].length;
    }

    /** Random bits; the second half of the steps counts. */
    public static Sequences random(long seed, int steps, int batch, int inputs, int outputs) {
        Sequences sequences = new Sequences(new double[steps][batch][inputs], new double[steps][batch][outputs], new boolean[steps]);
        Random64 random = Random64.of(seed, "sequences", 0);
        for (int t = 0; t < steps; t++) {
            sequences.counted[t] = 2 * t >= steps;
            for (int b = 0; b < batch; b++) {
                bits(random, sequences.inputs[t][b]);
                bits(random, sequences.targets[t][b]);
            }
        }
        return sequences;
    }

    private static void bits(Random64 random, double[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = random.nextInt(0, 1);
        }
    }
}
