package io.github.ntm4j.studio;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.studio.film.FilmEndpoint;
import io.github.ntm4j.studio.machine.DropEndpoint;
import io.github.ntm4j.studio.machine.MachineEndpoint;
import io.github.ntm4j.studio.machine.MachineFolders;
import io.github.ntm4j.studio.machine.MachineListEndpoint;
import io.github.ntm4j.studio.machine.Machines;
import io.github.ntm4j.studio.machine.Room;
import io.github.ntm4j.studio.machine.TaskDescriptions;
import io.github.ntm4j.studio.machine.TraceEndpoint;
import io.github.ntm4j.studio.machine.TraceSpec;
import io.github.ntm4j.studio.map.MapEndpoint;
import io.github.ntm4j.studio.run.Runs;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.WebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The studio at work: a server for the page, the machines that the page asks, and the runs that it starts. */
public final class Studio implements AutoCloseable {
    /** What is shown when nothing else was asked for. */
    private static final TraceSpec FIRST_LOOK = new TraceSpec("models/copy-ntm-lstm", null, null, null, null);

    /** Which part of java's memory requests may take together, and which part keeps machines that were looked at. */
    private static final int ROOM = 2;

    private static final int KEPT = 8;

    /** How long the link that is shown can be used. */
    private static final Duration LINK = Duration.ofMinutes(10);

    private final WebServer server;
    private final LinkFile linkFile;
    private final Runs runs;
    private final Path dropped;

    /**
     * How to start a studio.
     *
     * @param runs the folder of all runs; it need not exist
     * @param models the folder of the machines that come with ntm4j; it need not exist
     * @param port where to listen, 0 for any port
     * @param publicRead whether everybody at this computer may look, or only browsers that were let in
     * @param version what to call this version
     */
    public record Options(Path runs, Path models, int port, boolean publicRead, String version) {
        /** Checks that all are there, and that there can be such a port. */
        public Options {
            Arguments.given("runs", runs);
            Arguments.given("models", models);
            Arguments.index("port", port, 1 << 16);
            Arguments.given("version", version);
        }
    }

    private Studio(WebServer server, LinkFile linkFile, Runs runs, Path dropped) {
        this.server = server;
        this.linkFile = linkFile;
        this.runs = runs;
        this.dropped = dropped;
    }

    /**
     * Starts a studio.
     *
     * @param options how
     * @return the studio, which answers
     * @throws UserException if it cannot listen there
     */
    public static Studio start(Options options) {
        if (Files.exists(options.runs()) && !Files.isDirectory(options.runs())) {
            throw new UserException("--runs " + options.runs() + ": expected a folder, found a file");
        }
        Path dropped;
        try {
            dropped = Files.createTempDirectory("ntm4j-dropped");
        } catch (IOException e) {
            throw new UserException("cannot make a temporary folder: " + e.getMessage(), e);
        }
        MachineFolders folders = new MachineFolders(options.models(), options.runs(), dropped);
        long heap = Runtime.getRuntime().maxMemory();
        Machines machines = new Machines(folders, new Room(heap / ROOM), heap / KEPT);
        WebServer server = new WebServer(options.port(), options.publicRead(), folders::plain);
        Runs runs = new Runs(folders, Runtime.getRuntime().availableProcessors());
        server.on("GET", "/api/info", request -> Reply.json(info(options)));
        server.on("GET", "/api/models", new MachineListEndpoint(machines));
        server.on("GET", "/api/machine", new MachineEndpoint(machines));
        server.on("GET", "/api/film", new FilmEndpoint(machines));
        server.on("POST", "/api/trace", new TraceEndpoint(machines));
        server.on("POST", "/api/drop", new DropEndpoint(machines, InstantSource.system()));
        server.on("POST", "/api/map", new MapEndpoint(machines, Runtime.getRuntime().availableProcessors(), runs::training));
        runs.answer(server);
        server.start();
        warmUp(machines, runs, options);
        return new Studio(server, LinkFile.write(server), runs, dropped);
    }

    /** Does what the page will ask for first while the browser is still on its way. */
    private static void warmUp(Machines machines, Runs runs, Options options) {
        Thread.ofVirtual().start(runs::look);
        Thread.ofVirtual().start(() -> Reply.json(info(options)));
        Thread.ofVirtual().start(() -> new MachineListEndpoint(machines).list());
        Thread.ofVirtual().start(() -> {
            try {
                new TraceEndpoint(machines).answer(FIRST_LOOK);
            } catch (UserException absent) {
                // Whoever asks for it is told.
            }
        });
    }

    private static SequencedMap<String, Object> info(Options options) {
        SequencedMap<String, Object> info = new LinkedHashMap<>();
        info.put("version", options.version());
        info.put("java", Runtime.version().toString());
        info.put("kernels", KernelProvider.best().name());
        info.put("cores", Runtime.getRuntime().availableProcessors());
        info.put("runs", options.runs().toString());
        info.put("presets", Preset.all().stream().map(Preset::name).toList());
        info.put("tasks", TaskDescriptions.all());
        info.put(
                "machines",
                MachineKinds.all().entrySet().stream()
                        .map(e -> Map.of(
                                "name", e.getKey(),
                                "about", e.getValue().about(),
                                "presets", Preset.of(e.getValue()).stream().map(Preset::name).toList()))
                        .toList());
        return info;
    }

    /**
     * The address of the page, which asks for a link where the browser was not let in before.
     *
     * @return for browsers on this computer
     */
    public URI address() {
        return server.address();
    }

    /**
     * The address of the page, with a code that lets one browser in, within ten minutes.
     *
     * @return another link each time
     */
    public URI link() {
        return server.address().resolve("#code=" + server.codes().issue(LINK, () -> {}));
    }

    /**
     * A page that only the user of this process can read, and that leads to the studio whenever it is opened.
     *
     * @return a file that is gone when the studio ends
     */
    public Path linkFile() {
        return linkFile.path();
    }

    /**
     * What requests for data need, in the header {@code X-Ntm4j-Token}.
     *
     * @return for this process alone
     */
    public String token() {
        return server.token();
    }

    /** Ends all trainings after a last checkpoint, within 5 s, and answers no more. */
    @Override
    public void close() {
        runs.close();
        server.close();
        linkFile.close();
        try (Stream<Path> files = Files.walk(dropped)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // A temporary folder that stays is no reason to fail.
        }
    }
}
