package io.github.ntm4j.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.episode.Sequence;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.Objective;
import io.github.ntm4j.core.run.RunConfig;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.trace.Intervention.Cell;
import io.github.ntm4j.core.trace.Intervention.EraseRow;
import io.github.ntm4j.core.trace.Intervention.Freeze;
import io.github.ntm4j.core.trace.Intervention.Noise;
import io.github.ntm4j.core.trace.Intervention.Parameter;
import io.github.ntm4j.core.trace.Intervention.SwapRows;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterventionTest {
    private static final int STEP = 5;

    private final Task task;
    private final Tracer tracer;
    private final Sequence sequence;

    InterventionTest() {
        RunConfig config = RunConfig.resolve(
                ConfigTree.of(Map.of("machine", Map.of("rows", 12, "width", 6, "read_heads", 2, "controller_size", 20)), "test"));
        task = config.task().create();
        Machine<?> machine = config.machine().build(task.inputs(), task.outputs());
        machine.initialise(7);
        tracer = new Tracer(machine, Objective.BITS, KernelProvider.PORTABLE);
        sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(Size.of("length", 6), Random64.of(7, "test", 0), sequence);
    }

    private Trace trace(Intervention... interventions) {
        return tracer.trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask(), List.of(interventions), true);
    }

    static List<Intervention> interventions() {
        return List.of(
                new Parameter(STEP, "write 1", "key", new float[] {1, 0, -1, 0, 1, 0}),
                new Parameter(STEP, "read 1", "strength", new float[] {20}),
                new Parameter(STEP, "read 2", "gate", new float[] {1}),
                new Parameter(STEP, "write 1", "shift", new float[] {3, 0, 1}),
                new Parameter(STEP, "read 1", "sharpening", new float[] {9}),
                new Parameter(STEP, "write 1", "erase", new float[] {1, 1, 1, 1, 1, 1}),
                new Parameter(STEP, "write 1", "add", new float[] {1, 1, 1, -1, -1, -1}),
                new Cell(STEP, 3, 2, 4f),
                new EraseRow(STEP, 0),
                new SwapRows(STEP, 0, 1),
                new Freeze(STEP, STEP + 2, "write 1"),
                new Noise(STEP, 0.5f, 3));
    }

    @ParameterizedTest
    @MethodSource("interventions")
    void nothing_before_an_intervention_knows_of_it_and_what_comes_after_does(Intervention intervention) {
        Trace undisturbed = trace();
        Trace disturbed = trace(intervention);
        float[][][] before = undisturbed.memory();
        float[][][] after = disturbed.memory();
        assertThat(Arrays.copyOf(after, STEP)).isDeepEqualTo(Arrays.copyOf(before, STEP));
        assertThat(Arrays.copyOf(disturbed.output(), STEP)).isDeepEqualTo(Arrays.copyOf(undisturbed.output(), STEP));
        assertThat(disturbed.output()[STEP + 3]).isNotEqualTo(undisturbed.output()[STEP + 3]);
    }

    @Test
    void setting_what_is_there_already_changes_no_bit() {
        Trace undisturbed = trace();
        HeadTrace head = undisturbed.heads().getLast();
        float cell = undisturbed.memory()[STEP - 1][3][2];
        Trace same = trace(
                new Cell(STEP, 3, 2, cell),
                new SwapRows(STEP, 4, 4),
                new Parameter(STEP, "write 1", "key", head.key()[STEP]),
                new Parameter(STEP, "write 1", "strength", new float[] {head.strength()[STEP]}),
                new Parameter(STEP, "write 1", "add", head.add()[STEP]));
        assertThat(same.output()).isDeepEqualTo(undisturbed.output());
        assertThat(same.memory()).isDeepEqualTo(undisturbed.memory());
    }

    @Test
    void a_frozen_head_stays_where_it_was() {
        HeadTrace head = trace(new Freeze(STEP, STEP + 2, "read 2")).heads().get(1);
        assertThat(head.name()).isEqualTo("read 2");
        for (int t = STEP; t <= STEP + 2; t++) {
            assertThat(head.weighting()[t]).isEqualTo(head.weighting()[STEP - 1]);
        }
        assertThat(head.weighting()[STEP + 3]).isNotEqualTo(head.weighting()[STEP - 1]);
        assertThat(head.previous()[STEP + 3]).isEqualTo(head.weighting()[STEP - 1]);
    }

    @Test
    void a_closed_gate_leaves_the_head_where_the_shift_takes_it() {
        HeadTrace head = trace(
                        new Parameter(STEP, "write 1", "gate", new float[] {0}),
                        new Parameter(STEP, "write 1", "shift", new float[] {0, 0, 2}))
                .heads()
                .getLast();
        assertThat(head.interpolated()[STEP]).isEqualTo(head.previous()[STEP]);
        assertThat(head.shift()[STEP]).containsExactly(0, 0, 1);
        for (int row = 0; row < 12; row++) {
            assertThat(head.shifted()[STEP][(row + 1) % 12]).isEqualTo(head.interpolated()[STEP][row]);
        }
    }

    @Test
    void swapped_rows_lie_in_each_others_place() {
        float[][] before = trace().memory()[STEP - 1];
        Intervention keep = new Parameter(STEP, "write 1", "erase", new float[6]);
        Intervention addNothing = new Parameter(STEP, "write 1", "add", new float[6]);
        float[][] after = trace(keep, addNothing, new SwapRows(STEP, 2, 9)).memory()[STEP];
        for (int row = 0; row < 12; row++) {
            assertThat(after[row]).isEqualTo(before[row == 2 ? 9 : row == 9 ? 2 : row]);
        }
    }

    @Test
    void similarity_is_the_cosine_of_key_and_row() {
        Trace trace = trace();
        HeadTrace head = trace.heads().getFirst();
        float[][] memory = trace.initialMemory();
        double product = 0;
        double keys = 0;
        double cells = 0;
        for (int m = 0; m < 6; m++) {
            product += head.key()[0][m] * memory[4][m];
            keys += head.key()[0][m] * head.key()[0][m];
            cells += memory[4][m] * memory[4][m];
        }
        assertThat((double) head.similarity()[0][4])
                .isCloseTo(product / Math.sqrt(keys * cells), offset(1e-5));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, -0.5f, 1.5f, Float.POSITIVE_INFINITY})
    void a_gate_outside_its_range_is_refused(float gate) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> trace(new Parameter(0, "read 1", "gate", new float[] {gate})))
                .withMessage("intervention: read 1 gate: expected numbers from 0.0 to 1.0, got " + gate);
    }

    @Test
    void what_is_not_there_is_named() {
        refused(new Cell(STEP, 12, 0, 1), "intervention: row: expected 0 to 11, got 12");
        refused(new EraseRow(14, 0), "intervention: step: expected 0 to 12, got 14");
        refused(new Freeze(0, 1, "read 3"), "intervention: head: expected read 1, write 1 or another of the 3 heads, got 'read 3'");
        refused(new Parameter(0, "read 1", "add", new float[6]), "intervention: read 1 has no add");
        refused(new Parameter(0, "read 1", "key", new float[5]), "intervention: read 1 key: expected 6 numbers, got 5");
        refused(new Parameter(0, "read 1", "shift", new float[3]), "intervention: read 1 shift: expected a positive sum, got 0.0");
    }

    private void refused(Intervention intervention, String message) {
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> trace(intervention)).withMessage(message);
    }
}
