package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.WorkingMemory;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryAtWorkTest {
    private static final Task COPY = new CopyConfig(CopyConfig.Name.COPY, 1, 20, 8).create();

    private static Machine rows(int rows) {
        return machine(((NtmConfig) Preset.DEFAULT.machine("ntm-lstm")).withRows(rows), COPY, 1);
    }

    private static void refused(Runnable check, String begins) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(check::run)
                .withMessageMatching(begins + " needs \\d+ MiB, and java has \\d+ MiB; give java more \\(NTM_JAVA_OPTS=-Xmx\\d+g\\), or take .*");
    }

    @Test
    void whatIsUsualFits() {
        Machine machine = rows(128);
        List<Size> sizes = List.of(Size.of("length", 20), Size.of("length", 120));
        assertThatCode(() -> WorkingMemory.requireSession(machine, 1)).doesNotThrowAnyException();
        assertThatCode(() -> MeasuringMemory.requireEvaluation(machine, COPY, sizes, 1000, 2)).doesNotThrowAnyException();
        assertThatCode(() -> WorkingMemory.requireTrace(machine, 241, true, 1)).doesNotThrowAnyException();
    }

    @Test
    void tooManyStepsToKeepAreRefused() {
        refused(() -> WorkingMemory.requireTrace(rows(4096), 10_000_000, true, 1), "keeping what is done in sequences of 10000000 steps");
        refused(() -> WorkingMemory.requireTrace(rows(128), 1_000_000, false, 1000), "keeping what is done in sequences of 1000000 steps");
    }

    @Test
    void moreSequencesThanScoresCanBeKeptOfAreRefused() {
        refused(
                () -> MeasuringMemory.requireEvaluation(rows(128), COPY, List.of(Size.of("length", 20)), 1L << 40, 2),
                "measuring sequences of 41 steps with 2 threads");
    }

    @Test
    void moreRowsThanArraysHoldAreRefusedInOneLine() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> WorkingMemory.requireSession(rows(13_000_000), 64))
                .withMessageMatching("(a single step of the machine needs more than .* java has( \\d+ MiB)?|running a machine of .* needs .*); "
                        + "give java more \\(NTM_JAVA_OPTS=-Xmx\\d+g\\), or take fewer --rows or a smaller size");
    }
}
