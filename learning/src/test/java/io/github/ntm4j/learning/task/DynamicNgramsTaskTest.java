package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.machines.episode.Sequence;
import org.junit.jupiter.api.Test;

final class DynamicNgramsTaskTest {
    private static final DynamicNgramsTask TASK = DynamicNgramsConfig.DEFAULT.create();
    private static final Size SIZE = Size.of("length", 200);

    @Test
    void theMachineSeesABitAndPredictsTheNext() {
        Sequence s = Samples.of(TASK, SIZE, 1);
        assertThat(s.steps()).isEqualTo(200);
        assertThat(s.input()[0]).isZero();
        for (int step = 0; step < 200; step++) {
            assertThat(s.mask()[step]).isEqualTo(1);
            assertThat(s.target()[step]).isIn(0f, 1f);
            if (step > 0) {
                assertThat(s.input()[step]).isEqualTo(s.target()[step - 1]);
            }
        }
    }

    /** 133.06 bits over 200 bits, of which the first five are fair coins: worked out by others, see the paper's figure 13. */
    @Test
    void theOptimumIsThatOfThePaper() {
        int sequences = 20_000;
        double bits = 0;
        Sequence s = new Sequence(1, 1);
        for (int i = 0; i < sequences; i++) {
            TASK.generate(SIZE, io.github.ntm4j.engine.random.Random64.of(1, "optimum", i), s);
            bits += TASK.optimum(s) / Math.log(2);
        }
        assertThat(bits / sequences).isCloseTo(133.06, within(3 * (0.15 + 36 / Math.sqrt(sequences))));
    }

    @Test
    void theOptimumOfAShortSequenceByHand() {
        DynamicNgramsTask task = new DynamicNgramsConfig(DynamicNgramsConfig.Name.DYNAMIC_NGRAMS, 5, 5, 1).create();
        Sequence s = new Sequence(1, 1);
        s.clear(5);
        float[] bits = {1, 1, 1, 0, 1};
        for (int i = 0; i < bits.length; i++) {
            s.target(i, 0, bits[i]);
        }
        // a coin; after 1: a one of none seen, then one of one; a zero after two ones; after 0: nothing seen yet
        double expected = -Math.log(0.5) - Math.log(0.5 / 1) - Math.log(1.5 / 2) - Math.log(0.5 / 3) - Math.log(0.5 / 1);
        assertThat(task.optimum(s)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void contextsHaveOddsOfTheirOwnMostlyFarFromEven() {
        DynamicNgramsTask task = new DynamicNgramsConfig(DynamicNgramsConfig.Name.DYNAMIC_NGRAMS, 2000, 2000, 1).create();
        int extreme = 0;
        int tables = 500;
        for (int i = 0; i < tables; i++) {
            Sequence s = Samples.of(task, Size.of("length", 2000), i);
            int ones = 0;
            int all = 0;
            for (int step = 1; step < 2000; step++) {
                if (s.target()[step - 1] == 1) {
                    all++;
                    ones += s.target()[step] == 1 ? 1 : 0;
                }
            }
            if (all >= 20) {
                double share = (double) ones / all;
                extreme += share < 0.1 || share > 0.9 ? 1 : 0;
            } else {
                extreme += 1; // a one is hardly ever followed by a one, or hardly ever comes
            }
        }
        // Beta(1/2, 1/2) has 41 % of its mass below 0.1 and above 0.9
        assertThat((double) extreme / tables).isBetween(0.33, 0.6);
    }
}
