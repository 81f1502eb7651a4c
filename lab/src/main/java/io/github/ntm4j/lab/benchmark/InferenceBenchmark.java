package io.github.ntm4j.lab.benchmark;

import com.sun.management.ThreadMXBean;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.machines.machine.Session;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** Times the use of a machine: {@link Session#step} of the default {@code ntm-lstm} with 9 inputs and 8 outputs, one sequence a session. */
public final class InferenceBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int INPUTS = 9;
    private static final int OUTPUTS = 8;
    private static final int SEQUENCE = 100;
    private static final int COUNTER_STRIDE = 16; // counters of different threads on different cache lines

    private final KernelProvider provider;
    private final double seconds;
    private final Machine machine;
    private final float[] inputs = new float[SEQUENCE * INPUTS];

    /**
     * A benchmark.
     *
     * @param provider whose kernels to time
     * @param seconds about how long a measurement is to take
     */
    public InferenceBenchmark(KernelProvider provider, double seconds) {
        this.provider = provider;
        this.seconds = seconds;
        this.machine = MachineKinds.usual().defaults().build(INPUTS, OUTPUTS);
        machine.initialise(1);
        Random64 random = Random64.of(1, "benchmark", 0);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextBoolean() ? 1 : 0;
        }
    }

    /** A session that begins a new sequence every hundred steps. */
    private static final class Runner {
        private final Session session;
        private final float[] inputs;
        private int step;

        Runner(Session session, float[] inputs) {
            this.session = session;
            this.inputs = inputs;
        }

        void step() {
            if (step == SEQUENCE) {
                session.reset();
                step = 0;
            }
            session.step(inputs, step * INPUTS, INPUTS);
            step++;
        }
    }

    private Runner runner() {
        return new Runner(new Session(machine, 1, provider), inputs);
    }

    /**
     * Times one session on this thread.
     *
     * @return its speed, and what a step allocates
     */
    public InferenceFigure one() {
        Runner runner = runner();
        long started = System.nanoTime();
        long warm = 0;
        while (System.nanoTime() - started < Repeats.warmUp(seconds) * 1e9) {
            runner.step();
            warm++;
        }
        long count = Math.max(1, (long) (warm * seconds / 2 / Repeats.warmUp(seconds) / Repeats.COUNT));
        List<Double> rates = new ArrayList<>();
        double bytes = Double.POSITIVE_INFINITY;
        for (int repeat = 0; repeat < Repeats.COUNT; repeat++) {
            long allocated = allocatedBytes();
            long before = System.nanoTime();
            for (long i = 0; i < count; i++) {
                runner.step();
            }
            long elapsed = System.nanoTime() - before;
            bytes = Math.min(bytes, (double) (allocatedBytes() - allocated) / count); // the virtual machine allocates, too
            rates.add(count / (elapsed / 1e9));
        }
        Repeats repeats = Repeats.of(rates);
        return new InferenceFigure(1, 1, repeats.median(), repeats.spread(), bytes);
    }

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /**
     * Times sessions side by side over one machine. Each thread has its share of them and steps one after the other.
     *
     * @param sessions number of sessions, at least as many as threads
     * @param threads number of threads
     * @return the speed of all together
     */
    public InferenceFigure sideBySide(int sessions, int threads) {
        AtomicLongArray steps = new AtomicLongArray(threads * COUNTER_STRIDE);
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            List<Runner> own = new ArrayList<>();
            for (int s = t; s < sessions; s += threads) {
                own.add(runner());
            }
            int counter = t * COUNTER_STRIDE;
            running.add(Thread.ofPlatform().daemon().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    for (Runner runner : own) {
                        runner.step();
                    }
                    steps.addAndGet(counter, own.size());
                }
            }));
        }
        List<Double> rates = new ArrayList<>();
        try {
            sleep(Repeats.warmUp(seconds));
            for (int repeat = 0; repeat < Repeats.COUNT; repeat++) {
                long before = sum(steps);
                long began = System.nanoTime();
                sleep(seconds / 2 / Repeats.COUNT);
                rates.add((sum(steps) - before) / ((System.nanoTime() - began) / 1e9));
            }
        } finally {
            running.forEach(Thread::interrupt);
        }
        Repeats repeats = Repeats.of(rates);
        return new InferenceFigure(sessions, threads, repeats.median(), repeats.spread(), 0);
    }

    private static long sum(AtomicLongArray counters) {
        long sum = 0;
        for (int i = 0; i < counters.length(); i += COUNTER_STRIDE) {
            sum += counters.get(i);
        }
        return sum;
    }

    private static void sleep(double time) {
        long until = System.nanoTime() + (long) (time * 1e9);
        boolean interrupted = false;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            try {
                Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
