package io.github.ntm4j.bench;

import io.github.ntm4j.core.layer.State;
import io.github.ntm4j.core.layer.Step;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.run.Preset;
import io.github.ntm4j.core.task.CopyConfig;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Kernels;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.optimiser.GravesRmsProp;
import io.github.ntm4j.engine.optimiser.Optimiser;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The training step of one thread on copy with length 10: {@code forward} and {@code backward} of 21 steps, and {@code update}, in
 * microseconds for a time step of the whole batch. Run it before and after a change to the engine.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class TrainingStepBenchmark {
    private static final int LENGTH = 10;
    private static final int STEPS = 2 * LENGTH + 1;

    /** Which machine. */
    @Param({"ntm-lstm", "ntm-ff", "lstm"})
    public String machine = "ntm-lstm";

    /** Sequences at a time. */
    @Param({"1", "4"})
    public int batch = 1;

    private final Kernels kernels = KernelProvider.best().create();
    private Recording<?> recording = new Recording<>(Preset.DEFAULT.machine("ntm-lstm").build(9, 8), 1);
    private Optimiser optimiser = new GravesRmsProp(16, 0.95f, 0.9f, 1e-4f);
    private float[] gradients = new float[16];
    private long updates;

    /** Steps of a machine on a tape. */
    private static final class Recording<S extends State> {
        private final Machine<S> machine;
        private final Tape tape;
        private final List<Tensor> losses = new ArrayList<>();
        private final Tape.Mark end;

        Recording(Machine<S> machine, int batch) {
            this.machine = machine;
            this.tape = new Tape(machine.parameters(), KernelProvider.best().create(), true);
            Task task = CopyConfig.DEFAULT.create();
            Sequence sequence = new Sequence(task.inputs(), task.outputs());
            S state = machine.initialState(tape, batch);
            for (int t = 0; t < STEPS; t++) {
                Tensor input = tape.allocateValues(batch, 1, task.inputs());
                Tensor target = tape.allocateValues(batch, 1, task.outputs());
                Tensor mask = tape.allocateValues(batch, 1, 1);
                for (int b = 0; b < batch; b++) {
                    task.generate(Size.of("length", LENGTH), Random64.of(1, "benchmark", b), sequence);
                    System.arraycopy(sequence.input(), t * task.inputs(), tape.values(), input.at(b, 0), task.inputs());
                    System.arraycopy(sequence.target(), t * task.outputs(), tape.values(), target.at(b, 0), task.outputs());
                    tape.values()[mask.at(b, 0)] = sequence.mask()[t];
                }
                Step<S> step = machine.step(tape, input, state);
                state = step.state();
                losses.add(BitCrossEntropy.of(tape, step.output(), target, mask));
            }
            this.end = tape.mark();
        }

        void forward() {
            tape.forward(tape.start(), end);
        }

        void backward(float[] gradients) {
            tape.clearGradients(end);
            for (Tensor loss : losses) {
                for (int b = 0; b < loss.batch(); b++) {
                    tape.gradients()[loss.gradientAt(b, 0)] = 1;
                }
            }
            tape.backward(end, gradients);
        }
    }

    /** Builds the machine. */
    @Setup
    public void build() {
        Machine<?> built = Preset.DEFAULT.machine(machine).build(9, 8);
        built.initialise(1);
        recording = new Recording<>(built, batch);
        gradients = new float[built.parameters().size()];
        optimiser = new GravesRmsProp(gradients.length, 0.95f, 0.9f, 1e-4f);
        recording.forward();
        recording.backward(gradients);
    }

    /** Values only. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void forward() {
        recording.forward();
    }

    /** Derivatives only, the weight gradients included. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public float backward() {
        Arrays.fill(gradients, 0f);
        recording.backward(gradients);
        return gradients[0];
    }

    /** The optimiser and what has to be brought up to date after it. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void update() {
        float[] weights = recording.machine.parameters().values();
        optimiser.update(kernels.optimiser(), 1e-9f, ++updates, gradients, weights, 0, gradients.length);
        recording.machine.parameters().refresh();
    }
}
