package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.machine.Outcome.Deviation;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reading of the paper that has a name: the machine with either kernels against the equations in doubles. */
class OptionsTest {
    private static final long SEED = 20141210;
    private static final int INPUTS = 4;
    private static final int OUTPUTS = 3;
    private static final double STATES = 1e-5;
    private static final double GRADIENTS = 1e-4;
    private static final Sequences SEQUENCES = Sequences.random(SEED, 9, 3, INPUTS, OUTPUTS);

    private static final List<String> BASE = List.of(
            "type=ntm-lstm",
            "controller_size=6",
            "controller_layers=1",
            "rows=9",
            "width=5",
            "read_heads=2",
            "write_heads=2",
            "shift_range=1",
            "initial_memory=learned",
            "initial_weighting=learned",
            "initial_read=learned",
            "initial_controller=learned",
            "head_order=read-first",
            "write_addressing=in-turn",
            "key_activation=none",
            "add_activation=none",
            "parameter_clip=0",
            "output_clip=0");

    /** What differs from the base, each of which must make a difference. */
    static Stream<String> options() {
        return Stream.of(
                "head_order=write-first",
                "write_addressing=together",
                "head_order=write-first write_addressing=together",
                "head_order=write-first write_heads=3 read_heads=3",
                "write_addressing=together write_heads=3 read_heads=1",
                "key_activation=tanh",
                "key_activation=sigmoid",
                "key_activation=relu",
                "add_activation=tanh",
                "add_activation=sigmoid",
                "add_activation=relu",
                "strength_activation=relu",
                "shift_activation=relu",
                "shift_activation=softplus",
                "key_activation=relu strength_activation=relu shift_activation=relu",
                "key_activation=relu strength_activation=relu shift_activation=relu head_order=write-first shift_range=2",
                "parameter_clip=0.25",
                "output_clip=0.25",
                "initial_memory=constant initial_memory_value=1e-6",
                "initial_memory=constant initial_memory_value=0",
                "initial_memory=constant initial_memory_value=-0.5",
                "initial_weighting=first-row",
                "initial_weighting=uniform",
                "initial_weighting=zero",
                "initial_read=zero",
                "initial_read=learned-tanh",
                "initial_controller=zero",
                "shift_range=0",
                "shift_range=2",
                "shift_range=4",
                "controller_layers=2",
                "controller_layers=3 initial_controller=zero",
                "type=ntm-ff controller_activation=tanh",
                "type=ntm-ff controller_layers=2 controller_activation=tanh",
                "type=ntm-ff controller_layers=2 controller_activation=sigmoid",
                "type=ntm-ff controller_layers=2 controller_activation=relu",
                "type=ntm-ff controller_layers=2 controller_activation=none",
                "type=ntm-ff controller_layers=2 controller_activation=tanh head_order=write-first shift_range=2",
                "rows=1 shift_range=0",
                "width=1",
                "controller_size=1",
                "rows=16 width=16 controller_size=16",
                "rows=17 width=8 controller_size=17 read_heads=1 write_heads=1");
    }

    private static NtmConfig config(String changes) {
        List<String> assignments = new ArrayList<>(BASE);
        if (!changes.isEmpty()) {
            assignments.addAll(List.of(changes.split(" ")));
        }
        return (NtmConfig) Machines.config(assignments.stream().map(a -> "machine." + a).toArray(String[]::new));
    }

    private static Machine drawn(MachineConfig config, int inputs, int outputs) {
        Machine machine = config.build(inputs, outputs);
        Machines.draw(machine.parameters(), SEED);
        return machine;
    }

    private static Outcome reference(Machine machine, MachineConfig config, Sequences sequences) {
        return ReferenceRun.of(config, Machines.values(machine.parameters()), new LinkedHashMap<>(), sequences);
    }

    @Test
    void theBaseFollowsTheEquations() {
        followsTheEquations(config(""), SEQUENCES);
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionFollowsTheEquations(String changes) {
        followsTheEquations(config(changes), SEQUENCES);
    }

    /** Else it would prove nothing that machine and equations agree. */
    @ParameterizedTest
    @MethodSource("options")
    void anOptionMakesADifference(String changes) {
        NtmConfig base = config("");
        NtmConfig changed = config(changes);
        Outcome usual = reference(drawn(base, INPUTS, OUTPUTS), base, SEQUENCES);
        Outcome other = reference(drawn(changed, INPUTS, OUTPUTS), changed, SEQUENCES);
        assertThat(other.comparableStates(usual).size()).isGreaterThan(10 * STATES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "graves-2014", "collier-2018", "pytorch-ntm", "pytorch-ntm-softplus-shift", "pytorch-ntm-relu"})
    void aPresetFollowsTheEquationsAtItsFullSize(String preset) {
        MachineConfig config = Machines.config("preset=" + preset, "machine.type=ntm-lstm");
        followsTheEquations(config, Sequences.random(SEED, 8, 2, 9, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "machine.controller_layers=1",
        "machine.controller_layers=2 machine.initial_controller=learned",
        "machine.controller_layers=3 machine.controller_size=256"
    })
    void theBaselineFollowsTheEquations(String changes) {
        String all = "machine.type=lstm machine.controller_size=7 machine.initial_controller=zero " + changes;
        followsTheEquations(Machines.config(all.split(" ")), SEQUENCES);
    }

    @Test
    void aMemoryThatStaysAsDrawnFollowsTheEquations() {
        followsTheEquations(config("initial_memory=random"), SEQUENCES);
    }

    /** All rows stay alike, so it does not matter where a read head looks; what is left of its derivatives is rounding. */
    @Test
    void rowsThatNothingTellsApartTeachReadHeadsNothing() {
        NtmConfig config = config("initial_memory=constant initial_memory_value=1e-6 initial_weighting=uniform");
        Machine machine = drawn(config, INPUTS, OUTPUTS);
        Outcome expected = reference(machine, config, SEQUENCES);
        for (KernelProvider provider : KernelProvider.values()) {
            Outcome outcome = MachineRun.of(machine, provider, SEQUENCES);
            Deviation states = outcome.states(expected);
            assertThat(states.size()).as("seed %s, %s, %s", SEED, provider, states.place()).isLessThanOrEqualTo(STATES);
            Deviation gradients = outcome.gradients(expected);
            assertThat(gradients.size()).as("seed %s, %s, %s", SEED, provider, gradients.place()).isLessThanOrEqualTo(1e-6);
            outcome.gradients().forEach((name, derivative) -> {
                if (name.startsWith("read_head")) {
                    assertThat(derivative).as("%s, %s", provider, name).containsOnly(new double[derivative.length], within(1e-9));
                }
            });
        }
    }

    private static void followsTheEquations(MachineConfig config, Sequences sequences) {
        int inputs = sequences.inputs()[0][0].length;
        int outputs = sequences.targets()[0][0].length;
        Machine machine = drawn(config, inputs, outputs);
        Outcome expected = reference(machine, config, sequences);
        for (KernelProvider provider : KernelProvider.values()) {
            Outcome outcome = MachineRun.of(machine, provider, sequences);
            Deviation states = outcome.states(expected);
            Deviation gradients = outcome.relativeGradients(expected);
            assertThat(states.size()).as("seed %s, %s, %s", SEED, provider, states.place()).isLessThanOrEqualTo(STATES);
            assertThat(outcome.loss()).isCloseTo(expected.loss(), within(1e-5 * expected.loss()));
            assertThat(gradients.size()).as("seed %s, %s, %s", SEED, provider, gradients.place()).isLessThanOrEqualTo(GRADIENTS);
        }
    }
}
