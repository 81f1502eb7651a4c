package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is true of expressions, and of chains of terms that become one. */
final class ExpressionTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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

    @Test
    void vectorsOfAnExpressionAreNotPutOnTheHeapOnceItIsCompiled() {
        Subject links = PointwiseSamples.subjects().stream()
                .filter(subject -> subject.name().endsWith("of a DNC"))
                .findFirst()
                .orElseThrow();
        Run run = new Run(links.typical(), KernelProvider.SIMD);
        List<float[]> upstream = Run.upstream(run, run.sample.random());
        run.backward(upstream);
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 200 && least > 0; attempt++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                run.tape.forward(run.start, run.end);
                run.tape.backward(run.end, run.parameterGradients);
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes allocated by 1000 replays").isZero();
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
