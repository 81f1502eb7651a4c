package io.github.ntm4j.studio.film;

import io.github.ntm4j.learning.run.Film;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.MachineId;
import io.github.ntm4j.studio.machine.MachineListEndpoint;
import io.github.ntm4j.studio.machine.Machines;
import io.github.ntm4j.studio.machine.OwnFiles;
import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Lists the snapshots that a run has of itself, the first one first; each is a machine that can be asked for a trace. */
public final class FilmEndpoint implements Endpoint {
    private final Machines machines;

    /**
     * An endpoint.
     *
     * @param machines the machines
     */
    public FilmEndpoint(Machines machines) {
        this.machines = machines;
    }

    @Override
    public Reply answer(Request request) {
        MachineId id = MachineId.parse(request.required("run"));
        List<Long> frames = frames(machines.folders().run(id));
        SequencedMap<String, Object> film = new LinkedHashMap<>();
        film.put("run", id.toString());
        film.put("snapshots", frames.stream().map(sequences -> entry(id, sequences)).toList());
        if (!frames.isEmpty()) {
            // The untrained machine: of all frames the one that a training never deletes.
            film.putAll(MachineListEndpoint.describe(machines.get(snapshot(id, frames.getFirst()), OptionalInt.empty())));
            film.remove("sequences");
        }
        return Reply.json(film);
    }

    private static List<Long> frames(RunFolder run) {
        if (!OwnFiles.isFolder(run.path(), run.film())) {
            return List.of();
        }
        return Film.frames(run).entrySet().stream()
                .filter(frame -> OwnFiles.isFile(run.path(), frame.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static MachineId snapshot(MachineId run, long sequences) {
        return MachineId.parse(run + "@" + sequences);
    }

    private static SequencedMap<String, Object> entry(MachineId run, long sequences) {
        SequencedMap<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", snapshot(run, sequences).toString());
        entry.put("sequences", sequences);
        return entry;
    }
}
