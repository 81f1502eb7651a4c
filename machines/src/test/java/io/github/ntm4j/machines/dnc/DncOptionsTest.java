package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Machines;
import io.github.ntm4j.machines.machine.Outcome.Deviation;
import io.github.ntm4j.machines.machine.Outcome;
import io.github.ntm4j.machines.machine.Sequences;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option, alone and with others, against the equations in doubles. */
class DncOptionsTest {
    private static final Set<String> PARTS = Set.of("allocation", "write_content", "memory", "write_weighting", "read_weighting", "precedence", "link", "usage", "reads", "logits");

    private static DncConfig config(String assignments) {
        String all = "type=dnc controller_size=7 rows=9 width=4 read_heads=2 start=learned tendency=none sharpen=false order_bits=0 " + assignments;
        return (DncConfig) Machines.config(Stream.of(all.split(" ")).map(setting -> "machine." + setting).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read_heads=1",
                "read_heads=3",
                "usage_gradient=full",
                "strength=softplus",
                "vectors=tanh",
                "cosine=norms",
                "cosine=exact",
                "allocation_epsilon=0",
                "clip=none",
                "clip=interface clip_value=0.2",
                "clip=state clip_value=0.2",
                "clip=hidden clip_value=0.1",
                "controller_gradient_clip=0.003",
                "usage_order=softmax",
                "order_bits=12",
                "order_bits=1",
                "mask=true",
                "mask=true mask_minimum=0.1",
                "deallocate=true",
                "deallocate=true usage_gradient=full read_heads=3",
                "sharpen=true",
                "mask=true deallocate=true sharpen=true",
                "mask=true mask_minimum=0.2 cosine=norms",
                "mask=true cosine=exact",
                "layer_norm=true",
                "layer_norm=true clip=interface clip_value=0.5",
                "links=none",
                "links=none layer_norm=true mask=true",
                "links=sparse link_entries=3",
                "links=sparse link_entries=9 sharpen=true",
                "feed_reads=false",
                "controller_layers=3",
                "controller_layers=2 clip=state clip_value=0.3",
                "controller_layers=2 clip=hidden clip_value=0.1",
                "controller=feed-forward",
                "controller=feed-forward controller_layers=2 controller_activation=relu",
                "start=zero order_bits=12",
                "start=small order_bits=12",
                "start=random",
                "order_bits=12 write_heads=2",
                "order_bits=12 write_heads=3 read_heads=1 usage_gradient=full deallocate=true",
                "order_bits=12 write_heads=2 mask=true sharpen=true",
                "order_bits=12 write_heads=2 links=none",
                "write_heads=2 usage_order=softmax",
                "rows=1 read_heads=1 width=1",
                "tendency=tape strength_bias=3",
                "start=zero order_bits=12 cosine=exact allocation_epsilon=0 usage_gradient=full",
            })
    void theMachineIsItsReference(String assignments) {
        assertSame(config(assignments));
    }

    /** All presets, in small. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "graves-2016", "deepmind-dnc", "csordas-2019", "franke-2018"})
    void aPresetIsItsReference(String preset) {
        assertSame((DncConfig) Machines.config(
                "preset=" + preset, "machine.type=dnc", "machine.controller_size=7", "machine.rows=9", "machine.width=4", "machine.order_bits=12"));
    }

    private static void assertSame(DncConfig config) {
        Machine machine = config.build(3, 2);
        Machines.draw(machine.parameters(), 15);
        if (config.store().start() == StoreSettings.Start.RANDOM) {
            machine.initialise(15);
        }
        Sequences sequences = Sequences.random(15, 8, 2, 3, 2);
        Outcome reference = ReferenceDncRun.of(config, Machines.values(machine.parameters()), sequences, PARTS);
        for (KernelProvider provider : KernelProvider.values()) {
            Outcome outcome = DncRun.of(config, machine, provider, sequences, PARTS);
            Deviation states = outcome.states(reference);
            assertThat(states.size()).as("%s, %s", provider, states.place()).isLessThanOrEqualTo(1e-5);
            assertThat(outcome.loss()).isCloseTo(reference.loss(), within(1e-4));
            // What stays as drawn has no derivative in the machine.
            outcome.gradients().keySet().removeIf(name -> name.endsWith("weighting"));
            reference.gradients().keySet().retainAll(outcome.gradients().keySet());
            Deviation gradients = outcome.relativeGradients(reference);
            assertThat(gradients.size()).as("%s, %s", provider, gradients.place()).isLessThanOrEqualTo(1e-4);
        }
    }
}
