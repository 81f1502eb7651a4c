package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is true of expressions, and of chains of terms that become one. */
final class ExpressionTest {
    @Test
    void wildExpressionsHaveTheSameBitsFromAllKernels() {
        for (Sample sample : RandomExpressions.wild()) {
            Run portable = new Run(sample, KernelProvider.PORTABLE);
            Run simd = new Run(sample, KernelProvider.SIMD);
            List<float[]> upstream = Run.upstream(portable, sample.random());
            portable.backward(upstream);
            simd.backward(upstream);
            OperationsTest.assertSameBits(sample, "values", simd.valuesInUse(), portable.valuesInUse());
            OperationsTest.assertSameBits(sample, "derivatives", simd.gradientsInUse(), portable.gradientsInUse());
        }
    }

    /** In a virtual machine that waits for its compiler, so that it does not matter what else the computer does. */
    @Test
    void vectorsOfAnExpressionAreNotPutOnTheHeapOnceItIsCompiled() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-Xbatch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CompiledReplay.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).isZero();
        assertThat(output.strip()).as("bytes allocated by a thousand replays").isEqualTo("0");
    }

    @Test
    void nodesThatAreNeededAtTheSameTimeHavePlacesOfTheirOwn() {
        Expression.Builder nodes = new Expression.Builder();
        int x = nodes.input(0);
        int one = nodes.constant(1f);
        int kept = nodes.apply(ElementFunction.PLUS, x, one);
        int last = kept;
        for (int i = 0; i < 20; i++) {
            last = nodes.apply(ElementFunction.TANH, last);
        }
        Expression expression = nodes.build(nodes.apply(ElementFunction.TIMES, last, kept));
        assertThat(expression.slots()).isLessThanOrEqualTo(5);
        for (int n = 0; n < expression.nodes(); n++) {
            for (int i = 0; i < expression.function(n).arguments(); i++) {
                assertThat(expression.slot(n)).isNotEqualTo(expression.slot(expression.argument(n, i)));
            }
        }
    }

    @Test
    void whatIsWrittenTwiceIsComputedOnceAndWhatNobodyNeedsNever() {
        Expression.Builder nodes = new Expression.Builder();
        int x = nodes.input(0);
        int once = nodes.apply(ElementFunction.EXP, x);
        assertThat(nodes.apply(ElementFunction.EXP, x)).isEqualTo(once);
        nodes.apply(ElementFunction.LOG, x);
        assertThat(nodes.build(once).nodes()).isEqualTo(2);
    }

    @Test
    void aFunctionRefusesMoreOrFewerArgumentsThanItTakes() {
        Expression.Builder nodes = new Expression.Builder();
        int x = nodes.input(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nodes.apply(ElementFunction.PLUS, x))
                .withMessage("expression: expected 2 arguments of PLUS, got 1");
    }

    @Test
    void aChainIsOneOperationAndLeavesNothingButItsResultOnTheTape() {
        Tape tape = tape();
        Term x = Term.of(tape, tape.allocate(2, 3, 16));
        int before = tape.valueFloats();
        Term y = x.times(x).plus(1).complement().tanh().times(x);
        assertThat(tape.operations()).isEmpty();
        Tensor at = y.at();
        assertThat(y.at()).isSameAs(at);
        assertThat(tape.operations()).hasSize(1);
        assertThat(tape.valueFloats() - before).isEqualTo(2 * 3 * 16);
    }

    @Test
    void aChainThatIsTooLongBecomesSeveral() {
        Tape tape = tape();
        Term x = Term.of(tape, tape.allocate(1, 1, 16));
        Term y = x;
        for (int i = 0; i < 250; i++) {
            y = y.times(x);
        }
        y.at();
        assertThat(tape.operations()).hasSizeBetween(3, 6);
    }

    @Test
    void whatIsSmallerThanTheResultIsComputedOnlyAsOftenAsItHasElements() {
        Tape tape = tape();
        Term column = Term.of(tape, tape.allocate(1, 8, 1));
        Term full = Term.of(tape, tape.allocate(1, 8, 16));
        column.sigmoid().times(full).at();
        assertThat(tape.operations()).hasSize(2);
    }

    private static Tape tape() {
        return new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);
    }
}
