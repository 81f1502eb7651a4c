package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.TrainingEvent.Evaluated;
import io.github.ntm4j.learning.training.TrainingEvent.Finished;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.learning.training.TrainingEvent.Solved;
import io.github.ntm4j.learning.training.TrainingEvent.Started;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default settings really teach a machine, though a small one, to copy. Some 12,000 sequences are enough. */
final class CopyLearningTest {
    private static final int EVALUATED = 200;
    /** The usual 0.1 is for the 160 bits of a sequence of copy; here it has 15. */
    private static final double SOLVED_BITS = 0.02;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSmallCopyTaskIsSolvedByTheDefaultSettings(long seed) {
        Task task = COPY.create();
        Machine machine = machine(ntm("controller_size", 32), task, seed);
        List<TrainingEvent> events = new ArrayList<>();
        try (Trainer trainer =
                SmallTraining.trainer(machine, task, training("sequences", 40_000, "solved_bits", SOLVED_BITS), seed, 1, KernelProvider.best(), events)) {
            assertThat(trainer.run()).isEqualTo(Outcome.SOLVED);
        }
        assertThat(events.getFirst()).isEqualTo(new Started(0));
        long end = ((Finished) events.getLast()).sequences();
        assertThat(events.get(events.size() - 2)).isEqualTo(new Solved(end));

        List<Evaluated> evaluations = all(events, Evaluated.class);
        for (Evaluated good : evaluations.subList(evaluations.size() - 2, evaluations.size())) {
            assertThat(good.evaluation().at()).isEqualTo(Size.of("length", 5));
            assertThat(good.evaluation().sequences()).isEqualTo(EVALUATED);
            assertThat(good.evaluation().exactSequences()).isEqualTo(EVALUATED);
            assertThat(good.evaluation().bitsPerSequence()).isLessThan(SOLVED_BITS);
        }
        assertThat(evaluations.getFirst().evaluation().bitErrorsPerSequence()).as("before it learned").isGreaterThan(3);

        List<Reported> reports = all(events, Reported.class);
        assertThat(reports.getFirst().bitsPerSequence()).as("at even odds").isBetween(8.0, 16.0);
        assertThat(reports.getLast().bitsPerSequence()).isLessThan(1);

        try (Evaluator evaluator = new Evaluator(machine, task, 1, KernelProvider.PORTABLE)) {
            for (int length = 1; length <= 5; length++) {
                Evaluation fresh = evaluator.evaluate(Size.of("length", length), 200, seed, "test", 0);
                assertThat(fresh.bitErrorsPerSequence()).as("errors at length %d", length).isLessThan(0.02);
            }
        }
    }

    private static <E extends TrainingEvent> List<E> all(List<TrainingEvent> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
