package io.github.ntm4j.studio.map;

import io.github.ntm4j.studio.machine.Machines;
import io.github.ntm4j.studio.machine.Room;
import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Computes maps: a line of JSON for each cell, as soon as it is known. Stops when nobody listens any more. */
public final class MapEndpoint implements Endpoint {
    private static final int AT_A_TIME = 2;

    /** How often a line without anything asks whether somebody still listens, in milliseconds. */
    private static final long SIGN_OF_LIFE = 200;

    private final Machines machines;
    private final int cores;
    private final BooleanSupplier training;
    private final Semaphore places = new Semaphore(AT_A_TIME, true);

    /**
     * An endpoint.
     *
     * @param machines whom it can ask
     * @param cores how many threads a map may have
     * @param training whether a training runs in this process, which maps give way to
     */
    public MapEndpoint(Machines machines, int cores, BooleanSupplier training) {
        this.machines = machines;
        this.cores = cores;
        this.training = training;
    }

    @Override
    public Reply answer(Request request) {
        MapSpec spec = request.json(MapSpec.class);
        Room.Held held = machines.room().take("map", MapPlan.bytes(spec, machines, cores));
        try {
            MapPlan plan = MapPlan.of(spec, machines);
            return new Reply.Stream("application/x-ndjson", out -> write(plan, out), held::close);
        } catch (RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    private void write(MapPlan plan, OutputStream out) throws IOException {
        try {
            survey(plan, out);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void survey(MapPlan plan, OutputStream out) throws IOException, InterruptedException {
        while (!places.tryAcquire(SIGN_OF_LIFE, TimeUnit.MILLISECONDS)) {
            line(out, "");
        }
        try (MapSurvey survey = new MapSurvey(plan, cores, training)) {
            survey.start();
            while (survey.goesOn()) {
                String line = survey.poll(SIGN_OF_LIFE);
                line(out, line == null ? "" : line);
            }
        } finally {
            places.release();
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
