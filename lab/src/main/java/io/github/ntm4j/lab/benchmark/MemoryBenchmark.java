package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Times a step of {@code ntm-lstm}, one sequence, one thread, by the size of its memory and the length of the sequence. */
public final class MemoryBenchmark {
    /** The large memory that is always measured. */
    public static final int ROWS = 65_536;

    /** Floats in a row of it. */
    public static final int WIDTH = 32;

    /** Steps of its sequence: its values are kept for the way back, 8 MiB and more a step. */
    public static final int STEPS = 8;

    private static final int INPUTS = 9;
    private static final int OUTPUTS = 8;

    private final KernelProvider provider;
    private final double seconds;

    /**
     * A benchmark.
     *
     * @param provider whose kernels to time
     * @param seconds about how long a measurement is to take
     */
    public MemoryBenchmark(KernelProvider provider, double seconds) {
        this.provider = provider;
        this.seconds = seconds;
    }

    /**
     * Times a size.
     *
     * @param rows rows of the memory
     * @param width floats in a row
     * @param steps steps of the sequence
     * @param bandwidth of this computer
     * @return how long a step takes
     */
    public MemoryFigure run(int rows, int width, int steps, Bandwidth bandwidth) {
        Map<String, Integer> size = Map.of("rows", rows, "width", width);
        MachineConfig config = (MachineConfig) Settings.with((Record) MachineKinds.usual().defaults(), size);
        Machine machine = config.build(INPUTS, OUTPUTS);
        machine.initialise(1);
        RecordedMachine recorded = new RecordedMachine(StepMachine.required(machine, "a benchmark"), 1, steps, provider);
        float[] gradients = new float[machine.parameters().size()];
        List<Double> forward = new ArrayList<>();
        List<Double> backward = new ArrayList<>();
        List<Double> both = new ArrayList<>();
        long started = System.nanoTime();
        double warmUp = Repeats.warmUp(seconds);
        while (both.size() < Repeats.COUNT || System.nanoTime() - started < (warmUp + seconds / 2) * 1e9) {
            long t0 = System.nanoTime();
            recorded.forward();
            long t1 = System.nanoTime();
            recorded.clear();
            recorded.backward(gradients);
            long t2 = System.nanoTime();
            if (t0 - started >= warmUp * 1e9) {
                forward.add((t1 - t0) / 1e3 / steps);
                backward.add((t2 - t1) / 1e3 / steps);
                both.add((t2 - t0) / 1e3 / steps);
            }
        }
        double recordedBytes = (double) Float.BYTES * recorded.floats();
        return new MemoryFigure(
                rows,
                width,
                steps,
                Repeats.ofMany(forward).median(),
                Repeats.ofMany(backward).median(),
                Repeats.ofMany(both).spread(),
                recordedBytes / steps,
                bandwidth.of(recordedBytes).updateGbs());
    }
}
