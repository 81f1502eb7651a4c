package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Machines;
import io.github.ntm4j.machines.machine.Outcome;
import io.github.ntm4j.machines.machine.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the heads are told, states and derivatives stay finite, and weightings stay weightings. */
class DncExtremesTest {
    private static final Set<String> PARTS = Set.of("usage", "allocation", "write_weighting", "read_weighting", "memory", "reads", "link", "precedence", "logits");
    private static final int STEPS = 12;
    private static final int ROWS = 5;

    /** What the interface has from its biases alone, or the whole machine from its parameters. */
    private enum Told {
        /** Gates, erase and masks are 1, strengths are a thousand. */
        ALL_ON(1000, 1),
        /** Gates, erase and masks are 0, strengths are 1: nothing is ever written, and every usage is 0. */
        ALL_OFF(-1000, 1),
        /** All rows are equally free, and no row is more like a key than another. */
        NOTHING(0, 0),
        /** All of it changes from step to step between its extremes. */
        STEEP(0, 40);

        private final float bias;
        private final float scale;

        Told(float bias, float scale) {
            this.bias = bias;
            this.scale = scale;
        }

        void tell(Parameters parameters) {
            for (Entry entry : parameters.entries()) {
                if (entry.name().startsWith("initial_")) {
                    continue; // is no weight of what the heads are told
                }
                float[] values = entry.read(parameters.values());
                for (int i = 0; i < values.length; i++) {
                    values[i] = scale * values[i];
                }
                if (entry.name().equals("interface.bias")) {
                    Arrays.fill(values, bias);
                }
                entry.write(values, parameters.values());
            }
            parameters.refresh();
        }
    }

    private static final List<String> SETTINGS = List.of(
            "read_heads=2",
            "rows=1 width=1",
            "rows=1",
            "width=1 read_heads=3",
            "cosine=exact allocation_epsilon=0 usage_gradient=full",
            "cosine=norms strength=softplus clip=state",
            "clip=hidden vectors=tanh",
            "clip=none",
            "mask=true mask_minimum=0",
            "mask=true mask_minimum=0 cosine=exact",
            "mask=true mask_minimum=0.99",
            "deallocate=true mask=true sharpen=true",
            "usage_order=softmax",
            "order_bits=0",
            "order_bits=1",
            "controller_layers=4",
            "controller=feed-forward controller_layers=4 controller_activation=tanh",
            "links=none layer_norm=true",
            "links=sparse link_entries=1",
            "links=sparse link_entries=5 sharpen=true",
            "write_heads=3 read_heads=2",
            "start=small cosine=exact",
            "start=random");

    static Stream<Arguments> cases() {
        return SETTINGS.stream().flatMap(settings -> Stream.of(Told.values()).map(told -> Arguments.of(settings, told)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allStaysFinite(String settings, Told told) {
        String all = "type=dnc controller_size=6 rows=" + ROWS + " width=4 " + settings;
        DncConfig config = (DncConfig) Machines.config(Stream.of(all.split(" ")).map(setting -> "machine." + setting).toArray(String[]::new));
        Machine machine = config.build(3, 2);
        machine.initialise(7);
        told.tell(machine.parameters());
        List<Outcome> outcomes = new ArrayList<>();
        for (KernelProvider provider : KernelProvider.values()) {
            outcomes.add(DncRun.of(config, machine, provider, Sequences.random(7, STEPS, 2, 3, 2), PARTS));
        }
        for (Outcome outcome : outcomes) {
            assertThat(outcome.loss()).isFinite();
            outcome.gradients().forEach((name, gradient) -> assertThat(Arrays.stream(gradient).allMatch(Double::isFinite)).as("derivative by %s", name).isTrue());
            for (List<Map<String, double[]>> step : outcome.steps()) {
                step.forEach(parts -> parts.forEach((name, values) -> assertPart(name, values, config)));
            }
        }
        assertThat(outcomes.get(1)).usingRecursiveComparison().isEqualTo(outcomes.get(0));
    }

    private static void assertPart(String name, double[] values, DncConfig config) {
        assertThat(Arrays.stream(values).allMatch(Double::isFinite)).as(name).isTrue();
        boolean weighting = !Set.of("memory", "reads", "logits").contains(name);
        if (weighting) {
            assertThat(Arrays.stream(values).allMatch(w -> w >= -1e-5 && w <= 1 + 1e-5)).as("%s from 0 to 1: %s", name, Arrays.toString(values)).isTrue();
        }
        if (name.equals("read_weighting")) {
            for (int head = 0; head < config.store().readHeads(); head++) {
                int from = head * config.store().rows();
                double sum = Arrays.stream(values, from, from + config.store().rows()).sum();
                assertThat(sum).as("sum of the read weighting").isBetween(-1e-5, 1 + 1e-4);
            }
        }
    }
}
