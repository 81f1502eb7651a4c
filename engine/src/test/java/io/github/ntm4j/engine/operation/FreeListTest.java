package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order in which rows are free. */
final class FreeListTest {
    private final Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);

    @Test
    void rowsComeByAscendingUsageAndEqualOnesByNumber() {
        assertThat(freeList(0f, 0.5f, 0.2f, 0.9f, 0.2f, 0.5f)).containsExactly(1, 3, 0, 4, 2);
        assertThat(freeList(0f, 1f, 1f, 1f)).containsExactly(0, 1, 2);
        assertThat(freeList(0x1p-12f, 0.5f, 0.20002f, 0.9f, 0.2f, 0.49999f)).containsExactly(1, 3, 0, 4, 2);
    }

    @Test
    void theListEndsWhereNothingIsLeftToGive() {
        assertThat(freeList(0f, 0.5f, 0f, 0.9f)).containsExactly(1, -1, -1);
        assertThat(freeList(0f, 0.3f, 1e-20f, 1e-20f, 0.2f)).containsExactly(1, 2, -1, -1);
        assertThat(freeList(0f, 0.5f, -0f, 0f)).containsExactly(1, -1, -1);
    }

    @Test
    void rowsWhoseUsageIsNoNumberComeLast() {
        assertThat(freeList(0f, Float.NaN, 0.5f, -Float.NaN, 1f)).containsExactly(1, 3, 0, 2);
    }

    @Test
    void theOrderIsThatOfAStableSort() {
        SplittableRandom random = new SplittableRandom(3);
        for (int rows = 1; rows < 300; rows++) {
            float[] usage = new float[rows];
            for (int n = 0; n < rows; n++) {
                usage[n] = 0.8f + random.nextInt(1 + rows / 2) / 2048f; // so large that the product stays above nothing
            }
            int[] sorted = IntStream.range(0, rows)
                    .boxed()
                    .sorted(Comparator.comparingDouble(n -> usage[n]))
                    .mapToInt(n -> n)
                    .toArray();
            int[] list = freeList(0f, usage);
            int counted = (int) Arrays.stream(list).filter(row -> row >= 0).count();
            assertThat(counted).isGreaterThanOrEqualTo(Math.min(rows, 200));
            assertThat(Arrays.copyOf(list, counted)).isEqualTo(Arrays.copyOf(sorted, counted));
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Tensor usage = tape.allocate(1, 1, 3);
        for (float wrong : new float[] {-1e-6f, 1f, Float.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Allocation.of(tape, usage, wrong, 0f))
                    .withMessage("allocation epsilon: expected at least 0 and below 1, got " + wrong);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Allocation.of(tape, usage, 0f, wrong))
                    .withMessage("allocation rounding: expected at least 0 and below 1, got " + wrong);
        }
    }

    private int[] freeList(float rounding, float... usages) {
        Tensor usage = tape.allocate(1, 1, usages.length);
        System.arraycopy(usages, 0, tape.values(), usage.at(0, 0), usages.length);
        Tensor list = Allocation.of(tape, usage, 0f, rounding).freeList();
        int[] rows = new int[usages.length];
        for (int j = 0; j < rows.length; j++) {
            rows[j] = (int) tape.values()[list.at(0, 0) + j];
        }
        return rows;
    }
}
