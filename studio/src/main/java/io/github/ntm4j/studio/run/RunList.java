package io.github.ntm4j.studio.run;

import io.github.ntm4j.core.run.KeptCheckpoints;
import io.github.ntm4j.core.run.RunFolder;
import io.github.ntm4j.core.run.RunLock;
import io.github.ntm4j.studio.machine.MachineFolders;
import io.github.ntm4j.studio.machine.MachineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
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

    private final MachineFolders folders;
    private final Trainings trainings;
    private final InstantSource clock;
    private final Map<String, Known> known = new HashMap<>();

    /** What was read of a run. */
    private static final class Known {
        final Followed metrics;
        @Nullable FileTime configured;
        RunSettings settings = new RunSettings("", "", -1, 0, 0, Map.of(), null);

        Known(RunFolder run) {
            metrics = new Followed(run, POINTS_OF_SKETCH);
        }

        /** Reads the settings, which change when a run is resumed, if they were written since. */
        void configure() {
            FileTime now = written(metrics.run().config()).orElse(null);
            if (now == null) {
                configured = null;
            } else if (!now.equals(configured)) {
                configured = now;
                settings = RunSettings.read(metrics.run());
            }
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
    synchronized List<RunStatus> all() {
        SequencedMap<String, RunFolder> found = new TreeMap<>(RunFinder.find(MachineId.Source.RUNS, folders.runs()));
        found.putAll(RunFinder.find(MachineId.Source.DROPPED, folders.dropped()));
        known.keySet().retainAll(found.keySet());
        RunGroups groups = new RunGroups();
        List<RunStatus> all = new ArrayList<>();
        found.forEach((id, folder) -> {
            Known run = known.computeIfAbsent(id, i -> new Known(folder));
            run.configure();
            run.metrics.advance();
            all.add(status(id, groups.of(id, run.settings), run));
        });
        return all;
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
    synchronized Optional<Followed> metrics(String id) {
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
        boolean resumable = KeptCheckpoints.exist(folder);
        return run.metrics.ask(history -> new RunStatus(
                id,
                group,
                run.settings,
                state,
                training.isPresent() ? Optional.empty() : history.outcome(),
                training.map(Training::sequences).orElse(history.sequences()),
                training.map(Training::seconds).orElse(history.seconds()),
                history.solved(),
                run.metrics.written().or(() -> written(folder.config())).map(time -> time.toMillis() / 1000.0).orElse(0.0),
                new RunStatus.Files(
                        Files.exists(folder.best()) || resumable, resumable, Files.isDirectory(folder.film())),
                problem,
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
                        .flatMap(file -> written(file).stream())
                        .anyMatch(time -> time.toInstant().isAfter(limit));
    }

    private static Optional<FileTime> written(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
