package io.github.ntm4j.machines.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails, a checkpoint is there: the one before, or the new one. */
final class RotationTest {
    /** The numbers of contents, as the same come again and again. */
    private static final Map<ByteBuffer, OptionalInt> NUMBERS = new HashMap<>();

    @TempDir
    private Path folder;

    private List<Path> files;

    @BeforeEach
    void name() {
        files = of(folder);
    }

    private static List<Path> of(Path folder) {
        return Stream.of("last", "earlier-1", "earlier-2").map(name -> folder.resolve(name + ".safetensors")).toList();
    }

    /** A small file with a checksum that says its number. */
    private static byte[] checkpoint(int number) {
        StoredTensor tensor = new StoredTensor("weights", List.of(3), new float[] {number, 2, 3});
        return Safetensors.of(Map.of("number", Integer.toString(number)), List.of(tensor)).bytes();
    }

    /** The number of a checkpoint, nothing where it is not sound. */
    private static OptionalInt number(byte @Nullable [] file) {
        return file == null ? OptionalInt.empty() : NUMBERS.computeIfAbsent(ByteBuffer.wrap(file), content -> {
            try {
                return OptionalInt.of(Integer.parseInt(Safetensors.parse(content.array(), "file").metadata().get("number")));
            } catch (UserException damaged) {
                return OptionalInt.empty();
            }
        });
    }

    private List<Integer> numbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path file : files) {
            numbers.add(Files.exists(file) ? number(Files.readAllBytes(file)).orElse(-1) : 0);
        }
        return numbers;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void theLastAndTheTwoBeforeAreKept() throws IOException {
        Rotation rotation = new Rotation(files);
        rotation.advance(checkpoint(1));
        assertThat(numbers()).containsExactly(1, 0, 0);
        rotation.advance(checkpoint(2));
        rotation.advance(checkpoint(3));
        rotation.advance(checkpoint(4));
        assertThat(numbers()).containsExactly(4, 3, 2);
        rotation.replace(checkpoint(5));
        assertThat(numbers()).containsExactly(5, 3, 2);
        assertThat(names()).containsExactly("earlier-1.safetensors", "earlier-2.safetensors", "last.safetensors");
    }

    @Test
    void keepingCostsNeitherACopyNorAnotherForce() {
        ModelDisk disk = new ModelDisk(true);
        Rotation rotation = new Rotation(files, disk);
        for (int i = 1; i <= 3; i++) {
            rotation.advance(checkpoint(i));
        }
        disk.fail(0, 0, ModelDisk.Failure.NO_SPACE);
        rotation.advance(checkpoint(4));
        assertThat(disk.operations())
                .containsExactly("create", "write", "force", "close", "move", "link", "move", "force folder");
    }

    @Test
    void whatIsWorthNothingIsOverwrittenFirst() throws IOException {
        Rotation rotation = new Rotation(files);
        for (int i = 1; i <= 3; i++) {
            rotation.advance(checkpoint(i));
        }
        rotation.forget(files.get(0));
        rotation.forget(files.get(1));
        rotation.advance(checkpoint(4));
        assertThat(numbers()).containsExactly(4, 2, 1);
        rotation.advance(checkpoint(5));
        assertThat(numbers()).containsExactly(5, 4, 1);
        rotation.advance(checkpoint(6));
        assertThat(numbers()).containsExactly(6, 5, 4);
    }

    @Test
    void whereASymbolicLinkLeadsIsWrittenToAndNothingElseKept() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Files.write(elsewhere, checkpoint(1));
        Files.createSymbolicLink(files.get(0), elsewhere);
        new Rotation(files).advance(checkpoint(2));
        assertThat(files.get(0)).isSymbolicLink();
        assertThat(numbers()).containsExactly(2, 0, 0);
    }

    @Test
    void whatStandsInTheWayIsNamed() throws IOException {
        Rotation rotation = new Rotation(files);
        for (int i = 1; i <= 3; i++) {
            rotation.advance(checkpoint(i));
        }
        Files.delete(files.get(2));
        Files.createDirectories(files.get(2).resolve("mine"));
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> rotation.advance(checkpoint(4)))
                .withMessageStartingWith("cannot write " + files.get(2) + ": ");
        assertThat(files.get(0)).hasBinaryContent(checkpoint(3));
        assertThat(names()).hasSize(3);
    }

    /** The number that a resume finds in a folder: of the first file, else the greatest. */
    private static int newest(Map<Path, byte[]> state, List<Path> files) {
        OptionalInt last = number(state.get(files.getFirst()));
        return last.orElseGet(() -> files.stream().flatMapToInt(file -> number(state.get(file)).stream()).max().orElse(0));
    }

    private void assertFound(ModelDisk disk, int least, int most, String when) throws IOException {
        assertThat(disk.isTrue()).as("%s: the model is the folder", when).isTrue();
        for (Map<Path, byte[]> state : disk.afterPowerFailure()) {
            assertThat(newest(state, files)).as("%s, the power failed and left %s", when, state.keySet()).isBetween(least, most);
        }
        Map<Path, byte[]> now = new TreeMap<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                now.put(file, Files.readAllBytes(file));
            }
        }
        assertThat(newest(now, files)).as("%s, the process went on or was killed", when).isBetween(least, most);
    }

    /**
     * Every operation fails once, or it and all that follow, in every way, from every number of files that there may be; after each the
     * power fails too, and all that it may leave is looked at. Then the disk works again, and the next checkpoint is written.
     */
    @ParameterizedTest
    @CsvSource({
        "NO_SPACE, true, true", "NO_SPACE, true, false", "NO_SPACE, false, true", "NO_SPACE, false, false",
        "INPUT_OUTPUT, true, true", "INPUT_OUTPUT, true, false", "INPUT_OUTPUT, false, true", "INPUT_OUTPUT, false, false",
        "DONE_AND_DENIED, true, true", "DONE_AND_DENIED, true, false", "DONE_AND_DENIED, false, true", "DONE_AND_DENIED, false, false",
    })
    void whicheverOperationFailsTheOneBeforeOrTheNewOneIsFound(ModelDisk.Failure how, boolean links, boolean once) throws IOException {
        int failures = 0;
        for (int before = 0; before <= 4; before++) {
            boolean failed = true;
            for (int k = 1; failed; k++) {
                clear();
                ModelDisk disk = new ModelDisk(links);
                Rotation rotation = new Rotation(files, disk);
                for (int i = 1; i <= before; i++) {
                    rotation.advance(checkpoint(i));
                }
                assertFound(disk, before, before, "before");
                disk.fail(k, once ? k : Integer.MAX_VALUE, how);
                int next = before + 1;
                Throwable thrown = catchThrowable(() -> rotation.advance(checkpoint(next)));
                failed = disk.operations().size() >= k;
                String when = before + " before, failure " + disk.operations();
                if (thrown != null) {
                    failures++;
                    assertThat(thrown).as(when).isInstanceOf(RunFailedException.class);
                    assertThat(thrown.getMessage()).as(when).matches("cannot write .*/(last|earlier-[12])\\.safetensors: " + how.reason);
                }
                assertFound(disk, thrown == null ? next : before, next, when);
                // The disk works again.
                disk.fail(0, 0, how);
                rotation.advance(checkpoint(next + 1));
                assertFound(disk, next + 1, next + 1, when + ", then none");
                rotation.advance(checkpoint(next + 2));
                assertThat(numbers().getFirst()).isEqualTo(next + 2);
                assertThat(numbers().get(1)).as(when).isEqualTo(next + 1);
            }
        }
        assertThat(failures).isGreaterThan(25);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenThePowerFailsBetweenAnyTwoOperationsTheOneBeforeOrTheNewOneIsFound(boolean links) throws IOException {
        for (int before = 0; before <= 4; before++) {
            int next = before + 1;
            boolean died = true;
            for (int k = 1; died; k++) {
                clear();
                ModelDisk disk = new ModelDisk(links);
                Rotation rotation = new Rotation(files, disk);
                for (int i = 1; i <= before; i++) {
                    rotation.advance(checkpoint(i));
                }
                disk.die(k);
                Throwable thrown = catchThrowable(() -> rotation.advance(checkpoint(next)));
                died = thrown != null;
                assertFound(disk, died ? before : next, next, before + " before, dead after " + disk.operations());
            }
        }
    }

    private void clear() throws IOException {
        for (String name : names()) {
            Files.delete(folder.resolve(name));
        }
    }
}
