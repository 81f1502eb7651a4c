package io.github.ntm4j.studio.run;

import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A run in the list of all runs.
 *
 * @param id its name, such as {@code runs/copy-ntm-lstm-seed1}
 * @param group what it has in common with runs of the same settings but the seed
 * @param settings what its settings say
 * @param state how it stands with it
 * @param outcome why it ended
 * @param sequences how far it has come
 * @param seconds how long it took
 * @param solved when the task was solved
 * @param written when it was written to last, in seconds since 1970
 * @param paths whether it has checkpoints to look at and to go on from, and a film
 * @param problem what is wrong with it
 * @param sketch a few points of its learning curve
 */
record RunStatus(
        String id,
        String group,
        RunSettings settings,
        RunState state,
        Optional<Outcome> outcome,
        long sequences,
        double seconds,
        OptionalLong solved,
        double written,
        Files paths,
        Optional<String> problem,
        List<List<@Nullable Number>> sketch) {

    /**
     * What there is of a run beside its metrics.
     *
     * @param best a checkpoint that can be looked at
     * @param last a checkpoint to go on from
     * @param film machines of its past
     */
    record Files(boolean best, boolean last, boolean film) {}

    /** Whether this process trains it. */
    boolean here() {
        return state == RunState.TRAINING || state == RunState.PAUSED || state == RunState.STOPPING;
    }

    /** Whether somebody trains it now. */
    boolean live() {
        return here() || state == RunState.ELSEWHERE;
    }

    /** Whether going on with it makes sense: it ended before its end. */
    boolean resumable() {
        return id.startsWith("runs/")
                && paths.last
                && (state == RunState.INTERRUPTED
                        || (state == RunState.FINISHED && (outcome.equals(Optional.of(Outcome.STOPPED)) || outcome.equals(Optional.of(Outcome.DIVERGED)))));
    }

    /** What makes the list another one: everything but how far a run has come. */
    List<Object> signature() {
        return List.of(id, group, settings.budget(), state, outcome, solved.isPresent(), paths, problem);
    }

    /** For JSON. */
    SequencedMap<String, @Nullable Object> toMap() {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("group", group);
        map.put("task", settings.task());
        map.put("machine", settings.machine());
        map.put("seed", settings.seed());
        map.put("learning_rate", settings.learningRate());
        map.put("budget", settings.budget());
        map.put("state", Settings.text(state));
        map.put("outcome", outcome.map(Settings::text).orElse(null));
        map.put("sequences", sequences);
        map.put("seconds", seconds);
        map.put("solved_at", solved.isPresent() ? solved.getAsLong() : null);
        map.put("written", written);
        map.put("controllable", here() || resumable());
        map.put("resumable", resumable());
        map.put("best", paths.best);
        map.put("last", paths.last);
        map.put("film", paths.film);
        map.put("sketch", sketch);
        problem.ifPresent(line -> map.put("problem", line));
        return map;
    }
}
