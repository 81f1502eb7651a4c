package io.github.ntm4j.bench.operation;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Every operation, replayed on a tape that holds nothing else. */
@State(Scope.Thread)
public class OperationBenchmark extends Measured {
    /** Which operation. */
    @Param
    public Sample operation;

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    /** Sequences at a time. */
    @Param({"1", "4"})
    public int batch;

    private Tape tape;
    private Tape.Mark end;
    private float[] parameterGradients;

    /** Records the operation. */
    @Setup
    public void record() {
        tape = new Tape(new Parameters(), provider.create(), true);
        operation.record(new Operands(tape, batch, Random64.of(1, "benchmark", 0)));
        end = tape.mark();
        parameterGradients = new float[tape.parameters().size()];
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        Buffers.check(tape.values());
        Buffers.check(tape.gradients());
        Buffers.check(parameterGradients);
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
