package io.github.ntm4j.studio.run;

import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.MachineFolders;
import io.github.ntm4j.studio.machine.MachineId;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import io.github.ntm4j.studio.server.WebServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The runs of the studio: the list of all, their metrics, what happens now, and the trainings of this process. */
public final class Runs implements AutoCloseable {
    /** At least half as many are shown of a long series. */
    private static final int POINTS = 2000;
    /** Runs whose metrics are kept in full length. */
    private static final int KEPT = 64;

    private final MachineFolders folders;
    private final Trainings trainings;
    private final RunList list;
    private final Pulse pulse;
    private final EventsEndpoint events;
    /** The one that was asked for longest ago comes first. */
    private final SequencedMap<Path, Followed> metrics = new LinkedHashMap<>(KEPT, 0.75f, true);

    /**
     * No training is under way.
     *
     * @param folders where runs are
     * @param cores how many processors there are
     */
    public Runs(MachineFolders folders, int cores) {
        this.folders = folders;
        InstantSource clock = InstantSource.system();
        this.trainings = new Trainings(folders.runs(), cores, clock);
        this.list = new RunList(folders, trainings, clock);
        this.pulse = new Pulse(list, trainings);
        this.events = new EventsEndpoint(pulse);
    }

    /**
     * Adds the endpoints.
     *
     * @param server a server that has not started
     */
    public void answer(WebServer server) {
        server.on("GET", "/api/runs", request -> Reply.json(Map.of("runs", list.all().stream().map(RunStatus::toMap).toList())));
        server.on("POST", "/api/runs", this::start);
        server.on("POST", "/api/runs/control", new ControlEndpoint(folders, list, trainings));
        server.on("GET", "/api/metrics", this::metrics);
        server.on("GET", "/api/events", events);
    }

    /** Reads all runs, so that the page need not wait for it. */
    public void look() {
        list.all();
    }

    /**
     * Whether a training is under way in this process, and not halted.
     *
     * @return true while one is
     */
    public boolean training() {
        return trainings.training();
    }

    private Reply start(Request request) {
        StartSpec spec = request.json(StartSpec.class);
        Path path = trainings.start(spec.config());
        return Reply.json(Map.of("id", MachineId.Source.RUNS.word() + "/" + path));
    }

    private Reply metrics(Request request) {
        MachineId id = MachineId.parse(request.required("run"));
        Followed followed = followed(folders.run(id));
        followed.advance();
        long after = request.parameter("after").map(Runs::count).orElse(-1L);
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("run", id.toString());
        map.putAll(followed.ask(history -> history.toMap(after)));
        followed.problem().ifPresent(line -> map.put("problem", line));
        return Reply.json(map);
    }

    private static long count(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal(400, "after: expected a number of sequences, got something else");
        }
    }

    private Followed followed(RunFolder run) {
        synchronized (metrics) {
            Followed known = metrics.computeIfAbsent(run.path(), path -> new Followed(run, POINTS));
            if (metrics.size() > KEPT) {
                metrics.pollFirstEntry();
            }
            return known;
        }
    }

    /** Ends all trainings after a last checkpoint, waiting at most 5 s, and tells nobody anything any more. */
    @Override
    public void close() {
        trainings.close();
        pulse.close();
    }
}
