package io.github.ntm4j.core.benchmark;

import io.github.ntm4j.core.machine.LstmConfig;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.run.Preset;
import io.github.ntm4j.core.task.CopyConfig;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.SizeRange;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.training.Trainer;
import io.github.ntm4j.core.training.TrainingConfig;
import io.github.ntm4j.core.training.TrainingEvent;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.PeakLoop;
import io.github.ntm4j.engine.random.Random64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Times the whole training loop on the copy task, and the multiply-add peak in the same run. */
public final class Benchmark {
    private static final int REPEATS = 7;
    private static final int PEAK_ROUNDS = 2_000_000;

    private final KernelProvider provider;
    private final double seconds;

    /**
     * A benchmark.
     *
     * @param provider whose kernels to time
     * @param seconds about how long a case is to take
     */
    public Benchmark(KernelProvider provider, double seconds) {
        this.provider = provider;
        this.seconds = seconds;
    }

    /**
     * The cases that everybody compares.
     *
     * @param threads threads of this computer
     * @return the cases
     */
    public static List<BenchmarkCase> cases(int threads) {
        MachineConfig ntm = Preset.DEFAULT.machine("ntm-lstm");
        return List.of(
                new BenchmarkCase("copy ntm-lstm", ntm, 1, 1),
                new BenchmarkCase("copy ntm-lstm", ntm, 32, 1),
                new BenchmarkCase("copy ntm-lstm", ntm, 32, threads),
                new BenchmarkCase("copy ntm-ff", Preset.DEFAULT.machine("ntm-ff"), 32, threads),
                new BenchmarkCase("copy lstm 3 x 256", LstmConfig.DEFAULT, 32, threads));
    }

    /**
     * The multiply-add peak.
     *
     * @param threads how many threads compute at the same time
     * @return billions of floating-point operations in a second, the best of several repeats
     */
    public double peakGflops(int threads) {
        double best = 0;
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            List<Thread> running = new ArrayList<>();
            float[] sink = new float[threads];
            long before = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                int slot = i;
                running.add(Thread.ofPlatform().daemon().start(() -> sink[slot] = spin(provider.peakLoop())));
            }
            for (Thread thread : running) {
                join(thread);
            }
            double elapsed = (System.nanoTime() - before) / 1e9;
            double operations = (double) threads * REPEATS * PEAK_ROUNDS * provider.peakLoop().operationsPerRound();
            best = Math.max(best, operations / elapsed / 1e9);
        }
        return best;
    }

    private static float spin(PeakLoop loop) {
        float sum = 0;
        for (int i = 0; i < REPEATS; i++) {
            sum += loop.run(PEAK_ROUNDS);
        }
        return sum;
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Times a case.
     *
     * @param benchmarkCase the case
     * @param peakGflops the peak of as many threads
     * @return how fast it is
     */
    public BenchmarkFigure run(BenchmarkCase benchmarkCase, double peakGflops) {
        CountingTask task = new CountingTask(CopyConfig.DEFAULT.create());
        Machine<?> machine = benchmarkCase.machine().build(task.inputs(), task.outputs());
        machine.initialise(1);
        List<Double> microseconds = new ArrayList<>();
        double[] sequencesInAll = {0};
        double[] secondsInAll = {0};
        try (Trainer trainer =
                new Trainer(machine, task, training(benchmarkCase.batch()), 1, benchmarkCase.threads(), provider)) {
            long started = System.nanoTime();
            long[] last = {started, 0, 0};
            trainer.listen(event -> {
                if (!(event instanceof TrainingEvent.Reported r)) {
                    return;
                }
                long now = System.nanoTime();
                double elapsed = (now - started) / 1e9;
                double stretch = (now - last[0]) / 1e9;
                if (elapsed < seconds / 2) { // the virtual machine is still compiling
                    last[0] = now;
                    last[1] = task.steps;
                    last[2] = r.sequences();
                } else if (stretch >= seconds / 2 / REPEATS) {
                    microseconds.add(stretch * 1e6 / (task.steps - last[1]));
                    sequencesInAll[0] += r.sequences() - last[2];
                    secondsInAll[0] += stretch;
                    last[0] = now;
                    last[1] = task.steps;
                    last[2] = r.sequences();
                    if (microseconds.size() >= REPEATS) {
                        trainer.stop();
                    }
                }
            });
            trainer.run();
        }
        double[] sorted = microseconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        double gflops = Operations.perSequenceStep(benchmarkCase.machine(), task.inputs(), task.outputs()) / median / 1e3;
        return new BenchmarkFigure(
                benchmarkCase.name(),
                benchmarkCase.batch(),
                benchmarkCase.threads(),
                median,
                sorted[sorted.length - 1] / sorted[0],
                sequencesInAll[0] / secondsInAll[0],
                gflops,
                gflops / peakGflops);
    }

    private static TrainingConfig training(int batch) {
        TrainingConfig d = TrainingConfig.DEFAULT;
        return new TrainingConfig(
                batch,
                d.segment(),
                1_000_000_000L,
                d.optimiser(),
                d.learningRate(),
                d.schedule(),
                d.finalRate(),
                d.solvedRate(),
                d.warmup(),
                d.momentum(),
                d.decay(),
                d.beta1(),
                d.beta2(),
                d.epsilon(),
                d.clip(),
                d.clipLimit(),
                d.loss(),
                1_000_000_000L,
                d.evaluationSequences(),
                d.solvedBits(),
                false,
                0,
                0,
                Math.max(1, batch));
    }

    /** A task that counts the steps it hands out. */
    private static final class CountingTask implements Task {
        private final Task task;
        private long steps;

        CountingTask(Task task) {
            this.task = task;
        }

        @Override
        public int inputs() {
            return task.inputs();
        }

        @Override
        public int outputs() {
            return task.outputs();
        }

        @Override
        public List<SizeRange> sizes() {
            return task.sizes();
        }

        @Override
        public int steps(Size size) {
            return task.steps(size);
        }

        @Override
        public void generate(Size size, Random64 random, Sequence into) {
            task.generate(size, random, into);
            steps += into.steps();
        }
    }
}
