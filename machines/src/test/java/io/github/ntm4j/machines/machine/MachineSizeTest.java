package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.UserException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size of a machine is known before it is built. */
class MachineSizeTest {
    private static MachineConfig config(String settings) {
        return Machines.config(Arrays.stream(settings.split(" ")).map(setting -> "machine." + setting).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "type=ntm-lstm",
        "type=ntm-ff",
        "type=lstm",
        "type=ntm-lstm controller_size=6 controller_layers=3 initial_controller=learned",
        "type=ntm-ff controller_size=6 controller_layers=3",
        "type=lstm controller_size=6 controller_layers=3 initial_controller=learned",
        "type=ntm-lstm rows=9 width=5 read_heads=2 write_heads=3 shift_range=2",
        "type=ntm-ff rows=9 width=5 read_heads=4 write_heads=1 shift_range=0",
        "type=ntm-lstm initial_memory=learned initial_weighting=first-row initial_read=zero",
        "type=ntm-lstm initial_memory=random initial_weighting=learned initial_read=zero write_heads=2",
        "type=ntm-lstm initial_memory=constant initial_weighting=zero initial_read=learned-tanh read_heads=3",
    })
    void theNumberOfParametersIsThatOfTheMachine(String settings) {
        MachineConfig config = config(settings);
        for (int[] widths : new int[][] {{1, 1}, {9, 8}, {3, 17}}) {
            assertThat(config.parameters(widths[0], widths[1]))
                    .as(settings)
                    .isEqualTo(config.build(widths[0], widths[1]).parameters().elements());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "type=ntm-lstm controller_size=16384 controller_layers=64",
        "type=ntm-ff controller_size=16384 controller_layers=64",
        "type=lstm controller_size=16384 controller_layers=64",
        "type=ntm-lstm controller_size=16384 width=16384 rows=16384 read_heads=256 write_heads=256",
    })
    void aMachineThatNoBufferHoldsIsRefusedBeforeItIsBuilt(String settings) {
        MachineConfig config = config(settings);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> config.build(9, 8))
                .withMessageStartingWith("machine: expected settings of at most 536870912 parameters, got ")
                .withMessageContaining("machine.controller_size");
    }

    @Test
    void theLargestSettingsDoNotOverflow() {
        MachineConfig config = config(
                "type=ntm-lstm controller_size=16384 controller_layers=64 width=16384 rows=16384 read_heads=256 write_heads=256");
        assertThat(config.parameters(65537, 65537)).isGreaterThan(1L << 39);
    }
}
