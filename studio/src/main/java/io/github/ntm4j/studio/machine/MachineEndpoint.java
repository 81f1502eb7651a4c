package io.github.ntm4j.studio.machine;

import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Describes one machine, of whatever source. */
public final class MachineEndpoint implements Endpoint {
    private final Machines machines;

    /**
     * An endpoint.
     *
     * @param machines whom it can ask
     */
    public MachineEndpoint(Machines machines) {
        this.machines = machines;
    }

    @Override
    public Reply answer(Request request) {
        MachineId id = MachineId.parse(request.required("id"));
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("id", id.toString());
        map.putAll(MachineListEndpoint.describe(machines.get(id, OptionalInt.empty())));
        return Reply.json(map);
    }
}
