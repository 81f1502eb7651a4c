package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.ntm.NtmConfig;
import io.github.ntm4j.machines.ntm.NtmMachine;
import io.github.ntm4j.machines.signal.Use;
import org.junit.jupiter.api.Test;

/** What the heads of a machine do that has learned nothing. */
final class TendencyTest {
    private static final int STEPS = 6;
    private static final int INPUTS = 10;

    private static Trace untrained(String machine) {
        NtmConfig config = (NtmConfig) RunConfig.resolve(Yaml.parse("machine: {" + machine + "}", "test")).machine();
        NtmMachine<?> built = (NtmMachine<?>) config.build(INPUTS, 8);
        built.initialise(7);
        float[] input = new float[STEPS * INPUTS];
        for (int i = 0; i < input.length; i++) {
            input[i] = i * 7 % 3 == 0 ? 1 : 0;
        }
        return new Tracer(built, Objective.BITS, KernelProvider.PORTABLE).trace(input, STEPS, new float[STEPS * 8], new float[STEPS * 8]);
    }

    private static float[][] weighting(Trace trace, Use use) {
        return trace.of(trace.heads(use).getFirst());
    }

    private static float[][] of(Trace trace, Use use, String name) {
        return trace.of(trace.signals().at((use == Use.READS ? "read 1/" : "write 1/") + name).orElseThrow());
    }

    @Test
    void a_write_head_that_tends_to_append_moves_on_by_a_row_in_every_step() {
        Trace trace = untrained("write_tendency: append");
        for (int step = 0; step < STEPS; step++) {
            float[] weighting = weighting(trace, Use.WRITES)[step];
            assertThat(largest(weighting)).as("row at step %d", step).isEqualTo(step + 1);
            assertThat(weighting[step + 1]).as("weight at step %d", step).isGreaterThan(0.5f);
        }
        assertThat(of(trace, Use.WRITES, "gate")[0][0]).isBetween(0.03f, 0.07f);
    }

    @Test
    void a_read_head_that_tends_to_look_up_opens_its_gate_and_does_not_move() {
        Trace trace = untrained("read_tendency: look-up, strength_bias: 4");
        for (int step = 0; step < STEPS; step++) {
            assertThat(of(trace, Use.READS, "gate")[step][0]).isBetween(0.8f, 0.95f);
            assertThat(of(trace, Use.READS, "shift")[step][1]).isBetween(0.9f, 0.99f);
            assertThat(of(trace, Use.READS, "strength")[step][0]).isBetween(3.5f, 4.6f);
        }
    }

    @Test
    void without_a_tendency_shifts_are_alike_and_the_gate_has_its_own_bias() {
        Trace trace = untrained("gate_bias: 1, write_tendency: none");
        for (Use use : Use.values()) {
            assertThat(of(trace, use, "gate")[0][0]).isBetween(0.65f, 0.8f);
            assertThat(of(trace, use, "shift")[0][1]).isBetween(0.25f, 0.42f);
            assertThat(of(trace, use, "strength")[0][0]).isBetween(0.5f, 0.9f);
        }
    }

    @Test
    void a_head_that_cannot_move_stays_where_it_is() {
        float[][] weighting = weighting(untrained("write_tendency: append, shift_range: 0"), Use.WRITES);
        assertThat(weighting[STEPS - 1][0]).isGreaterThan(0.5f);
        assertThat(largest(weighting[STEPS - 1])).isZero();
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
