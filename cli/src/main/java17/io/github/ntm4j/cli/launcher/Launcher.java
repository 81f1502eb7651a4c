package io.github.ntm4j.cli.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The main class of {@code ntm.jar}. On a Java that has all that ntm4j needs it calls the command;
 * otherwise it starts a Java that has, with the same arguments, and ends with its exit code.
 *
 * <p>What is needed is Java 25 and its module {@code jdk.incubator.vector}, which a jar cannot ask for by itself.
 */
public final class Launcher {

    private static final int FEATURE = 25;
    private static final String COMMAND = "io.github.ntm4j.cli.Ntm";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Set in a Java started from here, so that it does not start another. */
    private static final String STARTED = "ntm4j.started-by-launcher";

    private static final char UNKNOWN = '\uFFFD';

    private Launcher() {}

    /**
     * Runs the command {@code ntm}.
     *
     * @throws Throwable what the command throws
     */
    public static void main(String[] arguments) throws Throwable {
        requireCharacters(arguments);
        boolean newEnough = Runtime.version().feature() >= FEATURE;
        if (newEnough && (vectorModuleIsPresent() || Boolean.getBoolean(STARTED))) {
            call(arguments);
            return;
        }
        String home = System.getProperty("java.home");
        Optional<Path> java = newEnough ? Optional.of(Path.of(home, "bin", "java")) : installedJava();
        if (java.isEmpty()) {
            System.err.printf(
                    "ntm: ntm4j needs Java %d or newer and found none (this is Java %d, %s): install JDK %d,"
                            + " for instance from https://adoptium.net, or set JAVA%d_HOME to where it is%n",
                    FEATURE, Runtime.version().feature(), home, FEATURE, FEATURE);
            System.exit(2);
        }
        System.exit(start(java.get(), arguments));
    }

    /** What a locale has no characters for comes as U+FFFD, and no file has such a name. */
    private static void requireCharacters(String[] arguments) {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        for (String argument : arguments) {
            if (argument.indexOf(UNKNOWN) >= 0 && !encoding.equals("UTF-8")) {
                System.err.printf(
                        "ntm: the argument '%s' has characters that the locale, whose encoding is %s, has not: set LC_ALL=C.UTF-8, or use ./ntm%n",
                        argument.replace(UNKNOWN, '?'), encoding);
                System.exit(2);
            }
        }
    }

    /** True too in a Java that has no such module: no flag would help, and the engine does without. */
    private static boolean vectorModuleIsPresent() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()
                || ModuleFinder.ofSystem().find(VECTOR_MODULE).isEmpty();
    }

    private static Optional<Path> installedJava() {
        if (Boolean.getBoolean(STARTED)) {
            return Optional.empty();
        }
        Path userHome = Path.of(System.getProperty("user.home"));
        return new JavaFinder(System.getenv(), Path.of("/"), userHome).find(FEATURE);
    }

    /** By name: this class is compiled for Java 17 and cannot be compiled against one for Java 25. */
    private static void call(String[] arguments) throws Throwable {
        try {
            Class.forName(COMMAND).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private static int start(Path java, String[] arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(List.of(
                "--add-modules", VECTOR_MODULE, "--enable-native-access=ALL-UNNAMED", "-XX:ObjectAlignmentInBytes=64"));
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("-D") || flag.startsWith("-X")) {
                command.add(flag);
            }
        }
        command.add("-D" + STARTED + "=true");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launcher.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop-ntm"));
        return process.waitFor();
    }

    /** Passes a signal on: the end of this Java ends the other, and waits for it to save its work. */
    private static void stop(Process process) {
        process.destroy();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException impatient) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
