package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;

import io.github.ntm4j.engine.kernel.Summation;

/** Sixteen running sums, one for each place in a block, and their fixed tree. */
final class PartialSums {
    private final float[] partials = new float[BLOCK];

    PartialSums clear() {
        java.util.Arrays.fill(partials, 0f);
        return this;
    }

    /** Adds {@code x[n] * y[n]} of one block, by fused multiply-add. */
    void addProducts(float[] x, int xAt, float[] y, int yAt) {
        for (int lane = 0; lane < BLOCK; lane++) {
            partials[lane] = Math.fma(x[xAt + lane], y[yAt + lane], partials[lane]);
        }
    }

    /** Adds {@code x[n]} of one block. */
    void add(float[] x, int xAt) {
        for (int lane = 0; lane < BLOCK; lane++) {
            partials[lane] += x[xAt + lane];
        }
    }

    float total() {
        return Summation.tree(partials, 0);
    }

    /** The sum of products over whole blocks. */
    float dot(float[] x, int xAt, float[] y, int yAt, int rows) {
        clear();
        for (int n = 0; n < rows; n += BLOCK) {
            addProducts(x, xAt + n, y, yAt + n);
        }
        return total();
    }

    /** The sum of {@code x[n] * (y[n] - centre)} over whole blocks. */
    float centredDot(float[] x, int xAt, float[] y, int yAt, float centre, int rows) {
        clear();
        for (int n = 0; n < rows; n += BLOCK) {
            for (int lane = 0; lane < BLOCK; lane++) {
                partials[lane] = Math.fma(x[xAt + n + lane], y[yAt + n + lane] - centre, partials[lane]);
            }
        }
        return total();
    }

    /** The sum over whole blocks. */
    float sum(float[] x, int xAt, int rows) {
        clear();
        for (int n = 0; n < rows; n += BLOCK) {
            add(x, xAt + n);
        }
        return total();
    }
}
