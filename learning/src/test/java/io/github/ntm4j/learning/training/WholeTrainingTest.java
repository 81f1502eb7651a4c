package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Neighbours;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.MachineFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that reads whole sequences is trained, evaluated, replayed, saved and resumed like any other. */
final class WholeTrainingTest {
    private static final long SEED = 5;
    private static final Task TASK = new NeighbourTask(9);

    private static Machine machine(boolean noisy) {
        Machine machine = new Neighbours(1, 1, 8, 1, noisy);
        machine.initialise(SEED);
        return machine;
    }

    private static TrainingConfig config(Object... settings) {
        TrainingConfig config = training("batch", 6, "sequences", 90, "evaluation_interval", 18, "evaluation_sequences", 11, "solved_bits", 0);
        return SmallTraining.changed(config, settings);
    }

    private static Frozen train(boolean noisy, int threads, KernelProvider provider, List<TrainingEvent> events) {
        try (Trainer trainer = SmallTraining.trainer(machine(noisy), TASK, config(), SEED, threads, provider, events)) {
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            return Frozen.of(trainer);
        }
    }

    @Test
    void threadsAndKernelsDoNotChangeTheBits() {
        List<TrainingEvent> events = new ArrayList<>();
        Frozen one = train(true, 1, KernelProvider.PORTABLE, events);
        for (int threads = 1; threads <= 3; threads++) {
            List<TrainingEvent> others = new ArrayList<>();
            assertThat(train(true, threads, KernelProvider.SIMD, others)).as("%d threads", threads).isEqualTo(one);
            assertThat(others).isEqualTo(events);
        }
        assertThat(train(false, 1, KernelProvider.SIMD, new ArrayList<>())).isNotEqualTo(one);
    }

    @Test
    void aTrainingThatIsStoppedAndRestoredIsTheUnbrokenOne() {
        Frozen unbroken = train(true, 2, KernelProvider.SIMD, new ArrayList<>());
        Frozen last = null;
        for (long stop : new long[] {24, 54, 90}) {
            Machine machine = machine(true);
            machine.initialise(stop);
            try (Trainer trainer = new Trainer(machine, TASK, config(), SEED, 1, KernelProvider.SIMD)) {
                if (last != null) {
                    last.into(trainer);
                } else {
                    machine.initialise(SEED);
                }
                trainer.watch(sequences -> {
                    if (sequences == stop) {
                        trainer.stop();
                    }
                });
                trainer.run();
                last = Frozen.of(trainer);
            }
        }
        assertThat(last).isEqualTo(unbroken);
    }

    @Test
    void itLearnsWhatNoStepMachineCanAndStillKnowsItWhenItIsRead(@TempDir Path folder) {
        Machine machine = machine(false);
        TrainingConfig config = training("batch", 4, "learning_rate", 0.01, "sequences", 40_000, "solved_bits", 0.1);
        try (Trainer trainer = new Trainer(machine, TASK, config, SEED, 1, KernelProvider.best())) {
            assertThat(trainer.run()).isEqualTo(Outcome.SOLVED);
        }
        MachineFile.write(folder.resolve("machine.safetensors"), machine);
        Machine read = machine(false);
        MachineFile.read(folder.resolve("machine.safetensors"), read);
        try (Evaluator evaluator = new Evaluator(read, TASK, 2, KernelProvider.best())) {
            Evaluation beyond = evaluator.evaluate(Size.of("length", 60), 20, 1, "test", 0);
            assertThat(beyond.bitErrorsPerSequence()).isZero();
            assertThat(beyond.excessBits()).isLessThan(2);
        }
    }

    private static Replay.Finding replay(float poison, int where, Machine machine) {
        List<Sequence> batch = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Sequence sequence = new Sequence(1, 1);
            TASK.generate(TASK.largest(), Random64.of(SEED, "sequence", i), sequence);
            batch.add(sequence);
        }
        batch.get(4).input()[where] = poison;
        TrainingState state;
        try (Trainer trainer = new Trainer(machine, TASK, config(), SEED, 1, KernelProvider.PORTABLE)) {
            state = trainer.state();
        }
        try (Replay replay = new Replay(machine, TASK.objective(), config(), batch, 2, KernelProvider.PORTABLE)) {
            return replay.run(state.progress(), SEED).orElseThrow();
        }
    }

    @Test
    void aReplayNamesThePlace() {
        assertThat(replay(Float.NaN, 6, machine(false))).isEqualTo(new Replay.Finding(NonFinite.LOSS, "sequence 5 of the batch, step 7: input"));
        Machine broken = machine(false);
        Arrays.fill(broken.parameters().values(), Float.NaN);
        broken.parameters().refresh();
        assertThat(replay(0, 6, broken).first()).isEqualTo("sequence 1 of the batch, step 1: output 0");
    }

    @Test
    void aTrainingThatDoesNotFitIsRefusedWithoutTalkOfSegments() {
        Machine machine = new Neighbours(1, 1, 64, 1, false);
        TrainingConfig config = config("segment", 10);
        Task task = new NeighbourTask(900);
        TrainingMemory memory = TrainingMemory.of(machine, task, config, 1);
        assertThat(memory.recordedSteps()).isEqualTo(900);
        assertThat(memory.states()).isZero();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TrainingMemory.requireWithin(18 << 20, machine, task, config, 1))
                .withMessageMatching("training on sequences of 900 steps needs \\d+ MiB, and java has 18 MiB; "
                        + "give java more \\(NTM_JAVA_OPTS=-Xmx\\dg\\), or take a smaller training\\.batch, machine\\.rows or task size");
    }
}
