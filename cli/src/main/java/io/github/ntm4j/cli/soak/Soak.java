package io.github.ntm4j.cli.soak;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains, answers and serves the studio at the same time, over and over. Every few seconds all of it comes to rest, nothing is open any more,
 * and what the process holds is measured: at such moments it must hold the same as ever.
 */
public final class Soak {
    private static final String MACHINE = "machine";
    private static final double MOST_SECONDS_BETWEEN = 10;
    private static final int MOST_SAMPLES_WHEN_SHORT = 30;
    private static final long PAUSE_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Options options;
    private final Path runs;
    private final Path file;
    private final Consumer<Moment> observer;
    private final Rest rest = new Rest();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable RunFailedException> problem = new AtomicReference<>();
    private volatile boolean hurried;
    private final List<Load> loads = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    /**
     * What to do.
     *
     * @param folder where everything goes; new or empty
     * @param models the folder of the machines that come with ntm4j; it need not exist
     * @param version what this version is called
     * @param seconds how long
     * @param kernels with what to compute
     */
    public record Options(Path folder, Path models, String version, double seconds, KernelProvider kernels) {}

    /**
     * A sample, and how much was done up to then.
     *
     * @param sample the figures
     * @param done operations by name
     */
    public record Moment(Sample sample, SequencedMap<String, Long> done) {}

    /**
     * What came of it.
     *
     * @param samples all samples
     * @param done operations by name
     * @param problem what went wrong first, null if nothing did
     */
    public record Result(List<Sample> samples, SequencedMap<String, Long> done, @Nullable RunFailedException problem) {}

    /**
     * A soak that has not begun.
     *
     * @param options what to do
     * @param observer is told of every sample, on the thread that runs it
     */
    public Soak(Options options, Consumer<Moment> observer) {
        this.options = options;
        this.observer = observer;
        this.runs = options.folder().resolve("runs");
        this.file = options.folder().resolve("soak.jsonl");
    }

    /** Where the samples are written, a line for each. */
    public Path file() {
        return file;
    }

    /** Asks it to end soon, without waiting for what is under way; from any thread. */
    public void stop() {
        hurried = true;
        over.countDown();
    }

    /**
     * Works until the time is over, somebody stops it, or anything goes wrong.
     *
     * @return what came of it up to then
     * @throws InterruptedException if the thread is interrupted
     */
    public Result run() throws InterruptedException {
        TrainingLoad.train(runs.resolve(MACHINE), TrainingLoad.config(0), options.kernels());
        Path shipped = options.models().resolve("copy-ntm-lstm.safetensors");
        return run(List.of(
                new TrainingLoad(runs, options.kernels()),
                new InferenceLoad(Files.exists(shipped) ? shipped : runs.resolve(MACHINE), options.kernels()),
                new StudioLoad(runs, options.models(), options.version(), "runs/" + MACHINE)));
    }

    /** The same with other work. */
    Result run(List<Load> loads) throws InterruptedException {
        prepare();
        this.loads.addAll(loads);
        List<Thread> workers = loads.stream()
                .map(load -> Thread.ofPlatform().daemon().name("soak-" + load.name()).start(() -> work(load)))
                .toList();
        try {
            observe();
            for (Thread worker : workers) {
                await(worker);
            }
        } catch (RunFailedException e) {
            problem.compareAndSet(null, e);
        } finally {
            over.countDown();
            loads.forEach(Load::close);
        }
        return new Result(List.copyOf(samples), done(), problem.get());
    }

    /** Waits for the end of what a thread does, unless somebody is in a hurry. */
    private void await(Thread worker) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!worker.join(Duration.ofMillis(PAUSE_MILLIS)) && !hurried) {
            if (System.nanoTime() > deadline) {
                fail(worker.getName() + ": expected an end of what it does within " + PATIENCE.toSeconds() + " s, found none", null);
                return;
            }
        }
    }

    private void prepare() {
        try {
            Files.createDirectories(runs);
            Files.writeString(file, "");
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(options.folder(), e);
        }
    }

    private void work(Load load) {
        try {
            do {
                rest.begin();
                try {
                    load.operate();
                } finally {
                    rest.end();
                }
            } while (!over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (Exception | Error e) {
            fail(load.name() + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()), e);
        }
    }

    /** What breaks off because somebody stops it is no error. */
    private void fail(String line, @Nullable Throwable cause) {
        if (hurried) {
            return;
        }
        problem.compareAndSet(null, cause == null ? new RunFailedException(line) : new RunFailedException(line, cause));
        over.countDown();
    }

    private void observe() throws InterruptedException {
        Gauges gauges = new Gauges(runs, options.folder());
        long start = System.nanoTime();
        long interval = (long) (1e9 * Math.min(MOST_SECONDS_BETWEEN, options.seconds() / MOST_SAMPLES_WHEN_SHORT));
        while (!over.await(interval, TimeUnit.NANOSECONDS)) {
            try {
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                if (rest.await(() -> hurried || System.nanoTime() > deadline)) {
                    take(gauges.take((System.nanoTime() - start) / 1e9, over));
                } else {
                    fail("expected everything to come to rest within " + PATIENCE.toSeconds() + " s, found something that does not end", null);
                }
            } finally {
                rest.over();
            }
            if (System.nanoTime() - start >= options.seconds() * 1e9) {
                over.countDown();
            }
        }
    }

    private void take(Sample sample) {
        samples.add(sample);
        SequencedMap<String, Long> done = done();
        try {
            Files.writeString(file, ConfigWriter.toJson(sample.toMap(done)) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
        observer.accept(new Moment(sample, done));
    }

    private SequencedMap<String, Long> done() {
        SequencedMap<String, Long> done = new LinkedHashMap<>();
        loads.forEach(load -> done.putAll(load.done()));
        return done;
    }
}
