package io.github.ntm4j.lab.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Curves in event files are as they were written, and damage is noticed. */
@Timeout(60)
class EventFileTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 250_000_000));

    private static Path example(Path folder) {
        try (EventFile file = EventFile.create(folder, CLOCK)) {
            file.scalar("train/bits", 32, 80.5f);
            file.scalar("läng/50", 64, Float.NaN);
            file.scalar("train/bits", 1L << 40, Float.NEGATIVE_INFINITY);
            return file.path();
        }
    }

    /**
     * The bytes of an event file with its version and one scalar, made by TensorBoard 2.21.0: its definitions of the
     * messages and its {@code RecordWriter}.
     */
    @Test
    void theBytesAreThoseOfTensorBoardsOwnDefinitions(@TempDir Path folder) throws IOException {
        try (EventFile file = EventFile.create(folder, CLOCK)) {
            file.scalar("train/bits", 300, 0.5f);
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("events.out.tfevents.1700000000.ntm4j"))))
                .isEqualTo("1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9"
                        + "2100000000000000017becf60900001040fc54d94110ac022a130a110a0a747261696e2f62697473150000003fc616442c");
    }

    @Test
    void scalarsAreReadBack(@TempDir Path folder) {
        EventFile.Content content = EventFile.read(example(folder));

        assertThat(content.cutShort()).isFalse();
        assertThat(content.scalars()).containsExactly(
                new Scalar(1_700_000_000.25, 32, "train/bits", 80.5f),
                new Scalar(1_700_000_000.25, 64, "läng/50", Float.NaN),
                new Scalar(1_700_000_000.25, 1L << 40, "train/bits", Float.NEGATIVE_INFINITY));
    }

    @Test
    void pointsAreInTheFileAfterAFlush(@TempDir Path folder) {
        try (EventFile file = EventFile.create(folder, CLOCK)) {
            file.scalar("a", 1, 1);
            file.flush();
            assertThat(EventFile.read(file.path()).scalars()).hasSize(1);
        }
    }

    @Test
    void aResumedRunGetsALaterFileEvenIfTheClockStandsStillOrGoesBack(@TempDir Path folder) {
        Path first = example(folder);
        try (EventFile second = EventFile.resume(folder, CLOCK, 64)) {
            assertThat(first).hasFileName("events.out.tfevents.1700000000.ntm4j");
            assertThat(second.path()).hasFileName("events.out.tfevents.1700000001.ntm4j");
            second.scalar("train/bits", 64, 7);
            second.flush();
            assertThat(EventFile.read(second.path()).scalars()).hasSize(1);
        }
        try (EventFile third = EventFile.create(folder, InstantSource.fixed(Instant.ofEpochSecond(1_600_000_000)))) {
            assertThat(third.path()).hasFileName("events.out.tfevents.1700000002.ntm4j");
        }
    }

    @Test
    void aFileThatEndsInsideARecordGivesWhatIsWhole(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(example(folder));
        Path file = folder.resolve("cut");
        int scalars = 0;
        for (int length = 100; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            EventFile.Content content = EventFile.read(file);
            assertThat(content.scalars().size()).isBetween(scalars, 2);
            scalars = content.scalars().size();
        }
        assertThat(scalars).isEqualTo(2);
        assertThat(EventFile.read(file).cutShort()).isTrue();
    }

    @Test
    void everyFlippedBitIsNoticed(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(example(folder));
        Path file = folder.resolve("damaged");
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThatExceptionOfType(UserException.class)
                    .as("byte %d", at)
                    .isThrownBy(() -> EventFile.read(file))
                    .withMessageStartingWith(file.toString())
                    .withMessageContaining("at byte ");
        }
    }

    @Test
    void messagesThatAreNotProtobufAreNoticed() throws IOException {
        long seed = 23;
        Random random = new Random(seed);
        byte[] good = EventMessage.scalar(new Scalar(1, 300, "train/bits", 0.5f));
        for (int round = 0; round < 10_000; round++) {
            byte[] damaged = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                EventMessage.parse(damaged);
            } catch (EventFormatException expected) {
                assertThat(expected).as("seed %d, round %d", seed, round).hasMessageContaining("field");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void eventsOfOtherKindsAreSkipped() throws IOException {
        byte[] image = new Protobuf.Writer().text(1, "picture").message(4, new byte[5]).bytes();
        byte[] scalar = new Protobuf.Writer().text(1, "a").fixed32(2, 7).bytes();
        byte[] event = new Protobuf.Writer()
                .fixed64(1, 5)
                .varint(2, -1)
                .message(5, new Protobuf.Writer().message(1, image).message(1, scalar).varint(99, 3).bytes())
                .fixed32(1000, 1)
                .bytes();
        assertThat(EventMessage.parse(event).scalars()).containsExactly(new Scalar(5, -1, "a", 7));
    }

    @Test
    void whatIsNoEventFileIsNamed(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "tag,step,value\ntrain/bits,1,2\n");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> EventFile.read(text))
                .withMessage(text + " is not an event file, or damaged, at byte 0: the checksum of a record's length is wrong");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> EventFile.read(empty))
                .withMessageContaining("it holds not one whole record");
        Path records = folder.resolve("records");
        try (var out = Files.newOutputStream(records)) {
            EventRecords.write(out, "{\"not\": \"an event\"}".getBytes(StandardCharsets.UTF_8));
        }
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> EventFile.read(records)).withMessageContaining(" at byte 0: ");
        Path missing = folder.resolve("missing");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> EventFile.read(missing))
                .withMessage("cannot read " + missing + ": no such file or folder");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> EventFile.read(folder))
                .withMessage("cannot read " + folder + ": it is a folder, not an event file");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> EventFile.create(missing, CLOCK))
                .withMessage("cannot write an event file in " + missing + ": no such file or folder");
    }

    @Test
    void theVersionIsWhatTensorBoardLooksFor(@TempDir Path folder) throws IOException {
        Path file = example(folder);
        try (var in = Files.newInputStream(file)) {
            assertThat(EventMessage.parse(List.of(new EventRecords(in).next()).getFirst()).version()).isEqualTo("brain.Event:2");
        }
    }
}
