package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.RecordingSize;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What sparse links take grows with the rows, not with their square. */
class SparseRowsTest {
    private static final int STEPS = 20;

    private static Machine machine(int rows) {
        return Settings.with(DncConfig.DEFAULT, Map.of("rows", rows, "width", 4, "controller_size", 8, "links", "sparse", "write_heads", 2, "order_bits", 12))
                .build(3, 2);
    }

    private static long training(int rows) {
        RecordingSize size = machine(rows).size(new Desk(Objective.BITS, 2, 0, 1, KernelProvider.PORTABLE), true);
        return size.values(STEPS) + size.gradients(STEPS);
    }

    @Test
    void memoryIsInProportionToTheRows() {
        assertThat((double) training(4096) / training(2048)).isLessThan(2.05);
        assertThat((double) Session.bytes(machine(4096), 1) / Session.bytes(machine(2048), 1)).isLessThan(2.05);
    }

    @Test
    void moreRowsThanATableCanShowAreSteppedAndTheirLinksNotShown() {
        Machine machine = machine(100_000);
        machine.initialise(3);
        assertThat(machine.signals().at("link")).isEmpty();
        assertThat(machine(DncConfig.MOST_TABLED_ROWS).signals().at("link")).isPresent();
        Session session = new Session(machine, 1, KernelProvider.best());
        for (int t = 0; t < 3; t++) {
            session.step(1, 0, 1);
        }
        assertThat(session.probabilities()).hasSize(2).doesNotContain(Float.NaN);
    }
}
