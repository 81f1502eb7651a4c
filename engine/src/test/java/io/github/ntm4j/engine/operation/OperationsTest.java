package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is true of every operation in the {@link Catalogue}. The description of a sample is its seed. */
final class OperationsTest {
    /**
     * Of the largest result. A float resolves 6e-8; a result is a chain of some tens of roundings, or a thousand where they average out, and
     * the exponential multiplies the error of its argument by its size, which is about 10.
     */
    private static final double RESULT_TOLERANCE = 4e-6;

    /** Of the largest derivative by an operand: twice as long a chain. */
    private static final double DERIVATIVE_TOLERANCE = 1e-5;

    /** Where even the largest derivative is smaller, it is a difference of terms that come from the results, which are of order one. */
    private static final double SMALLEST_SCALE = 0.05;

    @TestFactory
    Stream<DynamicTest> resultsAreThoseOfTheEquation() {
        return forEach(Subject::usual, (sample, run) -> {
            List<Array3> expected = sample.reference().results(sample.arrays());
            for (int r = 0; r < expected.size(); r++) {
                double[] exact = expected.get(r).elements;
                double largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow();
                float[] actual = run.result(r);
                assertThat(actual).hasSameSizeAs(exact);
                for (int i = 0; i < exact.length; i++) {
                    if (!(Math.abs(actual[i] - exact[i]) <= RESULT_TOLERANCE * largest)) {
                        assertThat((double) actual[i])
                                .as("%s: result %d, element %d", sample.description(), r, i)
                                .isEqualTo(exact[i]);
                    }
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> derivativesAreThoseOfTheEquation() {
        return forEach(Subject::usual, (sample, run) -> {
            GradientCheck check = new GradientCheck(run);
            assertThat(check.worst())
                    .as("%s: error of the derivative by %s", sample.description(), check.worstPlace())
                    .isLessThanOrEqualTo(DERIVATIVE_TOLERANCE);
        });
    }

    /** A fused operation is the plain terms that it stands for. Both are rounded, so that twice as much is allowed. */
    @TestFactory
    Stream<DynamicTest> fusedOperationsAreWhatTheirCompositionIs() {
        return forEach(Subject::usual, (sample, fused) -> {
            List<float[]> upstream = Run.upstream(fused, sample.random());
            fused.backward(upstream);
            for (Sample plain : sample.composed()) {
                Run composed = new Run(plain, KernelProvider.PORTABLE);
                composed.backward(upstream);
                for (int r = 0; r < fused.results.size(); r++) {
                    assertClose(plain, "result " + r, composed.result(r), fused.result(r), 2 * RESULT_TOLERANCE, 0);
                }
                for (int i = 0; i < fused.derivatives(); i++) {
                    String what = "derivative by " + fused.name(i);
                    assertClose(plain, what, composed.derivative(i), fused.derivative(i), 2 * DERIVATIVE_TOLERANCE, SMALLEST_SCALE);
                }
            }
        });
    }

    @Test
    void theFusedOperationsOfATuringMachineHaveCompositions() {
        assertThat(Catalogue.subjects().stream()
                        .filter(subject -> !subject.typical().compositions().isEmpty())
                        .map(Subject::operation))
                .contains(ContentWeighting.class, LocationWeighting.class, EraseAdd.class, Read.class, LstmCell.class);
    }

    private static void assertClose(Sample sample, String what, float[] actual, float[] expected, double tolerance, double scale) {
        assertThat(actual).as("%s: %s", sample.description(), what).hasSameSizeAs(expected);
        double allowed = tolerance * Math.max(largest(expected), scale);
        for (int j = 0; j < expected.length; j++) {
            if (!(Math.abs(actual[j] - expected[j]) <= allowed)) {
                assertThat(actual[j]).as("%s: %s, element %d", sample.description(), what, j).isEqualTo(expected[j]);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> simdAndPortableKernelsGiveTheSameBits() {
        return forEach(Subject::all, (sample, portable) -> {
            Run simd = new Run(sample, KernelProvider.SIMD);
            List<float[]> upstream = Run.upstream(portable, sample.random());
            portable.backward(upstream);
            simd.backward(upstream);
            assertSameBits(sample, "values", simd.valuesInUse(), portable.valuesInUse());
            assertSameBits(sample, "derivatives", simd.gradientsInUse(), portable.gradientsInUse());
            assertSameBits(sample, "derivatives by parameters", simd.parameterGradients, portable.parameterGradients);
        });
    }

    @TestFactory
    Stream<DynamicTest> derivativesAreAddedToThoseThatAreThere() {
        return forEach(Subject::usual, (sample, run) -> {
            RandomGenerator random = sample.random();
            List<float[]> upstream = Run.upstream(run, random);
            run.backward(upstream);
            List<float[]> alone = Stream.iterate(0, i -> i + 1).limit(run.derivatives()).map(run::derivative).toList();
            run.clear();
            List<float[]> before = addBefore(run, random);
            run.addUpstream(upstream);
            run.tape.backward(run.end, run.start, run.parameterGradients);
            for (int i = 0; i < alone.size(); i++) {
                float[] both = run.derivative(i);
                for (int j = 0; j < both.length; j++) {
                    float expected = alone.get(i)[j] + before.get(i)[j];
                    float size = Math.abs(alone.get(i)[j]) + Math.abs(before.get(i)[j]) + largest(alone.get(i));
                    if (!(Math.abs(both[j] - expected) <= DERIVATIVE_TOLERANCE * size)) {
                        assertThat(both[j])
                                .as("%s: derivative by %s, element %d", sample.description(), run.name(i), j)
                                .isEqualTo(expected);
                    }
                }
            }
        });
    }

    /** Puts random derivatives where an operation adds its own; zeros stand for those that it turns in place. */
    private static List<float[]> addBefore(Run run, RandomGenerator random) {
        return Stream.iterate(0, i -> i + 1)
                .limit(run.derivatives())
                .map(i -> {
                    float[] before = new float[run.derivative(i).length];
                    if (i >= run.operands.size()) {
                        before = Values.normal(random, before.length);
                        run.parameters.entries().get(i - run.operands.size()).write(before, run.parameterGradients);
                    } else if (run.sample.operands().get(i).derivative() == Operand.Derivative.ADDED) {
                        before = Values.normal(random, before.length);
                        run.addDerivative(before, run.operands.get(i).tensor());
                    }
                    return before;
                })
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> paddingAndNeighboursStayAsTheyAre() {
        return forEach(Subject::all, (sample, run) -> {
            run.backward(Run.upstream(run, sample.random()));
            for (int i = 0; i < run.operands.size(); i++) {
                String name = sample.description() + ": " + run.name(i);
                Operand.Placed operand = run.operands.get(i);
                assertPaddingIsZero(name, run.tape.values(), operand.whole(), operand.whole().at(0, 0));
                if (operand.whole().hasGradient()) {
                    assertPaddingIsZero(name, run.tape.gradients(), operand.whole(), operand.whole().gradientAt(0, 0));
                    assertThat(sum(run.tape.gradients(), operand.whole()))
                            .as("%s: derivatives inside and outside the window", name)
                            .isEqualTo(sum(run.tape.gradients(), operand.tensor()));
                }
            }
            for (int i = 0; i < run.results.size(); i++) {
                String name = sample.description() + ": result " + i;
                Tensor result = run.results.get(i);
                if (isWhole(result)) {
                    assertPaddingIsZero(name, run.tape.values(), result, result.at(0, 0));
                }
                if (result.hasGradient()) {
                    assertPaddingIsZero(name, run.tape.gradients(), result, result.gradientAt(0, 0));
                }
            }
            float[] left = run.parameterGradients.clone();
            run.parameters.entries().forEach(entry -> entry.write(new float[entry.elements()], left));
            assertThat(left).as("%s: padding of the parameters", sample.description()).containsOnly(zeros(left.length));
        });
    }

    /** Windows have no padding of their own. */
    private static boolean isWhole(Tensor tensor) {
        return tensor.hasGradient() || tensor.lineStride() == Rows.padded(tensor.size());
    }

    private static float[] zeros(int length) {
        return length == 0 ? new float[0] : new float[] {0f};
    }

    /** Sum of the magnitudes of a tensor's derivatives. */
    private static double sum(float[] gradients, Tensor tensor) {
        double sum = 0;
        for (int b = 0; b < tensor.batch(); b++) {
            for (int line = 0; line < tensor.lines(); line++) {
                for (int i = 0; i < tensor.size(); i++) {
                    sum += Math.abs(gradients[tensor.gradientAt(b, line) + i]);
                }
            }
        }
        return sum;
    }

    private static void assertPaddingIsZero(String name, float[] arena, Tensor whole, int from) {
        for (int b = 0; b < whole.batch(); b++) {
            for (int at = 0; at < whole.batchStride(); at++) {
                boolean inside = at / whole.lineStride() < whole.lines() && at % whole.lineStride() < whole.size();
                if (!inside && arena[from + b * whole.batchStride() + at] != 0f) {
                    assertThat(arena[from + b * whole.batchStride() + at])
                            .as("%s: padding at %d of sequence %d", name, at, b)
                            .isZero();
                }
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> aReplayOnOtherOperandsEqualsAFreshRecording() {
        return Catalogue.subjects().stream().map(subject -> DynamicTest.dynamicTest(subject.name(), () -> {
            for (KernelProvider provider : KernelProvider.values()) {
                for (Sample sample : subject.usual()) {
                    Sample other = sample.withOtherValues();
                    Run fresh = new Run(other, provider);
                    Run replayed = new Run(sample, provider);
                    List<float[]> upstream = Run.upstream(fresh, sample.random());
                    replayed.backward(upstream);
                    replayed.replay(other);
                    assertSameBits(sample, "values", replayed.valuesInUse(), fresh.valuesInUse());
                    replayed.backward(upstream);
                    fresh.backward(upstream);
                    assertSameBits(sample, "derivatives", replayed.gradientsInUse(), fresh.gradientsInUse());
                    assertSameBits(
                            sample, "derivatives by parameters", replayed.parameterGradients, fresh.parameterGradients);
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> extremeOperandsGiveFiniteResultsAndDerivatives() {
        return forEach(Subject::extreme, (sample, run) -> {
            for (int r = 0; r < run.results.size(); r++) {
                assertFinite(sample, "result " + r, run.result(r));
            }
            for (int times = 0; times < 3; times++) {
                run.backward(Run.upstream(run, Values.random(sample.description() + times)));
                for (int i = 0; i < run.derivatives(); i++) {
                    assertFinite(sample, "derivative by " + run.name(i), run.derivative(i));
                }
            }
        });
    }

    private static void assertFinite(Sample sample, String what, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                assertThat(value).as("%s: %s", sample.description(), what).isFinite();
            }
        }
    }

    static void assertSameBits(Sample sample, String what, float[] actual, float[] expected) {
        int difference = Arrays.mismatch(actual, expected);
        if (difference >= 0) {
            assertThat(Float.toHexString(actual[difference]))
                    .as("%s: %s at %d", sample.description(), what, difference)
                    .isEqualTo(Float.toHexString(expected[difference]));
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** A test for each subject: a statement about some of its samples, each run by the portable kernels. */
    private static Stream<DynamicTest> forEach(Function<Subject, List<Sample>> samples, BiConsumer<Sample, Run> statement) {
        return Catalogue.subjects().stream().map(subject -> DynamicTest.dynamicTest(subject.name(), () -> samples.apply(subject)
                .forEach(sample -> statement.accept(sample, new Run(sample, KernelProvider.PORTABLE)))));
    }
}
