package io.github.ntm4j.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.core.machine.Objective;
import io.github.ntm4j.core.run.RunConfig;
import io.github.ntm4j.core.trace.HeadTrace;
import io.github.ntm4j.core.trace.Trace;
import io.github.ntm4j.core.trace.Tracer;
import io.github.ntm4j.core.yaml.Yaml;
import io.github.ntm4j.engine.kernel.KernelProvider;
import org.junit.jupiter.api.Test;

/** What the heads of a machine do that has learned nothing. */
final class TendencyTest {
    private static final int STEPS = 6;
    private static final int INPUTS = 10;

    private static Trace untrained(String machine) {
        NtmConfig config = (NtmConfig) RunConfig.resolve(Yaml.parse("machine: {" + machine + "}", "test")).machine();
        NtmMachine<?> built = config.build(INPUTS, 8);
        built.initialise(7);
        float[] input = new float[STEPS * INPUTS];
        for (int i = 0; i < input.length; i++) {
            input[i] = i * 7 % 3 == 0 ? 1 : 0;
        }
        return new Tracer(built, Objective.BITS, KernelProvider.PORTABLE).trace(input, STEPS, new float[STEPS * 8], new float[STEPS * 8]);
    }

    private static HeadTrace head(Trace trace, HeadTrace.Kind kind) {
        return trace.heads(kind).getFirst();
    }

    @Test
    void a_write_head_that_tends_to_append_moves_on_by_a_row_in_every_step() {
        HeadTrace head = head(untrained("write_tendency: append"), HeadTrace.Kind.WRITE);
        for (int step = 0; step < STEPS; step++) {
            float[] weighting = head.weighting()[step];
            assertThat(largest(weighting)).as("row at step %d", step).isEqualTo(step + 1);
            assertThat(weighting[step + 1]).as("weight at step %d", step).isGreaterThan(0.5f);
        }
        assertThat(head.gate()[0]).isBetween(0.03f, 0.07f);
    }

    @Test
    void a_read_head_that_tends_to_look_up_opens_its_gate_and_does_not_move() {
        HeadTrace head = head(untrained("read_tendency: look-up, strength_bias: 4"), HeadTrace.Kind.READ);
        for (int step = 0; step < STEPS; step++) {
            assertThat(head.gate()[step]).isBetween(0.8f, 0.95f);
            assertThat(head.shift()[step][1]).isBetween(0.9f, 0.99f);
            assertThat(head.strength()[step]).isBetween(3.5f, 4.6f);
        }
    }

    @Test
    void without_a_tendency_shifts_are_alike_and_the_gate_has_its_own_bias() {
        Trace trace = untrained("gate_bias: 1, write_tendency: none");
        for (HeadTrace.Kind kind : HeadTrace.Kind.values()) {
            HeadTrace head = head(trace, kind);
            assertThat(head.gate()[0]).isBetween(0.65f, 0.8f);
            assertThat(head.shift()[0][1]).isBetween(0.25f, 0.42f);
            assertThat(head.strength()[0]).isBetween(0.5f, 0.9f);
        }
    }

    @Test
    void a_head_that_cannot_move_stays_where_it_is() {
        HeadTrace head = head(untrained("write_tendency: append, shift_range: 0"), HeadTrace.Kind.WRITE);
        assertThat(head.weighting()[STEPS - 1][0]).isGreaterThan(0.5f);
        assertThat(largest(head.weighting()[STEPS - 1])).isZero();
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
