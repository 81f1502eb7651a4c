package io.github.ntm4j.studio.run;

import io.github.ntm4j.learning.run.RunLock;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.MachineFolders;
import io.github.ntm4j.studio.machine.MachineId;
import io.github.ntm4j.studio.machine.OwnFiles;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All runs: those below the folder of runs, and those that were dropped on the page. What was read of a run is kept, so that asking again
 * costs a look at the times of its files.
 */
final class RunList {
    /** A run that was written to within this time, and has not ended, is being trained by somebody, even where no lock says so. */
    static final Duration RECENT = Duration.ofSeconds(10);

    private static final int POINTS_OF_SKETCH = 64;
    private static final long PATIENCE = 20_000;

    private final MachineFolders folders;
    private final Trainings trainings;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<Map<String, Object>, RunSettings> understood = new ConcurrentHashMap<>();
    /** So that what is new is read once where several ask at a time; what hangs there holds nobody up for long. */
    private final ReentrantLock listing = new ReentrantLock();

    private static final FileTime ABSENT = FileTime.fromMillis(0);
    private static final RunSettings NONE = new RunSettings("", "", -1, 0, 0, Map.of(), null);

    /** What was read of a run. */
    private static final class Known {
        final Followed metrics;
        private volatile @Nullable FileTime configured;
        volatile RunSettings settings = NONE;

        Known(RunFolder run) {
            metrics = new Followed(run, POINTS_OF_SKETCH);
        }

        /** Reads what has changed: the settings do when a run is resumed. */
        void refresh(ConcurrentMap<Map<String, Object>, RunSettings> understood) {
            RunFolder run = metrics.run();
            FileTime now = OwnFiles.file(run.path(), run.config()).map(BasicFileAttributes::lastModifiedTime).orElse(ABSENT);
            if (!now.equals(configured)) {
                settings = now.equals(ABSENT) && !Files.exists(run.config(), LinkOption.NOFOLLOW_LINKS) ? NONE : RunSettings.read(run, understood);
                configured = now;
            }
            metrics.advance();
        }
    }

    /**
     * A list.
     *
     * @param folders where runs are
     * @param trainings those that this process trains
     * @param clock says what is recent
     */
    RunList(MachineFolders folders, Trainings trainings, InstantSource clock) {
        this.folders = folders;
        this.trainings = trainings;
        this.clock = clock;
    }

    /** All runs as they are now. */
    List<RunStatus> all() {
        SequencedMap<String, RunFolder> found = new TreeMap<>(RunFinder.find(MachineId.Source.RUNS, folders.runs()));
        found.putAll(RunFinder.find(MachineId.Source.DROPPED, folders.dropped()));
        known.keySet().retainAll(found.keySet());
        SequencedMap<String, Known> runs = new LinkedHashMap<>();
        found.forEach((id, folder) -> runs.put(id, known.computeIfAbsent(id, i -> new Known(folder))));
        boolean alone = begin();
        try {
            List.copyOf(runs.values()).parallelStream().forEach(run -> run.refresh(understood));
        } finally {
            if (alone) {
                listing.unlock();
            }
        }
        RunGroups groups = new RunGroups();
        List<RunStatus> all = new ArrayList<>();
        runs.forEach((id, run) -> all.add(status(id, groups.of(id, run.settings), run)));
        return all;
    }

    private boolean begin() {
        try {
            return listing.tryLock(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * A run as it is now.
     *
     * @param id its name
     * @return the run, or nothing if it is not in the list
     */
    Optional<RunStatus> find(String id) {
        return all().stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /**
     * The metrics of a run that is in the list, with few points.
     *
     * @param id its name
     * @return the metrics
     */
    Optional<Followed> metrics(String id) {
        return Optional.ofNullable(known.get(id)).map(run -> run.metrics);
    }

    private RunStatus status(String id, String group, Known run) {
        RunFolder folder = run.metrics.run();
        Optional<Training> training = id.startsWith(MachineId.Source.RUNS.word()) ? trainings.of(folder.path()) : Optional.empty();
        boolean ended = run.metrics.ask(History::ended);
        RunState state = training.map(Training::state)
                .orElseGet(() -> ended ? RunState.FINISHED : isElsewhere(id, folder) ? RunState.ELSEWHERE : RunState.INTERRUPTED);
        Optional<String> problem = Optional.ofNullable(run.settings.problem())
                .or(run.metrics::problem)
                .or(() -> trainings.problem(folder.path()));
        boolean resumable = folder.kept().stream().anyMatch(file -> OwnFiles.isFile(folder.path(), file));
        return run.metrics.ask(history -> new RunStatus(
                id,
                group,
                run.settings,
                state,
                training.isPresent() ? Optional.empty() : history.outcome(),
                training.map(Training::sequences).orElse(history.sequences()),
                training.map(Training::seconds).orElse(history.seconds()),
                history.solved(),
                run.metrics.writtenLast().or(() -> written(folder, folder.config())).map(time -> time.toMillis() / 1000.0).orElse(0.0),
                new RunStatus.Files(
                        OwnFiles.isFile(folder.path(), folder.best()) || resumable,
                        resumable,
                        OwnFiles.isFolder(folder.path(), folder.film())),
                problem.map(folders::plain),
                history.sketch()));
    }

    /** Whether another process trains a run: it has locked it, or has written to it just now. */
    private boolean isElsewhere(String id, RunFolder run) {
        Instant since = clock.instant().minus(RECENT);
        Instant ours = trainings.ended(run.path());
        Instant limit = ours.isAfter(since) ? ours : since;
        if (!id.startsWith(MachineId.Source.RUNS.word())) {
            return false;
        }
        return RunLock.isHeld(run) || Stream.of(run.metrics(), run.config(), run.last())
                        .flatMap(file -> written(run, file).stream())
                        .anyMatch(time -> time.toInstant().isAfter(limit));
    }

    private static Optional<FileTime> written(RunFolder run, Path file) {
        return OwnFiles.file(run.path(), file).map(BasicFileAttributes::lastModifiedTime);
    }
}
