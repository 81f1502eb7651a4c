package io.github.ntm4j.cli.launcher;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds an installed Java that is new enough, without starting any: every JDK says its version in
 * the file {@code release} of its home.
 *
 * <p>Looked at in this order: {@code JAVA25_HOME}, {@code JAVA_HOME}, each {@code java} on the {@code
 * PATH}, and the folders that package managers and IDEs install to. The first that fits is taken. The
 * script {@code ntm} looks in the same places.
 */
final class JavaFinder {

    private final Map<String, String> environment;
    private final Path root;
    private final Path userHome;

    /**
     * @param environment the variables of the environment
     * @param root where the folders of the system begin: {@code /}
     * @param userHome the home of the user
     */
    JavaFinder(Map<String, String> environment, Path root, Path userHome) {
        this.environment = environment;
        this.root = root;
        this.userHome = userHome;
    }

    /** The executable {@code java} of the first installed Java of at least the given feature version. */
    Optional<Path> find(int feature) {
        for (Path home : homes()) {
            Path java = executable(home);
            if (java != null && feature(home) >= feature) {
                return Optional.of(java);
            }
        }
        return Optional.empty();
    }

    /** The feature version of the Java in a folder, 0 if the folder is none. */
    static int feature(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Runtime.Version.parse(version).feature();
        } catch (IOException | IllegalArgumentException unreadable) {
            return 0;
        }
    }

    private List<Path> homes() {
        List<Path> homes = new ArrayList<>();
        for (String variable : new String[] {"JAVA25_HOME", "JAVA_HOME"}) {
            String home = environment.get(variable);
            if (home != null && !home.isBlank()) {
                path(home).ifPresent(homes::add);
            }
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                path(folder).map(JavaFinder::executableIn).flatMap(JavaFinder::homeOf).ifPresent(homes::add);
            }
        }
        for (String folder : new String[] {"usr/lib/jvm", "opt", "opt/java", "usr/java", "usr/local"}) {
            homes.addAll(children(root.resolve(folder)));
        }
        homes.addAll(children(userHome.resolve(".sdkman/candidates/java")));
        homes.addAll(children(userHome.resolve(".jdks")));
        for (Path base : new Path[] {root, userHome}) {
            for (Path bundle : children(base.resolve("Library/Java/JavaVirtualMachines"))) {
                homes.add(bundle.resolve("Contents/Home"));
            }
        }
        return homes;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException malformed) {
            return Optional.empty();
        }
    }

    /** The home that an executable belongs to, through links such as {@code /usr/bin/java}. */
    private static Optional<Path> homeOf(Path java) {
        try {
            return Optional.ofNullable(java.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable Path executable(Path home) {
        return executableIn(home.resolve("bin"));
    }

    private static @Nullable Path executableIn(Path folder) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path java = folder.resolve(system.startsWith("windows") ? "java.exe" : "java");
        return Files.isExecutable(java) ? java : null;
    }

    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(children::add);
        } catch (IOException absent) {
            return List.of();
        }
        children.sort(null);
        return children;
    }
}
