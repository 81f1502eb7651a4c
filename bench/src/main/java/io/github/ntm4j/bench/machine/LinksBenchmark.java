package io.github.ntm4j.bench.machine;

import io.github.ntm4j.bench.DefaultMachine;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.dnc.DncConfig;
import io.github.ntm4j.machines.episode.StepMachine;
import java.util.Map;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the order of writing costs: a step of one sequence on copy with length 10, forwards and backwards, in a Differentiable Neural Computer of
 * some rows.
 */
@State(Scope.Thread)
public class LinksBenchmark extends MeasuredMachine {
    private static final int ENTRIES = 8;

    /** Rows of the memory. */
    @Param({"128", "1024", "4096"})
    public int rows;

    /** How links are kept. */
    @Param({"dense", "sparse", "none"})
    public String links;

    private RecordedSequence recorded;
    private float[] gradients;

    /** What a recorded step takes. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Memory {
        /** Bytes of values; derivatives of what steps have in common are not among them. */
        public double bytesPerStep;
    }

    /** Builds the machine. */
    @Setup
    public void build() {
        DncConfig config = Settings.with(
                DncConfig.DEFAULT, Map.of("rows", rows, "links", links, "link_entries", Math.min(ENTRIES, rows)));
        StepMachine<?> machine =
                StepMachine.required(config.build(DefaultMachine.INPUTS, DefaultMachine.OUTPUTS), "a benchmark of steps");
        machine.initialise(1);
        recorded = new RecordedSequence(machine, 1, KernelProvider.SIMD);
        gradients = new float[machine.parameters().size()];
    }

    /** Values and derivatives. */
    @Benchmark
    @OperationsPerInvocation(RecordedSequence.STEPS)
    public void step(Memory memory) {
        recorded.forward();
        recorded.backward(gradients);
        memory.bytesPerStep = recorded.bytesPerStep();
    }
}
