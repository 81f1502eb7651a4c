package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Machines;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that no machine can have, and what a machine of given settings is like. */
class DncConfigTest {
    private static DncConfig config(String assignments) {
        return (DncConfig) Machines.config(Stream.concat(Stream.of("machine.type=dnc"), Stream.of(assignments.split(" ")).map(a -> "machine." + a))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read_heads=0 | machine.read_heads: expected a whole number from 1 to 256, got '0'",
                "write_heads=0 | machine.write_heads: expected a whole number from 1 to 256, got '0'",
                "rows=0 | machine.rows: expected a whole number from 1 to 1048576, got '0'",
                "width=0 | machine.width: expected a whole number from 1 to 16384, got '0'",
                "rows=16385 | machine.rows: expected at most 16384 with dense links from row to row, got 16385; machine.links=sparse takes more",
                "rows=1048576 links=none width=512 | machine.rows: expected rows * width of at most 268435456, got 1048576 * 512",
                "links=sparse rows=1000000 link_entries=1024 | machine.link_entries: expected rows * link_entries of at most 134217728, got 1000000 * 1024",
                "links=sparse rows=7 | machine.link_entries: expected at most machine.rows = 7, got 8",
                "link_entries=0 | machine.link_entries: expected a whole number from 1 to 1024, got '0'",
                "links=none sharpen=true | machine.sharpen: expected false with machine.links=none, got true: there is nothing to sharpen",
                "mask_minimum=0.1 | machine.mask_minimum: expected 0 without machine.mask, got 0.1",
                "mask=true mask_minimum=1 | machine.mask_minimum: expected a number from 0 to 0.99, got '1'",
                "bypass_dropout=1 | machine.bypass_dropout: expected a number from 0 to 0.99, got '1'",
                "clip_value=0 | machine.clip_value: expected a number from 0.001 to 1000000, got '0'",
                "controller=feed-forward controller_gradient_clip=10 | machine.controller_gradient_clip: expected 0 with"
                        + " machine.controller=feed-forward, got 10.0: it limits the derivatives of an LSTM",
                "cosine=no | machine.cosine: expected one of denominator, norms, exact, got 'no'",
                "order_bits=24 | machine.order_bits: expected a whole number from 0 to 23, got '24'",
            })
    void whatNoMachineCanHaveIsRefusedInALine(String assignments, String message) {
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> config(assignments)).satisfies(e -> {
            assertThat(e.getMessage()).contains(message.trim()).doesNotContain("\n");
        });
    }

    /** Graves et al. 2016: RW + 3W + 5R + 3; masks add RW + W, sharpness 2R, the content-based unit has 3R less. */
    @ParameterizedTest
    @CsvSource({
        "rows=9 width=5 read_heads=2, 38",
        "rows=9 width=5 read_heads=1 mask=true sharpen=true, 40",
        "rows=9 width=5 read_heads=3 links=none, 39",
        "rows=9 width=4 read_heads=2 write_heads=2, 52"
    })
    void theInterfaceHasTheWidthOfThePaper(String assignments, int width) {
        Machine machine = config(assignments + " controller_size=4").build(3, 2);
        assertThat(machine.parameters().entries().stream().filter(entry -> entry.name().equals("interface.bias")))
                .singleElement()
                .satisfies(bias -> assertThat(bias.elements()).isEqualTo(width));
    }

    @Test
    void settingsStandSideBySideInFiles() {
        SequencedMap<String, Object> described = Settings.describe(DncConfig.DEFAULT);
        assertThat(described).containsKeys("type", "controller", "controller_size", "rows", "usage_gradient", "sharpen").containsEntry("type", "dnc");
        assertThat(described.values()).noneMatch(Map.class::isInstance);
        assertThat(Settings.bind(DncConfig.class, described, "machine", "test")).isEqualTo(DncConfig.DEFAULT);
    }
}
