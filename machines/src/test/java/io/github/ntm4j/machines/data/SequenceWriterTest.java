package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.RunFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written can be read again, to the bit. */
class SequenceWriterTest {
    @Test
    void numbersAreTheShortestDecimals() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SequenceWriter writer = SequenceWriter.of(out, "<stdout>")) {
            writer.writeOutput(new float[] {0, 1, -0f, 0.1f, 1f / 3, 1e-10f, 16777216, 3e38f}, 2, 4);
            writer.finish();
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"output\": [[0, 1, -0.0, 0.1], [0.33333334, 1.0E-10, 1.6777216E7, 3.0E38]]}\n");
    }

    @Test
    void anySequenceIsReadBackToTheBit() {
        long seed = 17;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int steps = 1 + random.nextInt(6);
            float[] mask = new float[steps];
            for (int i = 0; i < steps; i++) {
                mask[i] = random.nextFloat();
            }
            boolean scored = random.nextBoolean();
            SequenceData written = new SequenceData(
                    finite(random, steps * 3),
                    steps,
                    3,
                    scored ? finite(random, steps * 2) : null,
                    scored ? 2 : 0,
                    scored ? mask : null,
                    1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SequenceWriter.of(out, "memory").write(written);
            SequenceData read = Objects.requireNonNull(
                    SequenceReader.of(new ByteArrayInputStream(out.toByteArray()), "memory", SequenceFormat.ANY).next());
            assertThat(read).usingRecursiveComparison().as("seed %d, round %d", seed, round).isEqualTo(written);
        }
    }

    private static float[] finite(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            do {
                values[i] = Float.intBitsToFloat(random.nextInt());
            } while (!Float.isFinite(values[i]));
        }
        return values;
    }

    @Test
    void everyLineIsPassedOnWhenItIsComplete() {
        int[] flushes = new int[1];
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        OutputStream out = new FilterOutputStream(lines) {
            @Override
            public void flush() {
                assertThat(lines.toString(StandardCharsets.UTF_8)).endsWith("]]}\n");
                flushes[0]++;
            }

            @Override
            public void close() {
                throw new AssertionError("the caller's stream is closed");
            }
        };
        try (SequenceWriter writer = SequenceWriter.of(out, "<stdout>")) {
            writer.writeOutput(new float[] {1}, 1, 1);
            writer.writeOutput(new float[100_000], 1_000, 100);
            assertThat(flushes[0]).isEqualTo(2);
        }
    }

    @Test
    void aFileAppearsWhenItIsFinished(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out.jsonl");
        try (SequenceWriter writer = SequenceWriter.create(file)) {
            writer.writeOutput(new float[] {0.5f}, 1, 1);
            assertThat(file).doesNotExist();
        }
        assertThat(folder).isEmptyDirectory();
        try (SequenceWriter writer = SequenceWriter.create(file)) {
            writer.writeOutput(new float[] {0.5f}, 1, 1);
            writer.finish();
        }
        assertThat(file).hasContent("{\"output\": [[0.5]]}");
        try (SequenceWriter writer = SequenceWriter.create(Path.of("/dev/null"))) {
            writer.writeOutput(new float[] {0.5f}, 1, 1);
            writer.finish();
        }
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void aValueThatIsNoNumberIsRefusedBeforeAnythingOfItsLineIsWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SequenceWriter writer = SequenceWriter.of(out, "<stdout>");
        writer.writeOutput(new float[] {0.5f}, 1, 1);
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> writer.writeOutput(new float[] {1, 2, 3, Float.NaN}, 2, 2))
                .withMessage("cannot write <stdout>, line 2: output step 2 is NaN");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"output\": [[0.5]]}\n");
        assertThatThrownBy(() -> writer.writeOutput(new float[3], 2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBrokenStreamIsReported(@TempDir Path folder) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> SequenceWriter.of(broken, "<stdout>").writeOutput(new float[1], 1, 1))
                .withMessage("cannot write <stdout>: Broken pipe");
        PrintStream silent = new PrintStream(broken, false, StandardCharsets.UTF_8);
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> SequenceWriter.of(silent, "<stdout>").writeOutput(new float[1], 1, 1))
                .withMessage("cannot write <stdout>: the stream is closed or broken");
        Path file = folder.resolve("missing").resolve("out.jsonl");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> SequenceWriter.create(file))
                .withMessage("cannot write " + file + ": there is no folder " + file.getParent());
    }
}
