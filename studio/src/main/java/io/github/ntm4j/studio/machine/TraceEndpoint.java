package io.github.ntm4j.studio.machine;

import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.util.concurrent.Semaphore;

/** Answers what a machine does on a sequence. */
public final class TraceEndpoint implements Endpoint {
    /** More at a time would only take memory: there are few cores. */
    private static final int AT_A_TIME = 4;

    private static final int MOST_WAITING = 16;

    private final Machines machines;
    private final Semaphore places = new Semaphore(AT_A_TIME, true);

    /**
     * An endpoint.
     *
     * @param machines whom it can ask
     */
    public TraceEndpoint(Machines machines) {
        this.machines = machines;
    }

    @Override
    public Reply answer(Request request) {
        return answer(request.json(TraceSpec.class));
    }

    /**
     * Answers a question that is already read.
     *
     * @param spec what somebody wants to see
     * @return the trace
     */
    public Reply answer(TraceSpec spec) {
        if (places.getQueueLength() >= MOST_WAITING) {
            throw new Refusal(503, "trace: " + MOST_WAITING + " others wait for theirs; ask again");
        }
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the studio is closing");
        }
        try {
            LoadedMachine machine = machines.get(MachineId.parse(spec.model()), spec.wantedRows());
            Room.Held held = machines.room().take("trace", Performance.bytes(machine, spec));
            try {
                byte[] answer = TraceBytes.of(Performance.of(machine, spec));
                held.shrink(answer.length);
                return Reply.binary(answer, held::close);
            } catch (RuntimeException | Error e) {
                held.close();
                throw e;
            }
        } finally {
            places.release();
        }
    }
}
