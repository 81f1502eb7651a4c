package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines and tasks that {@code NTM_CLASSPATH} names, as {@code examples/own} has them. Each in a Java of its own: they are looked for once. */
final class OwnClassesTest {
    private static final String SERVICE = "META-INF/services/io.github.ntm4j.machines.machine.MachineProvider";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path classes;

    @BeforeAll
    static void compile() throws IOException {
        Path example = ProjectFiles.find("examples/own");
        classes = Files.createDirectory(shared.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-Xlint:all,-path", "-Werror", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        arguments.addAll(files(example.resolve("src")).stream().map(Path::toString).toList());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new))).isZero();
        Path resources = example.resolve("resources");
        for (Path file : files(resources)) {
            Path target = classes.resolve(resources.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** A process with the variable set; what it writes to both streams. */
    private Cli.Outcome run(String paths, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dntm4j.kernels=portable", "-cp", System.getProperty("java.class.path"), Ntm.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(OwnClasses.VARIABLE, paths);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Cli.Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void a_machine_and_a_task_of_ones_own_are_trained_and_measured() throws Exception {
        Path run = folder.resolve("run");
        Cli.Outcome trained = run(classes.toString(), "train", "parity", "--machine", "elman", "--sequences", "320", "--out", run.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Files.readString(run.resolve("config.yaml"))).contains("type: elman", "units: 32", "name: parity", "batch: 16");
        Cli.Outcome measured = run(classes.toString(), "eval", run.toString(), "--at", "length=4", "--sequences", "5");
        assertThat(measured.code()).as(measured.err()).isZero();
        Cli.Outcome shown = run(classes.toString(), "show", run.toString(), "--at", "length=4", "--out", folder.toString());
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(Files.readString(folder.resolve("sequence-length4-seed1.svg"))).contains("<title>Units</title>");
        assertThat(run(classes.toString(), "machines", "elman", "--preset", "graves-2014").err())
                .contains("ntm: --preset: expected one of machine elman: default, elman-1990, got graves-2014\n");
        assertThat(run(classes.toString(), "machines", "elman", "--preset", "elman-1990").out())
                .doesNotContain("graves-2014")
                .contains("elman: simple recurrent network", "machine.units = 5", "elman-1990: Elman 1990");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "own.Absent  | Provider own.Absent not found",
        "own.Elman   | own.Elman not a subtype",
    })
    void a_service_that_is_broken_is_one_line(String provider, String message) throws Exception {
        Path broken = Files.createDirectories(folder.resolve("broken/META-INF/services")).getParent().getParent();
        Files.writeString(broken.resolve(SERVICE), provider);
        Cli.Outcome outcome = run(broken + ":" + classes, "machines");
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(lines(outcome)).singleElement().asString()
                .startsWith("ntm: NTM_CLASSPATH: a jar that provides machines: expected a service that works, found one that does not: ")
                .contains(message);
    }

    @Test
    void paths_that_are_no_classes_are_named_in_one_line() throws Exception {
        assertThat(lines(run(folder.resolve("none.jar").toString(), "tasks")))
                .containsExactly("ntm: NTM_CLASSPATH: expected a jar or a folder of classes, found none at " + folder.resolve("none.jar"));
        Path file = Files.writeString(folder.resolve("some.jar"), "no jar");
        assertThat(lines(run(file.toString(), "tasks")))
                .containsExactly("ntm: NTM_CLASSPATH: expected a jar or a folder of classes, found a file that is no jar: " + file);
    }

    @Test
    void a_recipe_with_a_wrong_key_is_one_line() throws Exception {
        Path wrong = folder.resolve("wrong");
        for (Path file : files(classes)) {
            Path target = wrong.resolve(classes.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        Files.writeString(wrong.resolve("own/elman.yaml"), "parity:\n  setings: {x: 1}");
        assertThat(lines(run(wrong.toString(), "tasks"))).singleElement().asString()
                .startsWith("ntm: NTM_CLASSPATH: elman.yaml, line 2: setings.x: no part of a recipe");
        Files.writeString(wrong.resolve("own/elman.yaml"), "parity:\n  settings: {machine.unit: 1}");
        assertThat(lines(run(wrong.toString(), "train", "parity", "--machine", "elman", "--print-config"))).singleElement().asString()
                .startsWith("ntm: elman.yaml, line 2: machine.unit: no such setting; did you mean machine.units?");
    }

    private static List<String> lines(Cli.Outcome outcome) {
        assertThat(outcome.out()).isEmpty();
        return outcome.err().lines().filter(line -> !line.startsWith("WARNING")).toList();
    }
}
