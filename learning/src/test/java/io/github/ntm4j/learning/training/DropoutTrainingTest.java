package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.machines.episode.RecurrentMachine;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A machine that leaves out units as it learns has the same bits on any threads, and goes on to the bit. */
final class DropoutTrainingTest {
    private static final long SEED = 3;
    private static final Task TASK = COPY.create();

    private static Machine machine(float keep) {
        Machine machine = new RecurrentMachine(TASK.inputs(), TASK.outputs(), false, keep);
        machine.initialise(SEED);
        return machine;
    }

    private static TrainingConfig config() {
        return training("batch", 6, "sequences", 60, "evaluation_interval", 18, "evaluation_sequences", 5, "solved_bits", 0, "segment", 4);
    }

    private static Frozen train(float keep, int threads, List<TrainingEvent> events) {
        try (Trainer trainer = SmallTraining.trainer(machine(keep), TASK, config(), SEED, threads, KernelProvider.SIMD, events)) {
            trainer.run();
            return Frozen.of(trainer);
        }
    }

    @Test
    void threadsDoNotChangeTheBits() {
        List<TrainingEvent> events = new ArrayList<>();
        Frozen one = train(0.9f, 1, events);
        List<TrainingEvent> others = new ArrayList<>();
        assertThat(train(0.9f, 3, others)).isEqualTo(one);
        assertThat(others).isEqualTo(events);
        assertThat(train(1, 1, new ArrayList<>()).weights()).isNotEqualTo(one.weights());
    }

    @Test
    void aTrainingThatIsRestoredGoesOnToTheBit() {
        Frozen unbroken = train(0.9f, 1, new ArrayList<>());
        Frozen half;
        try (Trainer trainer = new Trainer(machine(0.9f), TASK, config(), SEED, 2, KernelProvider.PORTABLE)) {
            trainer.watch(sequences -> {
                if (sequences == 30) {
                    trainer.stop();
                }
            });
            trainer.run();
            half = Frozen.of(trainer);
        }
        try (Trainer trainer = new Trainer(machine(0.9f), TASK, config(), SEED, 1, KernelProvider.SIMD)) {
            half.into(trainer);
            trainer.run();
            assertThat(Frozen.of(trainer)).isEqualTo(unbroken);
        }
    }
}
