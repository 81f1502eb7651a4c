package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.Ntm;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.StopSignal;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.studio.Studio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens the studio. */
@Command(
        name = "studio",
        description = "Open the studio: a local web page that shows machines at work and in training.",
        footer = {
            "",
            "The page answers at this computer only, and only browsers that were let in. The link that is printed",
            "lets one browser in, within ten minutes; the file below it, which only you can read, lets in one",
            "each time it is opened. Ctrl-C ends the studio; a training that it started is stopped after a last",
            "checkpoint, and can go on later.",
            "",
            "Examples:",
            "  ntm studio",
            "  ntm studio --runs runs --port 0 --no-open",
        })
public final class StudioCommand implements Callable<Integer> {
    private static final int PORT = 7171;

    private final Terminal terminal;

    @Option(names = "--runs", paramLabel = "DIR", description = "The folder of all runs (default: ${DEFAULT-VALUE}).", defaultValue = "runs")
    private Path runs = TrainCommand.RUNS;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "The folder of machines to look at without training (default: those that come with ntm4j).")
    private @Nullable Path models;

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 for any free port (default: ${DEFAULT-VALUE}).", defaultValue = "" + PORT)
    private int port = PORT;

    @Option(names = "--public-read", description = "Let everybody at this computer look at runs and machines, without a link.")
    private boolean publicRead;

    @Option(names = "--no-open", description = "Print the address without opening a browser.")
    private boolean silent;

    public StudioCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path shipped = models != null ? models : shippedMachines();
        if (port < 0 || port > 65535) {
            throw new UserException("--port: expected 0 to 65535, got " + port);
        }
        try (StopSignal signal = new StopSignal(terminal.err());
                Studio studio = Studio.start(new Studio.Options(runs, shipped, port, publicRead, Ntm.Version.text()))) {
            CountDownLatch asked = new CountDownLatch(1);
            signal.onSignal(asked::countDown, () -> "the trainings go on from their last checkpoints");
            terminal.out().println("studio: " + studio.link());
            terminal.out().println("the link opens once, within 10 minutes; later, and in other browsers: " + studio.linkFile().toUri());
            terminal.out().println("Ctrl-C ends it");
            if (!silent) {
                open(studio.linkFile());
            }
            asked.await();
        }
        return Exit.SUCCESS;
    }

    /** Where the machines are that come with ntm4j: the script says so. */
    public static Path shippedMachines() {
        return Path.of(System.getProperty("ntm4j.models", "models"));
    }

    /** Shows the page in the user's browser, where there is one; everybody at the computer can read the arguments. */
    private static void open(Path file) {
        List<String> command = opener(System.getProperty("os.name", ""), file);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noBrowser) {
            // The link is on the terminal.
        }
    }

    /** The program that opens a file in the user's browser, and its arguments. */
    static List<String> opener(String system, Path file) {
        return switch (system) {
            case String name when name.startsWith("Mac") -> List.of("open", file.toString());
            case String name when name.startsWith("Windows") -> List.of("rundll32", "url.dll,FileProtocolHandler", file.toUri().toString());
            default -> List.of("xdg-open", file.toString());
        };
    }
}
