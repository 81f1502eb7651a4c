package io.github.ntm4j.studio.run;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.run.RunDirectory;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.OwnFiles;
import io.github.ntm4j.studio.server.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The trainings of this process: at most as many at a time as there are cores. */
public final class Trainings implements AutoCloseable {
    private static final int SECONDS_TO_END = 5;
    private static final String CLOSING = "the studio is closing";

    private final Path runs;
    private final int most;
    private final int threads;
    private final InstantSource clock;
    private final Map<Path, Training> trainings = new HashMap<>();
    private final Map<Path, Past> past = new HashMap<>();
    private final AtomicLong changes = new AtomicLong();
    /** Runs that are about to go on. */
    private final Set<Path> resuming = new HashSet<>();
    /** Places of runs that are being opened. */
    private int reserved;

    private boolean closed;

    /** When a training ended, and why if that was too early. */
    private record Past(Instant ended, @Nullable String problem) {}

    /**
     * No training is under way.
     *
     * @param runs the folder of all runs
     * @param cores how many processors there are; a training leaves one of them to the page
     * @param clock says when a training ended
     */
    public Trainings(Path runs, int cores, InstantSource clock) {
        this.runs = runs;
        this.most = cores;
        this.threads = Math.max(1, cores - 1);
        this.clock = clock;
    }

    /**
     * Begins a training in a directory of its own.
     *
     * @param config its settings
     * @return the path of the directory below the folder of runs
     */
    Path start(RunConfig config) {
        reserve();
        Training training = open(() -> {
            // Goes again if the run cannot begin; else it is no longer empty.
            try (RunDirectory directory = RunDirectory.next(runs, config)) {
                return Run.start(real(directory.path()), config, threads, KernelProvider.best());
            }
        });
        return real(runs).relativize(training.path());
    }

    /** Goes on with a run that nobody trains. */
    void resume(RunFolder run) {
        Path path = real(run.path());
        synchronized (this) {
            if (trainings.containsKey(path) || resuming.contains(path)) {
                throw new Refusal(409, path.getFileName() + ": expected a run that nobody trains, found one that goes on already");
            }
            reserve();
            resuming.add(path);
        }
        try {
            open(() -> {
                OwnFiles.requireAll(new RunFolder(path));
                return Run.resume(path, ConfigTree.EMPTY, threads, KernelProvider.best());
            });
        } finally {
            synchronized (this) {
                resuming.remove(path);
            }
        }
    }

    /** Takes a place for a training. */
    private synchronized void reserve() {
        if (closed) {
            throw new Refusal(503, CLOSING);
        }
        if (trainings.size() + reserved >= most) {
            throw new Refusal(409, "expected at most " + most + " trainings at a time, as many as there are cores; stop one, or wait for its end");
        }
        reserved++;
    }

    /** Opens a run, for which nobody else waits, and trains it at the reserved place. */
    private Training open(Supplier<Run> opened) {
        try {
            return begin(opened.get());
        } finally {
            synchronized (this) {
                reserved--;
            }
        }
    }

    private synchronized Training begin(Run run) {
        if (closed) {
            run.close();
            throw new Refusal(503, CLOSING);
        }
        Training training = new Training(run, threads, KernelProvider.best(), this::end);
        trainings.put(training.path(), training);
        past.remove(training.path());
        training.start();
        touch();
        return training;
    }

    private synchronized void end(Training training, @Nullable String problem) {
        trainings.remove(training.path());
        // Of runs that were deleted meanwhile nobody asks any more.
        past.keySet().removeIf(path -> !Files.exists(path));
        past.put(training.path(), new Past(clock.instant(), problem));
        touch();
    }

    /** The training of a run, if it is trained here. */
    synchronized Optional<Training> of(Path run) {
        return trainings.isEmpty() ? Optional.empty() : Optional.ofNullable(trainings.get(real(run)));
    }

    /** Whether one of them is not halted. */
    synchronized boolean training() {
        return trainings.values().stream().anyMatch(training -> training.state() != RunState.PAUSED);
    }

    /** When a run was trained here last; long ago if it was not. */
    synchronized Instant ended(Path run) {
        Past known = past.isEmpty() ? null : past.get(real(run));
        return known == null ? Instant.MIN : known.ended;
    }

    /** Why the training of a run ended too early. */
    synchronized Optional<String> problem(Path run) {
        Past known = past.isEmpty() ? null : past.get(real(run));
        return Optional.ofNullable(known).map(Past::problem);
    }

    /** Says that the list of runs is another one now. */
    void touch() {
        changes.incrementAndGet();
    }

    /** A number that changes with the list of runs. */
    long changes() {
        return changes.get();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Ends all trainings after a last checkpoint; waits for that, but not for long. */
    @Override
    public void close() {
        List<Training> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(trainings.values());
        }
        left.forEach(Training::stop);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
        try {
            for (Training training : left) {
                training.await(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
