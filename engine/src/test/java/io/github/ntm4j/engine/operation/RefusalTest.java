package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What operations refuse, and in which words. */
final class RefusalTest {
    /** Axes that an operand decides alone. All others have to agree with another operand. */
    private static final Set<String> FREE = Set.of(
            "Allocation: usage, batch",
            "Allocation: usage, size",
            "Allocation, rounded order: usage, batch",
            "Allocation, rounded order: usage, size",
            "Linear, inputs without derivatives only: map: an input, batch",
            "Linear, twice the same map: map: an input, batch",
            "ContentWeighting: memory, size",
            "CosineWeighting, DENOMINATOR: memory, size",
            "CosineWeighting, NORMS: memory, size",
            "CosineWeighting, NONE: memory, size",
            "CosineWeighting, DENOMINATOR, masked: memory, size",
            "CosineWeighting, NORMS, masked: memory, size",
            "CosineWeighting, NONE, masked: memory, size",
            "Read, many rows: memory, lines",
            "Read, many rows: weighting, lines",
            "Read, long words: memory, lines",
            "Read, long words: weighting, lines",
            "Usage: write weighting, lines",
            "Usage, several writes: write weighting, lines",
            "Usage, stopped: write weighting, lines",
            "Sharpen: weighting, size",
            "LayerNorm: layer norm, batch",
            "LayerNorm: layer norm, lines",
            "TemporalLink: read weighting, lines",
            "TemporalLink, steps: read weighting, lines",
            "SparseLink: read weighting, lines",
            "SparseLink, steps: read weighting, lines",
            "EraseAdd, reads and writes in turn: reading weighting, lines",
            "Product, long sums: left factor, lines",
            "Product, long sums: right factor, size",
            "Product, long lines: left factor, lines",
            "Product, long lines: right factor, size",
            "Product, transposed, long sums: left factor, lines",
            "Product, transposed, long sums: right factor, lines",
            "Product, transposed, long lines: left factor, lines",
            "Product, transposed, long lines: right factor, lines",
            "MaskedSoftmax, masked: softmax, lines",
            "Gather: gather, lines",
            "Gather: gather, size",
            "Gather: index, size",
            "Scatter: scatter, lines",
            "Draw: distribution, size",
            "Pad, Join and Product, a convolution: channels, lines",
            "Pad, Join and Product, a convolution: right factor, size",
            "Join, side by side: joined, size",
            "Join, below one another: joined, lines");

    private static final String[] AXES = {"batch", "lines", "size"};

    private final Parameters parameters = new Parameters();
    private final Tape tape = new Tape(parameters, KernelProvider.PORTABLE.create(), true);

    @TestFactory
    Stream<DynamicTest> anOperandThatDoesNotFitIsNamedWithWhatWasExpectedAndWhatCame() {
        return Catalogue.subjects().stream()
                .filter(subject -> subject.typical().operands().size() > 1 || !takesAnyShape(subject))
                .map(subject -> DynamicTest.dynamicTest(subject.name(), () -> {
                    Sample sample = subject.typical();
                    for (int i = 0; i < sample.operands().size(); i++) {
                        for (String axis : AXES) {
                            String change = sample.operands().get(i).name() + ", " + axis;
                            if (!FREE.contains(subject.name() + ": " + change) && !broadcasts(subject, i, axis)) {
                                assertRefused(sample.withOperand(i, grown(sample.operands().get(i), axis)), change);
                            }
                        }
                    }
                }));
    }

    private static boolean takesAnyShape(Subject subject) {
        return Set.of(
                        ActivateColumns.class,
                        Softmax.class,
                        Clip.class,
                        LimitDerivative.class,
                        Repeat.class,
                        Constant.class,
                        Pointwise.class,
                        Sum.class,
                        Largest.class,
                        Transpose.class,
                        Pad.class,
                        Roll.class,
                        MaskedSoftmax.class,
                        Scan.class,
                        Sort.class)
                .contains(subject.operation());
    }

    /** Along an axis of lines or size where all others have 1, a pointwise operand may have any length. */
    private static boolean broadcasts(Subject subject, int operand, String axis) {
        List<Operand> others = new ArrayList<>(subject.typical().operands());
        others.remove(operand);
        return subject.operation() == Pointwise.class
                && ((axis.equals("lines") && others.stream().allMatch(x -> x.lines() == 1))
                        || (axis.equals("size") && others.stream().allMatch(x -> x.size() == 1)));
    }

    /** The operand, longer by one along an axis. */
    private static Operand grown(Operand operand, String axis) {
        int batch = operand.batch() + (axis.equals("batch") ? 1 : 0);
        int lines = operand.lines() + (axis.equals("lines") ? 1 : 0);
        int size = operand.size() + (axis.equals("size") ? 1 : 0);
        float[] values = new float[batch * lines * size];
        return new Operand(
                operand.name(), batch, lines, size, operand.place(), operand.derivative(), operand.step(), values);
    }

    private static void assertRefused(Sample sample, String change) {
        String[] names = sample.operands().stream().map(Operand::name).toArray(String[]::new);
        assertThatIllegalArgumentException()
                .as("%s, one more along %s", sample.description(), change)
                .isThrownBy(() -> new Run(sample, KernelProvider.PORTABLE))
                .satisfies(e -> assertThat(e.getMessage())
                        .matches(".+: expected .+, got .+")
                        .matches(message -> Arrays.stream(names).anyMatch(name -> message.startsWith(name.split(":")[0] + ":"))));
    }

    @Test
    void anEmptyBatchIsRefused() {
        Grid grid = parameters.addGrid("initial value", 1, 3, true);
        for (int batch : new int[] {0, -1}) {
            String message = "tensor: expected a batch, lines and size of at least 1, got [" + batch + "][1][3]";
            assertThatIllegalArgumentException().isThrownBy(() -> tape.allocate(batch, 1, 3)).withMessage(message);
            assertThatIllegalArgumentException().isThrownBy(() -> tape.allocateValues(batch, 1, 3)).withMessage(message);
            assertThatIllegalArgumentException().isThrownBy(() -> Repeat.of(tape, grid, batch)).withMessage(message);
            assertThatIllegalArgumentException().isThrownBy(() -> Constant.of(tape, batch, 1, 1, 2, 3)).withMessage(message);
        }
    }

    @Test
    void aLinearMapRefusesPlainInputsBehindOthersAndNoInputsAtAll() {
        Matrix matrix = parameters.addMatrix("map", 5, 1, 2);
        Tensor plain = tape.allocateValues(1, 1, 2);
        Tensor other = tape.allocate(1, 1, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Linear.of(tape, matrix, List.of(other, plain)))
                .withMessage("map: expected inputs without derivatives before all others");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Linear.of(tape, matrix, List.of()))
                .withMessage("map: expected inputs of 5 in all, got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Linear.of(tape, matrix, List.of(other)))
                .withMessage("map: expected inputs of 5 in all, got 3");
    }

    @Test
    void anLstmCellRefusesGatesWhoseLinesAreNoMultipleOfEightApart() {
        Tensor gates = tape.allocate(1, 1, 20).split(4, 5);
        Tensor cell = tape.allocate(1, 1, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LstmCell.of(tape, gates, cell))
                .withMessage("gates: expected lines a multiple of 8 apart, got 5");
    }

    @Test
    void shiftsThatAreEvenOrReachBeyondTheRowsAreRefused() {
        Tensor weighting = tape.allocate(1, 1, 2);
        Tensor scalar = tape.allocate(1, 1, 1);
        for (int displacements : new int[] {2, 4, 7}) {
            Tensor shift = tape.allocate(1, 1, displacements);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LocationWeighting.of(tape, weighting, weighting, scalar, shift, scalar))
                    .withMessage("shift: expected an odd number of displacements that reach at most 2 rows, got " + displacements);
        }
    }

    @Test
    void aMemoryThatWasWrittenOverIsRefused() {
        Tensor memory = tape.allocate(1, 3, 4);
        Tensor weighting = tape.allocate(1, 1, 4);
        Tensor word = tape.allocate(1, 1, 3);
        Tensor scalar = tape.allocate(1, 1, 1);
        Tensor written = EraseAdd.of(tape, memory, weighting, word, word);
        String message = "memory: this memory has been written over; read and address it before the write";
        assertThatIllegalStateException().isThrownBy(() -> Read.of(tape, memory, weighting)).withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> ContentWeighting.of(tape, word, scalar, memory))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> EraseAdd.of(tape, memory, weighting, word, word))
                .withMessage(message);
        assertThat(Read.of(tape, written, weighting).size()).isEqualTo(3);
    }

    @Test
    void aWriteToAWindowOnAMemoryIsRefused() {
        Tensor window = tape.allocate(2, 5, 4).lines(1, 3);
        Tensor weighting = tape.allocate(2, 1, 4);
        Tensor word = tape.allocate(2, 1, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EraseAdd.of(tape, window, weighting, word, word))
                .withMessage("memory: expected a whole tensor to be written, got a window of [2][3][4]");
    }

    @Test
    void aLayerNormRefusesAScaleOrAShiftThatIsNoLineOfItsSize() {
        Tensor x = tape.allocate(1, 1, 5);
        Grid line = parameters.addGrid("line", 1, 5, true);
        Grid two = parameters.addGrid("two", 2, 5, true);
        Grid shorter = parameters.addGrid("shorter", 1, 4, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerNorm.of(tape, x, two, line))
                .withMessage("scale: expected [1][5], got [2][5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayerNorm.of(tape, x, line, shorter))
                .withMessage("shift: expected [1][5], got [1][4]");
    }

    @Test
    void aMixtureOfNothingIsRefused() {
        Tensor shares = tape.allocate(1, 1, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mixture.of(tape, shares, List.of()))
                .withMessage("weightings: expected at least one, got none");
    }

    @Test
    void columnsThatReachBeyondTheRowOrOverlapAreRefused() {
        Tensor row = tape.allocate(1, 1, 5);
        for (Columns columns : new Columns[] {
            Columns.of(-1, 2, Activation.TANH),
            Columns.of(0, 0, Activation.TANH),
            Columns.of(0, 6, Activation.TANH),
            Columns.softmax(4, 2),
            Columns.softmax(1, Integer.MAX_VALUE)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ActivateColumns.of(tape, row, List.of(columns)))
                    .withMessage("activation: expected columns within 0..5, got " + columns);
        }
        Columns second = Columns.of(2, 2, Activation.SIGMOID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActivateColumns.of(tape, row, List.of(Columns.of(0, 3, Activation.TANH), second)))
                .withMessage("activation: expected columns that no other function has, got " + second);
    }

    @Test
    void aClipNeedsALimitAboveZero() {
        Tensor x = tape.allocate(1, 1, 5);
        for (float limit : new float[] {0f, -1f, Float.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Clip.of(tape, x, limit))
                    .withMessage("clip: expected a limit above 0, got " + limit);
        }
    }

    @Test
    void constantsHaveToFillTheirLines() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constant.of(tape, 1, 2, 1, 2, 3))
                .withMessage("constants: expected whole lines, got 3 floats for 2");
    }
}
