package io.github.ntm4j.bench.machine;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.Machine;
import java.util.Arrays;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The training loop on copy with lengths 1 to 20, in microseconds for an update: drawing sequences, forwards, backwards, clipping,
 * optimiser. Every call is the same beginning of the same training, 20 updates long.
 */
@State(Scope.Benchmark)
public class TrainingLoopBenchmark extends MeasuredMachine {
    private static final int UPDATES = 20;
    private static final long NEVER = 1_000_000_000;

    /** Which machine. */
    @Param("ntm-lstm")
    public String machine;

    /** Sequences in an update. */
    @Param({"1", "4", "32"})
    public int batch;

    /** Threads that train, a number or {@code all}. */
    @Param({"1", "all"})
    public String threads;

    /** Whose kernels. */
    @Param("SIMD")
    public KernelProvider provider;

    private Machine built;
    private Trainer trainer;

    /** Builds the machine and its trainer. */
    @Setup
    public void build() {
        Task task = CopyConfig.DEFAULT.create();
        built = Preset.DEFAULT.machine(machine).build(task.inputs(), task.outputs());
        int count = threads.equals("all") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(threads);
        trainer = new Trainer(built, task, training(), 1, count, provider);
    }

    /** Goes back to before the first update. */
    @Setup(Level.Invocation)
    public void restart() {
        built.initialise(1);
        trainer.state().moments().values().forEach(moments -> Arrays.fill(moments, 0f));
        trainer.restore(Progress.START);
    }

    /** Ends the trainer's threads. */
    @TearDown
    public void close() {
        trainer.close();
    }

    /** The updates. */
    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public Outcome updates() {
        Outcome outcome = trainer.run();
        if (outcome != Outcome.BUDGET) {
            throw new IllegalStateException("training: expected it to use up its budget, got " + outcome);
        }
        return outcome;
    }

    /** The default settings, but without reports and evaluations. */
    private TrainingConfig training() {
        return Settings.with(TrainingConfig.DEFAULT, Map.of(
                "batch", batch,
                "sequences", (long) UPDATES * batch,
                "evaluation_interval", NEVER,
                "report_interval", NEVER,
                "rollbacks", 0,
                "snapshots", 0));
    }
}
