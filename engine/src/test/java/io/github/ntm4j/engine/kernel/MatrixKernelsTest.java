package io.github.ntm4j.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Panels are {@code [panel][depth][16]}; rows lie at offsets with gaps, which hold NaN on the way in and must stay as they are. */
final class MatrixKernelsTest {
    private static final int[] DEPTHS = {1, 2, 3, 4, 5, 7, 8, 9, 17, 129};
    private static final int[] PANELS = {1, 2, 3, 4, 5, 7, 9, 25};
    private static final int[] ROWS = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final int[] MANY_ROWS = {1, 2, 3, 4, 5, 8, 9, 255, 256, 257, 511, 700};

    /** A float resolves 6e-8, and the errors of at most 700 additions of numbers of order one mostly cancel. */
    private static final double TOLERANCE = 1e-5;

    private final Random random = new Random(5);

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void aProductIsTheSumOfProducts(KernelProvider provider) {
        for (int depth : DEPTHS) {
            for (int panels : PANELS) {
                Product product = new Product(ROWS.length, depth, panels);
                float[] c = product.multiply(provider, ROWS.length);
                double scale = Math.sqrt(depth);
                for (int r = 0; r < ROWS.length; r++) {
                    for (int j = 0; j < 16 * panels; j++) {
                        double error = Math.abs(c[product.cAt(r) + j] - product.exact(r, j));
                        if (!(error <= TOLERANCE * scale)) {
                            assertThat(c[product.cAt(r) + j]).as("depth %d, row %d, column %d", depth, r, j).isEqualTo((float) product.exact(r, j));
                        }
                    }
                }
            }
        }
    }

    @Test
    void bothProvidersGiveTheSameProductAndLeaveTheGapsAlone() {
        for (int rows : ROWS) {
            for (int depth : DEPTHS) {
                for (int panels : PANELS) {
                    Product product = new Product(rows, depth, panels);
                    float[] portable = product.multiply(KernelProvider.PORTABLE, rows);
                    float[] simd = product.multiply(KernelProvider.SIMD, rows);
                    assertThat(Arrays.mismatch(simd, portable)).as("rows %d, depth %d, panels %d", rows, depth, panels).isEqualTo(-1);
                    assertThat(product.gapsAreUntouched(simd)).isTrue();
                }
            }
        }
    }

    /** Every second product with a large factor goes through it from its end. */
    @ParameterizedTest
    @ValueSource(ints = {64, 67})
    void aLargeFactorGivesTheSameEachTime(int panels) {
        int depth = 265;
        int columns = panels * Rows.BLOCK;
        float[] x = floats(9 * columns);
        float[] b = floats(depth * columns);
        MatrixKernels portable = KernelProvider.PORTABLE.create().matrices();
        MatrixKernels simd = KernelProvider.SIMD.create().matrices();
        for (int rows : new int[] {1, 1, 1, 4, 4, 9, 9}) {
            float[] expected = new float[rows * columns];
            float[] actual = new float[rows * columns];
            portable.multiply(x, 0, columns, rows, depth, b, 0, panels, expected, 0, columns);
            simd.multiply(x, 0, columns, rows, depth, b, 0, panels, actual, 0, columns);
            assertThat(Arrays.mismatch(actual, expected)).as("%d rows", rows).isEqualTo(-1);
            portable.multiplyTransposed(x, 0, columns, rows, b, 0, panels, depth, 3, depth - 3, expected, 0, columns);
            simd.multiplyTransposed(x, 0, columns, rows, b, 0, panels, depth, 3, depth - 3, actual, 0, columns);
            assertThat(Arrays.mismatch(actual, expected)).as("%d rows, transposed", rows).isEqualTo(-1);
        }
    }

    private float[] floats(int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = random.nextFloat() - 0.5f;
        }
        return floats;
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void aRowHasTheSameBitsAloneAsAmongMany(KernelProvider provider) {
        for (int depth : DEPTHS) {
            for (int panels : PANELS) {
                Product product = new Product(9, depth, panels);
                float[] together = product.multiply(provider, 9);
                for (int r = 0; r < 9; r++) {
                    float[] alone = product.multiplyRow(provider, r);
                    int from = product.cAt(r);
                    assertThat(Arrays.mismatch(together, from, from + 16 * panels, alone, 0, 16 * panels))
                            .as("depth %d, panels %d, row %d", depth, panels, r)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void aGradientIsAddedAsTheSumOfOuterProducts(KernelProvider provider) {
        for (int rows : MANY_ROWS) {
            for (int depth : new int[] {1, 3, 4, 17}) {
                Gradient gradient = new Gradient(rows, depth, 3);
                float[] actual = gradient.accumulate(provider);
                for (int k = 0; k < depth; k++) {
                    for (int j = 0; j < 48; j++) {
                        int at = gradient.at(k, j);
                        if (!(Math.abs(actual[at] - gradient.exact(k, j)) <= TOLERANCE * Math.sqrt(rows))) {
                            assertThat(actual[at]).as("rows %d, depth %d, element %d, %d", rows, depth, k, j).isEqualTo((float) gradient.exact(k, j));
                        }
                    }
                }
            }
        }
    }

    @Test
    void bothProvidersGiveTheSameGradientAndLeaveItsSurroundingsAlone() {
        for (int rows : MANY_ROWS) {
            for (int depth : DEPTHS) {
                for (int panels : new int[] {1, 2, 5, 7}) {
                    Gradient gradient = new Gradient(rows, depth, panels);
                    float[] portable = gradient.accumulate(KernelProvider.PORTABLE);
                    float[] simd = gradient.accumulate(KernelProvider.SIMD);
                    assertThat(Arrays.mismatch(simd, portable)).as("rows %d, depth %d, panels %d", rows, depth, panels).isEqualTo(-1);
                    assertThat(simd).startsWith(gradient.before(0)).endsWith(gradient.before(simd.length - 1));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void aGradientInPartsEqualsTheGradientAtOnce(KernelProvider provider) {
        Gradient gradient = new Gradient(600, 17, 2);
        MatrixKernels kernels = provider.create().matrices();
        float[] inParts = gradient.start.clone();
        for (int from : new int[] {0, 1, 257, 300}) {
            int to = from == 0 ? 1 : from == 1 ? 257 : from == 257 ? 300 : 600;
            int[] xAt = Arrays.copyOfRange(gradient.xAt, from, to);
            int[] dAt = Arrays.copyOfRange(gradient.dAt, from, to);
            kernels.gradient(true, gradient.x, xAt, gradient.d, dAt, to - from, 17, inParts, Gradient.MARGIN, 2);
        }
        assertThat(Arrays.mismatch(inParts, gradient.accumulate(provider))).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void noRowsAddNothing(KernelProvider provider) {
        Gradient gradient = new Gradient(0, 5, 2);
        assertThat(gradient.accumulate(provider)).isEqualTo(gradient.start);
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void aGradientThatIsNotAddedIsOneAddedToZero(KernelProvider provider) {
        for (int rows : new int[] {0, 1, 5, 200}) {
            for (int depth : DEPTHS) {
                for (int panels : new int[] {1, 2, 3, 7}) {
                    Gradient gradient = new Gradient(rows, depth, panels);
                    float[] overwritten = gradient.multiply(provider, false);
                    int size = panels * depth * 16;
                    Arrays.fill(gradient.start, Gradient.MARGIN, Gradient.MARGIN + size, 0f);
                    assertThat(Arrays.mismatch(overwritten, gradient.accumulate(provider)))
                            .as("rows %d, depth %d, panels %d", rows, depth, panels)
                            .isEqualTo(-1);
                }
            }
        }
    }

    private float[] normal(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Random factors of a product. */
    private final class Product {
        private static final int MARGIN = 5;

        private final int depth;
        private final int panels;
        private final int aStride;
        private final int cStride;
        private final float[] a;
        private final float[] b;
        private final float[] start;

        Product(int rows, int depth, int panels) {
            this.depth = depth;
            this.panels = panels;
            aStride = depth + 3;
            cStride = 16 * panels + 16;
            a = new float[MARGIN + rows * aStride];
            Arrays.fill(a, Float.NaN);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(normal(depth), 0, a, MARGIN + r * aStride, depth);
            }
            b = normal(MARGIN + panels * depth * 16);
            start = new float[MARGIN + rows * cStride];
            Arrays.fill(start, Float.NaN);
        }

        int cAt(int row) {
            return MARGIN + row * cStride;
        }

        float[] multiply(KernelProvider provider, int rows) {
            float[] c = start.clone();
            provider.create().matrices().multiply(a, MARGIN, aStride, rows, depth, b, MARGIN, panels, c, MARGIN, cStride);
            return c;
        }

        float[] multiplyRow(KernelProvider provider, int row) {
            float[] c = new float[16 * panels];
            provider.create().matrices().multiply(a, MARGIN + row * aStride, 0, 1, depth, b, MARGIN, panels, c, 0, 0);
            return c;
        }

        double exact(int row, int column) {
            double sum = 0;
            for (int k = 0; k < depth; k++) {
                sum += (double) a[MARGIN + row * aStride + k] * b[MARGIN + (column / 16 * depth + k) * 16 + column % 16];
            }
            return sum;
        }

        boolean gapsAreUntouched(float[] c) {
            for (int i = 0; i < c.length; i++) {
                boolean gap = i < MARGIN || (i - MARGIN) % cStride >= 16 * panels;
                if (gap != Float.isNaN(c[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Random rows whose outer products are summed, in no order and some of them twice. */
    private final class Gradient {
        private static final int MARGIN = 7;

        private final int rows;
        private final int depth;
        private final int panels;
        private final float[] x;
        private final float[] d;
        private final int[] xAt;
        private final int[] dAt;
        private final float[] start;

        Gradient(int rows, int depth, int panels) {
            this.rows = rows;
            this.depth = depth;
            this.panels = panels;
            x = normal((rows + 1) * (depth + 2));
            d = normal((rows + 1) * 16 * panels);
            xAt = new int[rows];
            dAt = new int[rows];
            for (int r = 0; r < rows; r++) {
                xAt[r] = random.nextInt(rows + 1) * (depth + 2) + 1;
                dAt[r] = random.nextInt(rows) * 16 * panels + 3;
            }
            start = normal(MARGIN + panels * depth * 16 + MARGIN);
        }

        float[] accumulate(KernelProvider provider) {
            return multiply(provider, true);
        }

        float[] multiply(KernelProvider provider, boolean add) {
            float[] gradient = start.clone();
            provider.create().matrices().gradient(add, x, xAt, d, dAt, rows, depth, gradient, MARGIN, panels);
            return gradient;
        }

        float before(int i) {
            return start[i];
        }

        int at(int k, int column) {
            return MARGIN + (column / 16 * depth + k) * 16 + column % 16;
        }

        double exact(int k, int column) {
            double sum = start[at(k, column)];
            for (int r = 0; r < rows; r++) {
                sum += (double) x[xAt[r] + k] * d[dAt[r] + column];
            }
            return sum;
        }
    }
}
