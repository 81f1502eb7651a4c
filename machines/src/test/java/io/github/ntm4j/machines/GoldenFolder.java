package io.github.ntm4j.machines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where golden files are: in the folder that the system property {@code ntm.golden} names, or else among the resources of the tests. */
public final class GoldenFolder {
    private GoldenFolder() {}

    /** The files of a subfolder whose names begin in some way, in the order of their names; none if there is no such folder. */
    public static List<Path> files(String subfolder, String beginning) {
        Path folder = folder().resolve(subfolder);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith(beginning)
                            && file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String named = System.getProperty("ntm.golden");
        if (named != null) {
            // Tests run in the folder of their module, one below that where the build is started.
            Path here = Path.of(named);
            return Files.isDirectory(here) ? here : Path.of("..").resolve(named);
        }
        URL resources = GoldenFolder.class.getResource("/golden");
        if (resources == null) {
            throw new AssertionError("no golden files among the resources");
        }
        try {
            return Path.of(resources.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
