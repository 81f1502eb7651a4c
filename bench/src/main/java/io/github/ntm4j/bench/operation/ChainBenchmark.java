package io.github.ntm4j.bench.operation;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Chains of pointwise terms: as one operation, and with every step recorded for itself. */
@State(Scope.Thread)
public class ChainBenchmark extends Measured {
    /** What is computed. */
    public enum Chain {
        /** The usage of 256 rows of a DNC: {@code (u + w - u w) f}. */
        USAGE {
            @Override
            Term of(Operands o, Steps steps) {
                Term usage = term(o, 1, ROWS);
                Term written = term(o, 1, ROWS);
                Term both = steps.took(usage.times(written));
                return steps.took(steps.took(steps.took(usage.plus(written)).minus(both)).times(term(o, 1, ROWS)));
            }
        },
        /** Its link matrix: {@code (1 - w(i) - w(j)) L + w(i) p(j)}. */
        LINK {
            @Override
            Term of(Operands o, Steps steps) {
                Term link = term(o, ROWS, ROWS);
                Term write = term(o, 1, ROWS);
                Term to = write.column();
                Term kept = steps.took(steps.took(steps.took(to.plus(write)).complement()).times(link));
                return steps.took(kept.plus(steps.took(to.times(term(o, 1, ROWS)))));
            }
        },
        /** A gated update of 60 lines of 64 floats: {@code g x + (1 - g) tanh c}. */
        GATED_UPDATE {
            @Override
            Term of(Operands o, Steps steps) {
                Term gate = steps.took(term(o, 60, 64).sigmoid());
                Term kept = steps.took(gate.times(term(o, 60, 64)));
                Term candidate = steps.took(term(o, 60, 64).tanh());
                return steps.took(kept.plus(steps.took(steps.took(gate.complement()).times(candidate))));
            }
        };

        private static final int ROWS = 256;

        abstract Term of(Operands operands, Steps steps);

        private static Term term(Operands operands, int lines, int size) {
            return Term.of(operands.tape(), operands.uniform(lines, size, 0, 1));
        }
    }

    /** How it is recorded. */
    public enum Steps {
        /** All steps as one operation. */
        TOGETHER,
        /** Each step as an operation. */
        ONE_BY_ONE;

        Term took(Term term) {
            if (this == ONE_BY_ONE) {
                term.at();
            }
            return term;
        }
    }

    /** What is computed. */
    @Param
    public Chain chain;

    /** How it is recorded. */
    @Param
    public Steps taken;

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    private Tape tape;
    private Tape.Mark end;
    private float[] parameterGradients;

    /** Records the chain. */
    @Setup
    public void record() {
        tape = new Tape(new Parameters(), provider.create(), true);
        Operands operands = new Operands(tape, 1, Random64.of(1, "benchmark", 0));
        operands.fillDerivatives(chain.of(operands, taken).at());
        end = tape.mark();
        parameterGradients = new float[tape.parameters().size()];
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        Buffers.check(tape.values());
    }

    /** Values. */
    @Benchmark
    public void forward() {
        tape.forward(tape.start(), end);
    }

    /** Derivatives. */
    @Benchmark
    public void backward() {
        tape.backward(end, parameterGradients);
    }
}
