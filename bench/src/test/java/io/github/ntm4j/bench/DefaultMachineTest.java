package io.github.ntm4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.ntm.NtmConfig;
import org.junit.jupiter.api.Test;

final class DefaultMachineTest {
    private final NtmConfig config = (NtmConfig) Preset.DEFAULT.machine("ntm-lstm");
    private final Task task = CopyConfig.DEFAULT.create();

    @Test
    void sizesAreThoseOfTheDefaultSettings() {
        assertThat(DefaultMachine.INPUTS).isEqualTo(task.inputs());
        assertThat(DefaultMachine.OUTPUTS).isEqualTo(task.outputs());
        assertThat(DefaultMachine.ROWS).isEqualTo(config.memory().rows());
        assertThat(DefaultMachine.WIDTH).isEqualTo(config.memory().width());
        assertThat(DefaultMachine.HEADS).isEqualTo(config.memory().readHeads() + config.memory().writeHeads());
        assertThat(DefaultMachine.SHIFTS).isEqualTo(2 * config.memory().shiftRange() + 1);
        assertThat(DefaultMachine.UNITS).isEqualTo(config.controller().size());
    }

    @Test
    void sizesOfTheMatrixFollowFromThem() {
        int inputs = task.inputs() + config.memory().width() + config.controller().size();
        Matrix gates = new Parameters().addMatrix("gates", inputs, 4, config.controller().size());
        assertThat(DefaultMachine.DEPTH).isEqualTo(gates.depth());
        assertThat(DefaultMachine.PANELS * Rows.BLOCK).isEqualTo(gates.columns());
        assertThat(DefaultMachine.GATE_STRIDE).isEqualTo(gates.groupStride());
    }

    @Test
    void parametersAreAsManyAsTheMachineHas() {
        Parameters parameters = config.build(task.inputs(), task.outputs()).parameters();
        assertThat(Rows.FIRST + DefaultMachine.PARAMETERS).isEqualTo(parameters.size());
    }
}
