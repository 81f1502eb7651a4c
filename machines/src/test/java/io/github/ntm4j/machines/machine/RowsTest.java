package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Outcome.Deviation;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.ntm.NtmConfig;
import io.github.ntm4j.machines.ntm.NtmMachine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trained machine with another number of rows than it was trained with. */
class RowsTest {
    private static final long SEED = 3;
    private static final int INPUTS = 4;
    private static final int OUTPUTS = 3;
    private static final int TRAINED = 8;
    private static final int WIDTH = 5;

    @TempDir
    private Path folder;

    /** A machine with drawn parameters, in a file. */
    private Path stored(String... settings) {
        MachineConfig config = Machines.config(settings);
        Machine machine = config.build(INPUTS, OUTPUTS);
        Machines.draw(machine.parameters(), SEED);
        Path file = folder.resolve("machine.safetensors");
        Machines.write(machine, config, file);
        return file;
    }

    private Path learned(String memory) {
        return stored(
                "preset=graves-2014",
                "machine.rows=" + TRAINED,
                "machine.width=" + WIDTH,
                "machine.controller_size=6",
                "machine.read_heads=2",
                "machine.write_heads=2",
                "machine.initial_memory=" + memory);
    }

    private static NtmMachine<?> load(Path file, int rows) {
        Model model = Model.load(file, OptionalInt.of(rows));
        assertThat(((NtmConfig) model.machineConfig()).memory().rows()).isEqualTo(rows);
        return (NtmMachine<?>) model.copy();
    }

    private static float[] entry(Machine machine, String name) {
        for (Entry entry : machine.parameters().entries()) {
            if (entry.name().equals(name)) {
                return entry.read(machine.parameters().values());
            }
        }
        throw new AssertionError("no parameter " + name);
    }

    @ParameterizedTest
    @CsvSource({"learned,8", "learned,20", "learned,5", "random,20", "random,3"})
    void theRowsOfAMemoryRepeatInTurn(String memory, int rows) {
        Path file = learned(memory);
        float[] trained = entry(load(file, TRAINED), "initial_memory");
        float[] fitted = entry(load(file, rows), "initial_memory");
        assertThat(fitted).hasSize(rows * WIDTH);
        for (int row = 0; row < rows; row++) {
            int source = row % TRAINED * WIDTH;
            assertThat(Arrays.copyOfRange(fitted, row * WIDTH, (row + 1) * WIDTH))
                    .as("row %s", row)
                    .isEqualTo(Arrays.copyOfRange(trained, source, source + WIDTH));
        }
    }

    /** One line for each head, read heads first. */
    private static float[][] weightings(NtmMachine<?> machine) {
        Tape tape = new Tape(machine.parameters(), KernelProvider.PORTABLE.create(), false);
        List<Tensor> tensors = machine.initialState(tape, 1).memory().weightings();
        return tensors.stream()
                .flatMap(tensor -> IntStream.range(0, tensor.lines())
                        .mapToObj(line -> Arrays.copyOfRange(tape.values(), tensor.at(0, line), tensor.at(0, line) + tensor.size())))
                .toArray(float[][]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 20, 1000})
    void learnedWeightingsStayWhereTheyWere(int rows) {
        Path file = learned("learned");
        float[][] trained = weightings(load(file, TRAINED));
        float[][] fitted = weightings(load(file, rows));
        assertThat(fitted).hasDimensions(4, rows);
        for (int head = 0; head < fitted.length; head++) {
            for (int row = 0; row < rows; row++) {
                float expected = row < TRAINED ? trained[head][row] : 0;
                assertThat(fitted[head][row]).as("head %s, row %s", head, row).isCloseTo(expected, within(1e-7f));
            }
        }
    }

    @Test
    void learnedWeightingsOfFewerRowsAreDistributionsStill() {
        for (float[] weighting : weightings(load(learned("learned"), 5))) {
            float sum = 0;
            for (float weight : weighting) {
                assertThat(weight).isBetween(0f, 1f);
                sum += weight;
            }
            assertThat(sum).isCloseTo(1, within(1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20, 64})
    void itFollowsTheEquationsWithAnyNumberOfRows(int rows) {
        NtmMachine<?> machine = load(learned("learned"), rows);
        Sequences sequences = Sequences.random(SEED, 8, 2, INPUTS, OUTPUTS);
        Outcome expected =
                ReferenceRun.of(machine.config(), Machines.values(machine.parameters()), new LinkedHashMap<>(), sequences);
        for (KernelProvider provider : KernelProvider.values()) {
            Deviation states = MachineRun.of(machine, provider, sequences).states(expected);
            assertThat(states.size()).as("%s, %s", provider, states.place()).isLessThanOrEqualTo(1e-5);
        }
    }

    @Test
    void aConstantMemoryAndAFixedWeightingNeedNoParameters() {
        Path file = stored("preset=default", "machine.rows=8", "machine.width=5");
        NtmMachine<?> large = load(file, 300);
        for (float[] weighting : weightings(large)) {
            assertThat(weighting).hasSize(300).startsWith(1);
        }
        assertThat(Machines.values(large.parameters()).keySet()).isEqualTo(Machines.values(load(file, TRAINED).parameters()).keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 1 << 25})
    void rowsThatCannotBeAreRefused(int rows) {
        Path file = learned("learned");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Model.load(file, OptionalInt.of(rows)))
                .withMessageContaining("rows")
                .withMessageContaining("expected");
    }

    @Test
    void aMachineWithoutAMemoryHasNoRowsToChange() {
        Path file = stored("machine.type=lstm", "machine.controller_size=6");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Model.load(file, OptionalInt.of(16)))
                .withMessageStartingWith("--rows: ")
                .withMessageContaining("without a memory");
    }
}
