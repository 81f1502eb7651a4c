package io.github.ntm4j.cli;

import io.github.ntm4j.cli.command.StudioCommand;
import io.github.ntm4j.cli.soak.FolderTree;
import io.github.ntm4j.studio.Studio;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Does a little of everything once, while the virtual machine writes down which classes that takes and which methods are worth compiling, so
 * that later starts are fast. The script {@code ntm} runs it after a build.
 */
public final class Rehearsal {
    private static final String SEQUENCES =
            """
            {"input": [[1,0,0,1,0,1,0,1,0], [0,0,0,0,0,0,0,0,1], [0,0,0,0,0,0,0,0,0]]}
            {"input": [[1,0,0,1,0,1,0,1,0], [0,0,0,0,0,0,0,0,1], [0,0,0,0,0,0,0,0,0]], "target": [[0,0,0,0,0,0,0,0], [0,0,0,0,0,0,0,0], [1,0,0,1,0,1,0,1]]}
            """;

    private Rehearsal() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("ntm4j");
        try {
            String run = folder.resolve("run").toString();
            perform("--help");
            perform("tasks");
            perform("train", "copy", "--set", "training.sequences=4000", "--out", run, "--json");
            perform("run", run);
            perform("eval", run, "--at", "length=5");
            perform(folder);
        } finally {
            FolderTree.delete(folder);
        }
    }

    /** Opens the studio on the run of this rehearsal, as a browser does. */
    private static void perform(Path runs) throws IOException {
        Studio.Options options = new Studio.Options(runs, StudioCommand.shippedMachines(), 0, true, "rehearsal");
        try (Studio studio = Studio.start(options)) {
            for (String path : List.of("/", "/main.js", "/style.css", "/api/info", "/api/models", "/api/runs")) {
                try (InputStream answer = studio.address().resolve(path).toURL().openStream()) {
                    answer.transferTo(OutputStream.nullOutputStream());
                }
            }
            HttpURLConnection trace = (HttpURLConnection) studio.address().resolve("/api/trace").toURL().openConnection();
            trace.setDoOutput(true);
            trace.setRequestProperty("X-Ntm4j-Token", studio.token());
            trace.getOutputStream().write("{\"model\": \"runs/run\"}".getBytes(StandardCharsets.UTF_8));
            try (InputStream answer = trace.getInputStream()) {
                answer.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static void perform(String... command) {
        InputStream in = new ByteArrayInputStream(SEQUENCES.getBytes(StandardCharsets.UTF_8));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Ntm.run(command, in, nowhere, nowhere);
    }
}
