package io.github.ntm4j.lab.picture;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.TraceMaker;
import io.github.ntm4j.machines.signal.Use;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Traces that look as if a machine had copied a sequence: heads walk over the rows, writing first and reading afterwards. */
final class SampleTraces {
    private static final int BITS = 8;
    private static final int WIDTH = 20;

    private SampleTraces() {}

    /** A copy of {@code length} vectors, 2 length + 1 steps, by {@code heads} read and as many write heads. */
    static Trace copy(int length, int rows, int heads, int firstRow) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        int steps = 2 * length + 1;
        float[][] input = new float[steps][BITS + 1];
        float[][] output = new float[steps][BITS];
        float[][] target = new float[steps][BITS];
        float[] mask = new float[steps];
        float[][] code = gaussian(random, BITS, WIDTH);
        float[][] written = new float[steps][WIDTH];
        input[length][BITS] = 1;
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < BITS; b++) {
                if (t < length) {
                    input[t][b] = random.nextInt(2);
                }
                float noise = (float) Math.abs(random.nextGaussian());
                if (t > length) {
                    target[t][b] = input[t - length - 1][b];
                    mask[t] = 1;
                    float off = 0.03f * noise * (1 + (random.nextInt(60) == 0 ? 12 : 0));
                    output[t][b] = Math.clamp(target[t][b] > 0 ? 1 - off : off, 0f, 1f);
                } else {
                    output[t][b] = Math.clamp(0.4f + 0.1f * noise, 0f, 1f);
                }
                for (int m = 0; m < WIDTH; m++) {
                    written[t][m] += t < length ? (2 * input[t][b] - 1) * code[b][m] * 0.35f : 0.01f * noise * code[b][m];
                }
            }
        }
        TraceMaker all = new TraceMaker(rows, WIDTH);
        for (int h = 0; h < heads; h++) {
            int start = firstRow + h * 3;
            addHead(all, random, "write " + (h + 1), Use.WRITES, steps, rows, start, t -> Math.min(t, length + 1), written);
            addHead(all, random, "read " + (h + 1), Use.READS, steps, rows, start, t -> t <= length ? 0 : t - length - 1, written);
        }
        return all.trace(input, output, target, mask);
    }

    /** What a machine without memory might do. */
    static Trace withoutMemory(int steps) {
        float[][] data = new float[steps][3];
        return TraceMaker.withoutSignals(data, data, null, null);
    }

    private static void addHead(TraceMaker made, RandomGenerator random, String name, Use kind, int steps, int rows, int start,
            java.util.function.IntUnaryOperator walk, float[][] written) {
        float[][] weighting = new float[steps][rows];
        float[][] vectors = new float[steps][WIDTH];
        for (int t = 0; t < steps; t++) {
            int place = walk.applyAsInt(t);
            double blur = 0.02 + 0.1 * Math.abs(random.nextGaussian()) * (kind == Use.READS ? 0.5 : 1);
            for (int d = -2; d <= 2; d++) {
                double share = d == 0 ? 1 - blur : d == 1 || d == -1 ? blur * 0.4 : blur * 0.1;
                weighting[t][Math.floorMod(start + place + d, rows)] += (float) share;
            }
            boolean answering = kind == Use.READS && t > walkEnd(steps);
            float[] source = kind == Use.WRITES ? written[t] : written[answering ? place : steps - 1];
            for (int m = 0; m < WIDTH; m++) {
                vectors[t][m] = source[m] + 0.02f * (float) random.nextGaussian();
            }
        }
        made.head(name, kind, weighting, vectors);
    }

    private static int walkEnd(int steps) {
        return steps / 2;
    }

    private static float[][] gaussian(RandomGenerator random, int rows, int columns) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return values;
    }
}
