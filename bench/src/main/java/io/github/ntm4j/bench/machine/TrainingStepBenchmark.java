package io.github.ntm4j.bench.machine;

import io.github.ntm4j.bench.DefaultMachine;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.OptimiserKernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.optimiser.GravesRmsProp;
import io.github.ntm4j.engine.optimiser.Optimiser;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.machines.episode.StepMachine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The training step of one thread on copy with length 10, in microseconds for one of its 21 time steps, of the whole batch. */
@State(Scope.Thread)
public class TrainingStepBenchmark extends MeasuredMachine {
    /** So small that the weights hardly move. */
    private static final float RATE = 1e-9f;

    /** Which machine. */
    @Param({"ntm-lstm", "ntm-ff", "lstm"})
    public String machine;

    /** Sequences at a time. */
    @Param({"1", "4"})
    public int batch;

    /** Whose kernels. */
    @Param("SIMD")
    public KernelProvider provider;

    private StepMachine<?> built;
    private RecordedSequence recorded;
    private OptimiserKernels kernels;
    private Optimiser optimiser;
    private float[] gradients;
    private long updates;

    /** Builds the machine. */
    @Setup
    public void build() {
        built = StepMachine.required(
                Preset.DEFAULT.machine(machine).build(DefaultMachine.INPUTS, DefaultMachine.OUTPUTS), "a benchmark of steps");
        built.initialise(1);
        recorded = new RecordedSequence(built, batch, provider);
        gradients = new float[built.parameters().size()];
        kernels = provider.create().optimiser();
        optimiser = new GravesRmsProp(gradients.length, 0.95f, 0.9f, 1e-4f);
        step();
    }

    /** Everything. */
    @Benchmark
    @OperationsPerInvocation(RecordedSequence.STEPS)
    public void step() {
        forward();
        backward();
        update();
    }

    /** Values only. */
    @Benchmark
    @OperationsPerInvocation(RecordedSequence.STEPS)
    public void forward() {
        recorded.forward();
    }

    /** Derivatives only, those by the weights included. */
    @Benchmark
    @OperationsPerInvocation(RecordedSequence.STEPS)
    public void backward() {
        recorded.backward(gradients);
    }

    /** The optimiser and what has to be brought up to date after it. */
    @Benchmark
    @OperationsPerInvocation(RecordedSequence.STEPS)
    public void update() {
        optimiser.update(kernels, RATE, ++updates, gradients, built.parameters().values(), Rows.FIRST, gradients.length);
        built.parameters().refresh();
    }
}
