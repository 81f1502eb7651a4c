package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.Machines;
import io.github.ntm4j.machines.machine.Outcome.Deviation;
import io.github.ntm4j.machines.machine.Outcome;
import io.github.ntm4j.machines.machine.Sequences;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A Differentiable Neural Computer with another number of rows than it was trained with. Free rows are interchangeable, and some are equal here:
 * what names no row is compared.
 */
class DncRowsTest {
    private static final Set<String> PARTS = Set.of("reads", "logits");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"zero,3", "zero,8", "zero,24", "small,20", "learned,20", "learned,5", "random,5"})
    void itFollowsTheEquationsWithAnyNumberOfRows(String start, int rows) {
        Model model = load(start, rows);
        Machine machine = model.copy();
        DncConfig config = (DncConfig) model.machineConfig();
        assertThat(config.store().rows()).isEqualTo(rows);
        Sequences sequences = Sequences.random(3, 8, 2, 4, 3);
        Outcome expected = ReferenceDncRun.of(config, Machines.values(machine.parameters()), sequences, PARTS);
        for (KernelProvider provider : KernelProvider.values()) {
            Deviation states = DncRun.of(config, machine, provider, sequences, PARTS).states(expected);
            assertThat(states.size()).as("%s, %s", provider, states.place()).isLessThanOrEqualTo(1e-5);
        }
    }

    private Model load(String start, int rows) {
        MachineConfig config = Machines.config(Stream.of("type=dnc", "rows=8", "width=5", "controller_size=6", "read_heads=2", "start=" + start)
                .map(setting -> "machine." + setting)
                .toArray(String[]::new));
        Machine machine = config.build(4, 3);
        machine.initialise(3);
        Path file = folder.resolve("machine.safetensors");
        Machines.write(machine, config, file);
        return Model.load(file, OptionalInt.of(rows));
    }
}
