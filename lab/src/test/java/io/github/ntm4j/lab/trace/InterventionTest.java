package io.github.ntm4j.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.lab.trace.Intervention.Cell;
import io.github.ntm4j.lab.trace.Intervention.EraseRow;
import io.github.ntm4j.lab.trace.Intervention.Hold;
import io.github.ntm4j.lab.trace.Intervention.Noise;
import io.github.ntm4j.lab.trace.Intervention.Set;
import io.github.ntm4j.lab.trace.Intervention.SwapRows;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
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
        Machine machine = config.machine().build(task.inputs(), task.outputs());
        machine.initialise(7);
        tracer = new Tracer(machine, Objective.BITS, KernelProvider.PORTABLE);
        sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(Size.of("length", 6), Random64.of(7, "test", 0), sequence);
    }

    private Trace trace(Intervention... interventions) {
        return tracer.trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask(), List.of(interventions), true);
    }

    private static float[][] of(Trace trace, String address) {
        return trace.of(trace.signals().at(address).orElseThrow());
    }

    static List<Intervention> interventions() {
        return List.of(
                new Set(STEP, "write 1/key", new float[] {1, 0, -1, 0, 1, 0}),
                new Set(STEP, "read 1/strength", new float[] {20}),
                new Set(STEP, "read 2/gate", new float[] {1}),
                new Set(STEP, "write 1/shift", new float[] {3, 0, 1}),
                new Set(STEP, "read 1/sharpening", new float[] {9}),
                new Set(STEP, "write 1/erase", new float[] {1, 1, 1, 1, 1, 1}),
                new Set(STEP, "write 1/add", new float[] {1, 1, 1, -1, -1, -1}),
                new Cell(STEP, null, 3, 2, 4f),
                new EraseRow(STEP, null, 0),
                new SwapRows(STEP, null, 0, 1),
                new Hold(STEP, STEP + 2, "write 1/weighting"),
                new Noise(STEP, null, 0.5f, 3));
    }

    @ParameterizedTest
    @MethodSource("interventions")
    void nothing_before_an_intervention_knows_of_it_and_what_comes_after_does(Intervention intervention) {
        Trace undisturbed = trace();
        Trace disturbed = trace(intervention);
        float[][] before = of(undisturbed, "memory");
        float[][] after = of(disturbed, "memory");
        assertThat(Arrays.copyOf(after, STEP)).isDeepEqualTo(Arrays.copyOf(before, STEP));
        assertThat(Arrays.copyOf(disturbed.output(), STEP)).isDeepEqualTo(Arrays.copyOf(undisturbed.output(), STEP));
        assertThat(disturbed.output()[STEP + 3]).isNotEqualTo(undisturbed.output()[STEP + 3]);
    }

    @Test
    void setting_what_is_there_already_changes_no_bit() {
        Trace undisturbed = trace();
        float cell = of(undisturbed, "memory")[STEP - 1][3 * 6 + 2];
        Trace same = trace(
                new Cell(STEP, null, 3, 2, cell),
                new SwapRows(STEP, null, 4, 4),
                new Set(STEP, "write 1/key", of(undisturbed, "write 1/key")[STEP]),
                new Set(STEP, "write 1/strength", of(undisturbed, "write 1/strength")[STEP]),
                new Set(STEP, "write 1/add", of(undisturbed, "write 1/add")[STEP]));
        assertThat(same.output()).isDeepEqualTo(undisturbed.output());
        assertThat(of(same, "memory")).isDeepEqualTo(of(undisturbed, "memory"));
    }

    @Test
    void a_frozen_head_stays_where_it_was() {
        Trace trace = trace(new Hold(STEP, STEP + 2, "read 2/weighting"));
        float[][] weighting = of(trace, "read 2/weighting");
        for (int t = STEP; t <= STEP + 2; t++) {
            assertThat(weighting[t]).isEqualTo(weighting[STEP - 1]);
        }
        assertThat(weighting[STEP + 3]).isNotEqualTo(weighting[STEP - 1]);
        assertThat(of(trace, "read 2/previous")[STEP + 3]).isEqualTo(weighting[STEP - 1]);
    }

    @Test
    void aHeadThatIsHeldFromTheBeginningStaysWhereItBegan() {
        Trace trace = trace(new Hold(0, 1, "read 1/weighting"));
        assertThat(of(trace, "read 1/weighting")[1]).isEqualTo(of(trace, "read 1/previous")[0]);
    }

    @Test
    void whatIsHeldKeepsWhatItWasWhateverTheMachineMakesOfIt() {
        float[][] before = of(trace(), "write 1/gate");
        float[][] gate = of(trace(new Hold(STEP, STEP + 2, "write 1/gate")), "write 1/gate");
        for (int t = STEP; t <= STEP + 2; t++) {
            assertThat(gate[t]).isEqualTo(before[STEP - 1]).isNotEqualTo(before[t]);
        }
        assertThat(of(trace(new Hold(0, 0, "write 1/gate")), "write 1/gate")[0]).as("nothing was there before").isEqualTo(before[0]);
    }

    @Test
    void a_closed_gate_leaves_the_head_where_the_shift_takes_it() {
        Trace trace = trace(
                new Set(STEP, "write 1/gate", new float[] {0}), new Set(STEP, "write 1/shift", new float[] {0, 0, 2}));
        float[] interpolated = of(trace, "write 1/interpolated")[STEP];
        assertThat(interpolated).isEqualTo(of(trace, "write 1/previous")[STEP]);
        assertThat(of(trace, "write 1/shift")[STEP]).containsExactly(0, 0, 1);
        for (int row = 0; row < 12; row++) {
            assertThat(of(trace, "write 1/shifted")[STEP][(row + 1) % 12]).isEqualTo(interpolated[row]);
        }
    }

    @Test
    void swapped_rows_lie_in_each_others_place() {
        float[] before = of(trace(), "memory")[STEP - 1];
        Intervention keep = new Set(STEP, "write 1/erase", new float[6]);
        Intervention addNothing = new Set(STEP, "write 1/add", new float[6]);
        float[] after = of(trace(keep, addNothing, new SwapRows(STEP, null, 2, 9)), "memory")[STEP];
        for (int row = 0; row < 12; row++) {
            assertThat(row(after, row)).isEqualTo(row(before, row == 2 ? 9 : row == 9 ? 2 : row));
        }
    }

    private static float[] row(float[] memory, int row) {
        return Arrays.copyOfRange(memory, 6 * row, 6 * row + 6);
    }

    @Test
    void similarity_is_the_cosine_of_key_and_row() {
        Trace trace = trace();
        float[] key = of(trace, "read 1/key")[0];
        float[] row = row(trace.before(trace.signals().memory().orElseThrow(), 0), 4);
        double product = 0;
        double keys = 0;
        double cells = 0;
        for (int m = 0; m < 6; m++) {
            product += key[m] * row[m];
            keys += key[m] * key[m];
            cells += row[m] * row[m];
        }
        assertThat((double) of(trace, "read 1/similarity")[0][4])
                .isCloseTo(product / Math.sqrt(keys * cells), offset(1e-5));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, -0.5f, 1.5f, Float.POSITIVE_INFINITY})
    void a_gate_outside_its_range_is_refused(float gate) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> trace(new Set(0, "read 1/gate", new float[] {gate})))
                .withMessage("intervention: read 1 gate: expected numbers from 0.0 to 1.0, got " + gate);
    }

    @Test
    void what_is_not_there_is_named() {
        refused(new Cell(STEP, null, 12, 0, 1), "intervention: row: expected 0 to 11, got 12");
        refused(new EraseRow(14, null, 0), "intervention: step: expected 0 to 12, got 14");
        refused(new Hold(0, 1, "read 3/weighting"), "intervention: signal: expected one that can be held, such as read 1/weighting, got 'read 3/weighting'");
        refused(new Set(0, "read 1/add", new float[6]), "intervention: signal: expected one that can be set, such as read 1/key, got 'read 1/add'");
        refused(new Set(0, "read 1/key", new float[5]), "intervention: read 1 key: expected 6 numbers, got 5");
        refused(new Set(0, "read 1/shift", new float[3]), "intervention: read 1 shift: expected a positive sum, got 0.0");
    }

    private void refused(Intervention intervention, String message) {
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> trace(intervention)).withMessage(message);
    }
}
