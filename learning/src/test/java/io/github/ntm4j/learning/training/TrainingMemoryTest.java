package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Episode;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of a training is known before it starts. */
final class TrainingMemoryTest {
    private static final long MEBIBYTE = 1 << 20;

    private static Task copy(int length) {
        return new CopyConfig(CopyConfig.Name.COPY, 1, length, 8).create();
    }

    private static Machine defaultMachine(Task task) {
        MachineConfig config = Preset.DEFAULT.machine("ntm-lstm");
        return machine(config, task, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 40, 41, 50})
    void theFigureIsWhatIsTaken(int segment) {
        Task task = copy(20);
        Machine machine = machine(ntm("read_heads", 2), task, 1);
        TrainingMemory memory = TrainingMemory.of(machine, task, training("batch", 10, "segment", segment), 2);
        long floats = 0;
        for (int shard : new int[] {4, 2}) { // a batch of 10 is 4 + 4 + 2 sequences
            Episode unrolled = machine.episode(new Desk(Objective.BITS, shard, segment, 1, KernelProvider.SIMD));
            unrolled.extend(41);
            floats += 2 * unrolled.floats();
        }
        assertThat((memory.recordings() + memory.states()) / Float.BYTES).isEqualTo(floats);
        assertThat(memory.recordedSteps()).isEqualTo(segment == 0 ? 41 : Math.min(41, segment));
    }

    /** Weights and all that the optimiser keeps of each, now and of the last good state, and one derivative of each at least. */
    @Test
    void whatIsKeptOfEachParameterIsCounted() {
        Task task = copy(2);
        Machine machine = machine(SmallTraining.changed(LstmConfig.DEFAULT, "controller_size", 256, "controller_layers", 1), task, 1);
        TrainingConfig config = training("batch", 1, "optimiser", "rmsprop");
        try (Trainer trainer = new Trainer(machine, task, config, 1, 1, KernelProvider.PORTABLE)) {
            TrainingState state = trainer.state();
            long floats = 2L * state.weights().length;
            floats += state.moments().values().stream().mapToLong(moment -> moment.length).sum();
            floats += state.good().weights().length;
            floats += state.good().moments().values().stream().mapToLong(moment -> moment.length).sum();
            assertThat(TrainingMemory.of(machine, task, config, 1).others()).isGreaterThanOrEqualTo(floats * Float.BYTES);
        }
    }

    @Test
    void aTrainingThatFitsIsNotRefused() {
        Task task = copy(20);
        Machine machine = defaultMachine(task);
        long bytes = TrainingMemory.of(machine, task, training(), 2).bytes();
        assertThat(bytes).isLessThan(64 * MEBIBYTE);
        assertThatCode(() -> TrainingMemory.requireWithin(bytes, machine, task, training(), 2)).doesNotThrowAnyException();
    }

    /** Temporal links are most of what a large DNC keeps: those that are computed again need no place of their own. */
    @Test
    void linksThatAreComputedAgainAreNotCounted() {
        assertThat(TrainingMemory.of(dnc(200), copy(249), training("batch", 4), 1).bytes()).isGreaterThan(499L * 4 * 200 * 200 * Float.BYTES);
        TrainingConfig again = training("batch", 4, "link_interval", 22);
        assertThat(TrainingMemory.of(dnc(200), copy(249), again, 1).bytes()).isLessThan(499L * 4 * 200 * 200 * Float.BYTES);
        assertThat(TrainingMemory.of(dnc(256), copy(249), again, 1).bytes()).isLessThan(300 * MEBIBYTE);
    }

    private static Machine dnc(int rows) {
        Map<String, Object> large = Map.of("rows", rows, "width", 64, "read_heads", 4, "controller_size", 256);
        return machine((MachineConfig) Settings.with((Record) Preset.DEFAULT.machine("dnc"), large), copy(249), 1);
    }

    @Test
    void aTrainingThatDoesNotFitIsToldTheSegmentThatWould() {
        Task task = copy(5000);
        Machine machine = defaultMachine(task);
        TrainingConfig config = training("batch", 1);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TrainingMemory.requireWithin(128 * MEBIBYTE, machine, task, config, 1))
                .withMessageMatching("training on sequences of 10001 steps needs \\d+ MiB, and java has 128 MiB; "
                        + "set training\\.segment=\\d+, which needs \\d+ MiB, or give java more \\(NTM_JAVA_OPTS=-Xmx\\dg\\), "
                        + "or take a smaller training\\.batch, machine\\.rows or task size");
    }

    @Test
    void theAdvisedSegmentNeedsLessThanOthers() {
        Task task = copy(5000);
        Machine machine = defaultMachine(task);
        String message = "";
        try {
            TrainingMemory.requireWithin(128 * MEBIBYTE, machine, task, training(), 1);
        } catch (UserException e) {
            message = String.valueOf(e.getMessage());
        }
        int advised = Integer.parseInt(message.replaceAll(".*training\\.segment=(\\d+),.*", "$1"));
        long least = TrainingMemory.of(machine, task, training("segment", advised), 1).bytes();
        for (int segment : new int[] {1, advised / 2, advised * 2, 1000, 0}) {
            assertThat(TrainingMemory.of(machine, task, training("segment", segment), 1).bytes()).isGreaterThan(least);
        }
    }

    @Test
    void moreThanTheLargestArrayIsRefusedHoweverMuchMemoryThereIs() {
        Task task = copy(100_000);
        Machine machine = defaultMachine(task);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TrainingMemory.requireWithin(Long.MAX_VALUE, machine, task, training("batch", 4), 2))
                .withMessageMatching("training on sequences of 200001 steps needs \\d+ MiB and arrays larger than java has them; "
                        + "set training\\.segment=\\d+, which needs \\d+ MiB, "
                        + "or take a smaller training\\.batch, machine\\.rows or task size");
    }

    @Test
    void aStepBeyondTheLargestArrayIsRefused() {
        Task task = copy(1);
        Machine machine = machine(ntm("rows", 4096, "width", 1024, "write_heads", 128, "write_addressing", "in-turn", "controller_size", 1), task, 1);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TrainingMemory.of(machine, task, training("segment", 1, "batch", 64), 1))
                .withMessage("a single step of the machine is larger than java's largest array; "
                        + "take a smaller training.batch, machine.rows or machine.width");
    }
}
