package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.RepeatCopyConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes grow over the curriculum from the least to the largest, and never beyond. */
class CurriculumTest {
    private static final long SEED = 5;

    @Test
    void theReachGrowsInProportionToTheSequencesSeen() {
        TrainingConfig config = training("curriculum", 1000L);
        assertThat(config.reach(0)).isZero();
        assertThat(config.reach(250)).isEqualTo(0.25);
        assertThat(config.reach(999)).isEqualTo(0.999);
        assertThat(config.reach(1000)).isEqualTo(1);
        assertThat(config.reach(1_000_000)).isEqualTo(1);
        assertThat(training("curriculum", 0L).reach(0)).as("without a curriculum").isEqualTo(1);
    }

    /** Lengths 1 to 20: the range is rounded up, so that the second length is there as soon as there is any reach. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0.001, 2", "0.052, 2", "0.053, 3", "0.5, 11", "0.947, 19", "0.948, 20", "1, 20"})
    void everyLengthUpToTheReachIsDrawnAndNoneBeyond(double reach, int most) {
        Task task = new CopyConfig(CopyConfig.Name.COPY, 1, 20, 1).create();
        Set<Integer> lengths = new TreeSet<>();
        Random64 random = Random64.of(SEED, "lengths", 0);
        for (int i = 0; i < 2000; i++) {
            lengths.add(task.draw(random, reach).get("length"));
        }
        assertThat(lengths).hasSize(most).startsWith(1).endsWith(most);
    }

    @Test
    void everyParameterOfASizeGrows() {
        Task task = RepeatCopyConfig.DEFAULT.create();
        Random64 random = Random64.of(SEED, "sizes", 0);
        for (int i = 0; i < 200; i++) {
            Size least = task.draw(random, 0);
            task.sizes().forEach(range -> assertThat(least.get(range.name())).isEqualTo(range.min()));
        }
    }

    /** What a training draws: with lengths 1 to 5, none of an update is longer than one more than its share of the way. */
    @Test
    void aTrainingFollowsTheCurriculum() {
        List<Double> reaches = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        Task copy = SmallTraining.COPY.create();
        Task task = new WatchedTask(copy, update -> {}) {
            @Override
            public Size draw(Random64 random, double reach) {
                Size size = super.draw(random, reach);
                reaches.add(reach);
                lengths.add(size.get("length"));
                return size;
            }
        };
        Machine machine = SmallTraining.machine(SmallTraining.ntm(), copy, SEED);
        TrainingConfig config = training("batch", 4, "sequences", 400L, "curriculum", 200L, "evaluation_interval", 1_000_000L);
        try (Trainer trainer = new Trainer(machine, task, config, SEED, 1, KernelProvider.PORTABLE)) {
            trainer.run();
        }
        assertThat(reaches).hasSize(100);
        for (int update = 0; update < 100; update++) {
            assertThat(reaches.get(update)).isEqualTo(Math.min(1, 4 * update / 200.0));
            assertThat(lengths.get(update)).isBetween(1, 1 + (int) Math.ceil(4 * Math.min(1, update / 50.0)));
        }
        assertThat(lengths.subList(50, 100)).contains(5);
        assertThat(lengths.getFirst()).isEqualTo(1);
    }
}
