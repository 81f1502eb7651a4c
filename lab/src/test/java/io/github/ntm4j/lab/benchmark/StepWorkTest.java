package io.github.ntm4j.lab.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.machine.MachineConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counted by hand from the equations: of the first, 2 * 3 * (4 * 100 * (29 + 100) + 100 * 92 + 2 * 2 * 128 * 20 + 6 * 128 + 3 * 128 * 20 + 120 * 8);
 * of the last, 2 * 3 * (4 * 256 * (265 + 256) + 256 * 471 + 5 * 2 * 256 * 64 + (4 + 2) * 256 * 64 + (2 + 2 * 4) * 256 * 256 + 512 * 8). */
final class StepWorkTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type: ntm-lstm | 482688",
        "type: ntm-ff | 190488",
        "type: lstm | 7931904",
        "type: ntm-lstm, read_heads: 3, write_heads: 2, shift_range: 2, rows: 50, width: 7, controller_layers: 2, write_addressing: in-turn | 902808",
        "type: ntm-ff, controller_layers: 3, head_order: write-first, shift_range: 0 | 305016",
        "type: dnc | 868896",
        "type: dnc, mask: true, deallocate: true, sharpen: true, controller_size: 256, rows: 256, width: 64, read_heads: 4 | 9957888",
        "type: dnc, controller_size: 256, rows: 256, width: 64, read_heads: 4 | 9454080",
    })
    void aStepHasTheOperationsOfItsEquations(String settings, long operations) {
        MachineConfig config = RunConfig.resolve(Yaml.parse("machine: {" + settings + "}", "test")).machine();
        assertThat(StepWork.operations(config, 9, 8)).isEqualTo(operations);
    }
}
