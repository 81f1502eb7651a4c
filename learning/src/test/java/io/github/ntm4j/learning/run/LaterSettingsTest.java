package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.machines.config.ConfigTree;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs from before a setting came go on without it. */
final class LaterSettingsTest {
    private static ConfigTree given(String task) {
        return ConfigTree.of(Map.of("preset", "csordas-2019", "task", Map.of("name", task), "machine", Map.of("type", "dnc")), "test");
    }

    private static double decay(ConfigTree given) {
        return RunConfig.resolve(given).training().optimiser().weightDecay();
    }

    @ParameterizedTest
    @CsvSource({"repeat-copy-blocks, 1e-5", "recall-blocks, 1e-5", "key-value, 1e-5", "key-value-two-way, 1e-5", "copy, 0"})
    void thePaperDecaysTheWeightsOfItsOwnTasks(String task, double expected) {
        assertThat(decay(given(task))).isEqualTo(expected);
    }

    @Test
    void whatARunWasMadeWithoutItGoesOnWithout() {
        ConfigTree written = ConfigTree.of(RunConfig.resolve(given("key-value")).toMap(), "config.yaml");
        assertThat(decay(written)).isEqualTo(1e-5);
        assertThat(decay(written.without("training.weight_decay"))).isZero();
        assertThat(decay(written.without("training.weight_decay").without("training.link_interval"))).isZero();
        // Who gives some settings takes the others from the preset.
        assertThat(decay(written.without("training.weight_decay").without("training.epsilon"))).isEqualTo(1e-5);
    }
}
