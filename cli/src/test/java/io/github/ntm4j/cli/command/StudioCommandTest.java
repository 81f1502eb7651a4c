package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.studio.Studio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the studio from opening. That it opens is seen in a real browser. */
class StudioCommandTest {
    @TempDir
    private Path folder;

    private void refused(String problem, String... arguments) {
        Cli.Outcome outcome = Cli.run(arguments);
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).isEqualTo("ntm: " + problem + "\n");
    }

    @Test
    void a_port_that_is_none_is_refused() {
        refused("--port: expected 0 to 65535, got 65536", "studio", "--no-open", "--port", "65536");
        refused("--port: expected 0 to 65535, got -1", "studio", "--no-open", "--port=-1");
    }

    @Test
    void whoever_reads_the_arguments_of_the_browser_learns_the_name_of_a_file_alone() {
        try (Studio studio = Studio.start(new Studio.Options(folder.resolve("runs"), folder.resolve("models"), 0, false, "test"))) {
            for (String system : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
                String arguments = String.join(" ", StudioCommand.opener(system, studio.linkFile()));
                assertThat(arguments).contains("studio.html").doesNotContain("code=", studio.token(), "http");
            }
        }
    }

    @Test
    void a_port_that_somebody_else_has_is_refused() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            refused(
                    "--port " + port + ": expected a free port, found one in use; --port 0 takes any",
                    "studio", "--no-open", "--runs", folder.toString(), "--port", port);
        }
    }

    @Test
    void a_file_is_no_folder_of_runs() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused("--runs " + file + ": expected a folder, found a file", "studio", "--no-open", "--runs", file.toString());
    }
}
