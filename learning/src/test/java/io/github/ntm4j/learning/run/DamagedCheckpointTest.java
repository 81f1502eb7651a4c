package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.SafetensorsRules;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.Model;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole checkpoint of a training, of which a little was changed or lost, is refused by the reader that every command uses. */
@Timeout(300)
class DamagedCheckpointTest {
    /** Processor time for one file of a few thousand bytes. */
    private static final long MOST_NANOSECONDS = 1_000_000_000;

    /** What a machine of 512 heads declares of itself is half of this; it claims 13 GB. */
    private static final long MOST_BYTES = 8 << 20;
    private static final long SEED = 5;

    /** A machine and a training that make a small file. */
    private static final String SETTINGS =
            """
            task: {name: copy, width: 1, max_length: 2}
            machine: {controller_size: 2, rows: 3, width: 2}
            training: {batch: 2, sequences: 4, evaluation_interval: 4, evaluation_sequences: 2, optimiser: adam}
            """;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    private Path file;
    private byte[] sound;

    @BeforeEach
    void train() throws IOException {
        RunConfig config = RunConfig.resolve(Yaml.parse(SETTINGS, "settings"));
        Task task = config.task().create();
        Machine machine = config.machine().build(task.inputs(), task.outputs());
        machine.initialise(config.seed());
        file = folder.resolve("small.safetensors");
        try (Trainer trainer = new Trainer(machine, task, config.training(), config.seed(), 1, KernelProvider.PORTABLE)) {
            trainer.run();
            Checkpoints.write(file, config, machine, trainer.state());
        }
        sound = Files.readAllBytes(file);
        Checkpoints.verify(Model.load(file, OptionalInt.empty()));
        assertThat(sound).as("a checkpoint that can be damaged in every place").hasSizeBetween(2_000, 20_000);
    }

    private void refused(String damage) {
        long bytes = thread.getCurrentThreadAllocatedBytes();
        long time = thread.getCurrentThreadCpuTime();
        try {
            Model.load(file, OptionalInt.empty());
        } catch (UserException e) {
            String message = String.valueOf(e.getMessage());
            long took = thread.getCurrentThreadCpuTime() - time;
            long taken = thread.getCurrentThreadAllocatedBytes() - bytes;
            // Tens of thousands of times: no assertion objects unless something is wrong.
            if (!message.startsWith(file.toString()) && !message.contains(file + ":") || message.contains("\n")
                    || took > MOST_NANOSECONDS || taken > MOST_BYTES) {
                fail(damage + ": " + took + " ns, " + taken + " bytes, " + message);
            }
            return;
        }
        fail(damage + " was not noticed");
    }

    private void changeEveryByte(List<String> names, ByteChange... changes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (int at = 0; at < sound.length; at++) {
                for (int i = 0; i < changes.length; i++) {
                    byte changed = changes[i].of(sound[at]);
                    if (changed != sound[at]) {
                        write(open, at, changed);
                        refused("byte " + at + ", " + names.get(i));
                    }
                }
                write(open, at, sound[at]);
            }
        }
        assertThat(file).hasBinaryContent(sound);
        Model.load(file, OptionalInt.empty());
    }

    private interface ByteChange {
        byte of(byte before);
    }

    private static void write(RandomAccessFile open, int at, byte value) throws IOException {
        open.seek(at);
        open.write(value);
    }

    @Test
    void aBitFlippedInAnyByteIsNoticed() throws IOException {
        Random random = new Random(SEED);
        changeEveryByte(List.of("a bit, seed " + SEED), before -> (byte) (before ^ 1 << random.nextInt(8)));
    }

    @Test
    @Tag("slow")
    void everyFlippedBitIsNoticedAndSoAreZerosAndOnes() throws IOException {
        List<String> names = new ArrayList<>();
        List<ByteChange> changes = new ArrayList<>();
        for (int bit = 0; bit < 8; bit++) {
            int mask = 1 << bit;
            names.add("bit " + bit);
            changes.add(before -> (byte) (before ^ mask));
        }
        names.addAll(List.of("zeros", "ones"));
        changes.add(before -> (byte) 0);
        changes.add(before -> (byte) 0xff);
        changeEveryByte(names, changes.toArray(ByteChange[]::new));
    }

    @Test
    void everyLengthToWhichItCanBeCutIsNoticed() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (int length = sound.length - 1; length >= 0; length--) {
                open.setLength(length);
                refused("cut to " + length);
            }
        }
    }

    @Test
    void whatIsAppendedIsNoticed() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            for (int more = 1; more <= 64; more++) {
                open.setLength(sound.length + more);
                refused(more + " bytes more");
            }
        }
    }

    @Test
    void aCheckpointKeepsTheRulesOfItsFormat() {
        assertThat(SafetensorsRules.broken(sound)).isEmpty();
        assertThat(SafetensorsRules.broken(Checkpoints.withoutTraining(Model.load(file, OptionalInt.empty())).bytes())).isEmpty();
    }

    private void rewrite(String key, String text) {
        Safetensors stored = Safetensors.parse(sound, "sound");
        Map<String, String> metadata = new LinkedHashMap<>(stored.metadata());
        metadata.put(key, text);
        Safetensors.of(metadata, stored.tensors().values()).write(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"machine\":{\"controller_size\":16384,\"controller_layers\":64}}",
        "{\"machine\":{\"width\":16384,\"read_heads\":256,\"write_heads\":256,\"rows\":16384}}",
        "{\"machine\":{\"rows\":16777216,\"width\":2,\"initial_memory\":\"learned\"}}",
        "{\"machine\":{\"controller_size\":2,\"rows\":16777216,\"width\":2,\"initial_weighting\":\"learned\",\"write_heads\":64}}",
        "{\"machine\":{\"type\":\"lstm\",\"controller_size\":16384,\"controller_layers\":64}}",
    })
    void aFileThatClaimsALargerMachineThanItHoldsGetsNoMemoryForIt(String config) {
        rewrite("config", config);
        refused(config);
    }

    @Test
    void tensorsWithoutElementsGetNoMemoryForTheirAxes() {
        Safetensors.of(
                        Map.of("config", "{\"machine\":{\"type\":\"lstm\",\"controller_size\":2,\"controller_layers\":1}}"),
                        List.of(
                                StoredTensor.of("output.weight", new float[0], 2_000_000_000, 0),
                                StoredTensor.of("controller.lstm_0.weight_input", new float[0], 0, 2_000_000_000)))
                .write(file);
        refused("wide tensors without elements");
        Safetensors.of(
                        Map.of(),
                        List.of(
                                StoredTensor.of("initial_memory", new float[0], 0, 2_000_000_000),
                                StoredTensor.of("read_head_0.weight", new float[0], 2_000_000_006, 0),
                                StoredTensor.of("write_head_0.weight", new float[0], 2_000_000_006, 0),
                                StoredTensor.of("controller.lstm.weight_ih_l0", new float[0], 0, 2_000_000_000),
                                StoredTensor.of("controller.lstm.weight_hh_l0", new float[0], 0, 2_000_000_000)))
                .write(file);
        refused("the same in the layout of pytorch-ntm");
    }

    @Test
    void aFileOfAnotherVersionOfTheFormatIsRefusedAndOneOfOtherSoftwareIsNot() {
        rewrite("format", "ntm4j/2");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Model.load(file, OptionalInt.empty()))
                .withMessage(file + ": expected the format ntm4j/1, found 'ntm4j/2': another version of ntm4j wrote it");
        rewrite("format", "pt");
        assertThat(Model.load(file, OptionalInt.empty()).machine().outputs()).isEqualTo(1);
    }
}
