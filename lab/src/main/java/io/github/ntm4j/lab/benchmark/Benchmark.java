package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.PeakLoop;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/** Times the whole training loop, and the multiply-add peak around it. */
public final class Benchmark {
    private static final int LARGE_BATCH = 32;
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
     * @return the cases, no two of them the same
     */
    public static List<BenchmarkCase> cases(int threads) {
        SequencedMap<String, BenchmarkCase> cases = new LinkedHashMap<>();
        CaseFiles.all(threads).forEach(c -> cases.putIfAbsent(c.label(), c)); // with one thread some are the same
        return List.copyOf(cases.values());
    }

    /**
     * What several threads bring: how many times as many sequences the large batch of the first machine trains on.
     *
     * @param figures what was measured
     * @return the ratio, empty if it takes figures that are not there
     */
    public static OptionalDouble speedup(List<BenchmarkFigure> figures) {
        String first = "copy " + MachineKinds.usual().name();
        List<BenchmarkFigure> large = figures.stream()
                .filter(f -> f.name().equals(first) && f.batch() == LARGE_BATCH)
                .sorted(Comparator.comparingInt(BenchmarkFigure::threads))
                .toList();
        return large.size() < 2 || large.getFirst().threads() != 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(large.getFirst().usPerSequenceStep() / large.getLast().usPerSequenceStep());
    }

    /**
     * The width of this provider's vectors.
     *
     * @return floats in a vector, 1 for the portable kernels
     */
    public int lanes() {
        return provider.lanes();
    }

    /**
     * The multiply-add peak.
     *
     * @param threads how many threads compute at the same time
     * @return billions of floating-point operations in a second, the best of several repeats
     */
    public double peakGflops(int threads) {
        double best = 0;
        for (int repeat = 0; repeat < Repeats.COUNT; repeat++) {
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
            double operations = (double) threads * Repeats.COUNT * PEAK_ROUNDS * provider.peakLoop().operationsPerRound();
            best = Math.max(best, operations / elapsed / 1e9);
        }
        return best;
    }

    private static float spin(PeakLoop loop) {
        float sum = 0;
        for (int i = 0; i < Repeats.COUNT; i++) {
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
     * Times a case, and the multiply-add peak of as many threads before and after it: what else the computer does may change within minutes.
     *
     * @param benchmarkCase the case
     * @return how fast it is
     */
    public BenchmarkFigure run(BenchmarkCase benchmarkCase) {
        double peakBefore = peakGflops(benchmarkCase.threads());
        CountingTask task = new CountingTask(benchmarkCase.task());
        Machine machine = benchmarkCase.machine().build(task.inputs(), task.outputs());
        machine.initialise(1);
        Stretches stretches = new Stretches(task);
        try (Trainer trainer =
                new Trainer(machine, task, training(benchmarkCase.batch()), 1, benchmarkCase.threads(), provider)) {
            trainer.listen(event -> {
                if (event instanceof TrainingEvent.Reported report && stretches.add(report.sequences())) {
                    trainer.stop();
                }
            });
            trainer.run();
        }
        Repeats repeats = Repeats.of(stretches.microseconds);
        long operations = StepWork.operations(benchmarkCase.machine(), task.inputs(), task.outputs());
        return new BenchmarkFigure(
                benchmarkCase.name(),
                benchmarkCase.batch(),
                benchmarkCase.threads(),
                repeats.median(),
                repeats.spread(),
                stretches.sequences / stretches.time,
                operations / repeats.median() / 1e3,
                Math.max(peakBefore, peakGflops(benchmarkCase.threads())));
    }

    private static TrainingConfig training(int batch) {
        return Settings.with(TrainingConfig.DEFAULT, Map.of(
                "batch", batch,
                "sequences", 1_000_000_000L,
                "evaluation_interval", 1_000_000_000L,
                "stop_when_solved", false,
                "report_interval", Math.max(1, batch),
                "rollbacks", 0,
                "snapshots", 0));
    }

    /** The training cut into stretches of equal time, the first ones for the virtual machine to compile what is slow. */
    private final class Stretches {
        private final CountingTask task;
        private final long started = System.nanoTime();
        private final List<Double> microseconds = new ArrayList<>();
        private long lastTime = started;
        private long lastSteps;
        private long lastSequences;
        private double sequences;
        private double time;

        Stretches(CountingTask task) {
            this.task = task;
        }

        /** Notes how far the training is; whether that is enough. */
        boolean add(long sequencesNow) {
            long now = System.nanoTime();
            double elapsed = (now - started) / 1e9;
            double stretch = (now - lastTime) / 1e9;
            if (stretch < seconds / 2 / Repeats.COUNT) {
                return false;
            }
            if (elapsed - stretch >= Repeats.warmUp(seconds)) {
                microseconds.add(stretch * 1e6 / (task.steps - lastSteps));
                sequences += sequencesNow - lastSequences;
                time += stretch;
            }
            lastTime = now;
            lastSteps = task.steps;
            lastSequences = sequencesNow;
            return microseconds.size() >= Repeats.COUNT;
        }
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
