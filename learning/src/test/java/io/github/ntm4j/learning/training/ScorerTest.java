package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Scorer.Score;
import io.github.ntm4j.machines.machine.Machine;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ScorerTest {
    private static final Task TASK = COPY.create();
    private static final Size SIZE = Size.of("length", 4);
    private static final Machine MACHINE = machine(ntm(), TASK, 1);

    @Test
    void a_sequence_has_the_same_score_in_whatever_company_it_is_run() {
        Scorer many = new Scorer(MACHINE, TASK, 7, KernelProvider.SIMD);
        Scorer alone = new Scorer(MACHINE, TASK, 1, KernelProvider.SIMD);
        List<Score> scores = many.score(SIZE, 9, "test", 2, 5, () -> true);
        assertThat(scores).hasSize(5);
        for (int i = 0; i < scores.size(); i++) {
            Score score = alone.score(SIZE, 9, "test", 2 + i, 1, () -> true).getFirst();
            assertThat(scores.get(i).loss()).isCloseTo(score.loss(), within(1e-4)).isPositive();
            assertThat(scores.get(i).wrong()).isEqualTo(score.wrong());
            assertThat(scores.get(i).counted()).isEqualTo(4 * 4);
        }
    }

    @Test
    void it_stops_where_it_is_told_to() {
        Scorer scorer = new Scorer(MACHINE, TASK, 2, KernelProvider.SIMD);
        AtomicInteger asked = new AtomicInteger();
        assertThat(scorer.score(SIZE, 9, "test", 0, 2, () -> asked.incrementAndGet() < 4)).isEmpty();
        assertThat(asked).hasValue(4);
    }
}
