package io.github.ntm4j.cli.soak;

import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.Studio;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at everything in a studio, over and over: pages, lists, traces, maps and event streams that are dropped while they are written to, and
 * a training that is started, halted, continued, changed, stopped and resumed there.
 */
final class StudioLoad implements Load {
    private static final int KEPT = 2;
    private static final int EVENTS = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Studio studio;
    private final Browser browser;
    private final String machine;
    private final OldRuns runs;
    private final Map<String, byte[]> first = new LinkedHashMap<>();
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong streams = new AtomicLong();

    /**
     * Starts the studio.
     *
     * @param runs the folder of runs
     * @param models the folder of the machines that come with ntm4j; it need not exist
     * @param version what this version is called
     * @param machine the name of a run in that folder that stays
     */
    StudioLoad(Path runs, Path models, String version, String machine) {
        this.runs = new OldRuns(runs, KEPT);
        this.machine = machine;
        this.studio = Studio.start(new Studio.Options(runs, models, 0, false, version));
        this.browser = new Browser(studio.address().getPort(), studio.token());
    }

    @Override
    public String name() {
        return "studio";
    }

    @Override
    public void operate() throws Exception {
        look();
        String run = start();
        try (Socket stream = listen()) {
            hear(stream.getInputStream());
            try (Socket dropped = listen()) {
                hear(dropped.getInputStream());
            }
            control(run, "pause");
            control(run, "checkpoint");
            trace();
            control(run, "continue");
            browser.get("/api/metrics?run=" + run);
            hear(stream.getInputStream());
            browser.post("/api/runs/control", "{\"run\": \"%s\", \"action\": \"rate\", \"rate\": 0.0005}".formatted(run));
            hear(stream.getInputStream());
            control(run, "stop");
            awaitEnd(run);
            control(run, "continue");
            hear(stream.getInputStream());
        }
        control(run, "stop");
        awaitEnd(run);
        runs.ended(runs.folder().resolve(run.substring("runs/".length())));
        rounds.incrementAndGet();
    }

    private void look() throws IOException {
        for (String path : List.of("/", "/main.js", "/style.css")) {
            same(path, browser.get(path));
        }
        for (String path : List.of("/api/info", "/api/models", "/api/runs")) {
            browser.get(path);
        }
        for (String path : List.of("/api/machine?id=" + machine, "/api/film?run=" + machine, "/api/metrics?run=" + machine)) {
            same(path, browser.get(path));
        }
        same("nothing", browser.ask("GET", "/nothing", Browser.NOTHING, 404));
        same("no machine", browser.ask("GET", "/api/machine?id=runs/none", Browser.NOTHING, 400));
        String map = "{\"model\": \"%s\", \"x\": {\"name\": \"length\", \"values\": [1, 2, 3]}, \"sequences\": 4}".formatted(machine);
        browser.post("/api/map", map);
        browser.open("POST", "/api/map", map.getBytes(StandardCharsets.UTF_8)).close();
        drop();
        trace();
    }

    private void trace() throws IOException {
        for (int rows : new int[] {8, 40}) {
            String spec = "{\"model\": \"%s\", \"rows\": %d, \"memory\": true}".formatted(machine, rows);
            same(spec, browser.post("/api/trace", spec));
        }
    }

    /** A file that is dropped on the page, again and again under the same name. */
    private void drop() throws IOException {
        Path file = new RunFolder(runs.folder().resolve(machine.substring("runs/".length()))).last();
        browser.post("/api/drop?name=soak.safetensors", Files.readAllBytes(file));
        String spec = "{\"model\": \"dropped/soak\"}";
        same(spec, browser.post("/api/trace", spec));
    }

    /** What does not change must be answered in the same bytes each time. */
    private void same(String question, byte[] answer) {
        byte[] expected = first.computeIfAbsent(question, asked -> answer);
        if (!Arrays.equals(expected, answer)) {
            throw new IllegalStateException(question + ": expected the answer of the beginning, got another");
        }
    }

    private String start() throws IOException {
        byte[] answer = browser.post(
                "/api/runs",
                """
                {"task": "copy", "seed": %d, "sequences": 100000000, "settings": {"training.stop_when_solved": "false",
                 "training.patience": "1000000", "task.max_length": "3", "machine.rows": "8", "machine.width": "4",
                 "machine.controller_size": "8"}}
                """.formatted(1 + rounds.get()));
        return JSON.readTree(answer).get("id").asString();
    }

    private void control(String run, String action) throws IOException {
        browser.post("/api/runs/control", "{\"run\": \"%s\", \"action\": \"%s\"}".formatted(run, action));
    }

    private Socket listen() throws IOException {
        Socket socket = browser.open("GET", "/api/events", Browser.NOTHING);
        streams.incrementAndGet();
        int status = Browser.status(socket.getInputStream(), "/api/events");
        if (status != 200) {
            socket.close();
            throw new IOException("/api/events: expected status 200, got " + status);
        }
        return socket;
    }

    /** Reads some events of those that come while a training is under way. */
    private static void hear(InputStream stream) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        for (int events = 0; events < EVENTS; ) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("/api/events: expected events as long as somebody listens, found the end");
            }
            if (line.startsWith("event: progress")) {
                events++;
            }
        }
    }

    private void awaitEnd(String run) throws IOException, InterruptedException {
        String state = "";
        while (!state.equals("finished")) {
            Thread.sleep(10);
            for (JsonNode known : JSON.readTree(browser.get("/api/runs")).get("runs")) {
                if (known.get("id").asString().equals(run)) {
                    state = known.get("state").asString();
                }
            }
        }
    }

    @Override
    public SequencedMap<String, Long> done() {
        SequencedMap<String, Long> done = new LinkedHashMap<>();
        done.put("studio_trainings", rounds.get());
        done.put("requests", browser.requests());
        done.put("event_streams", streams.get());
        return done;
    }

    @Override
    public void close() {
        studio.close();
    }
}
