package io.github.ntm4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleDrawingTest {
    @Test
    void everyTaskHasALineForEachChannelNoWiderThanATerminal() {
        TaskKinds.drawn().forEach((name, entry) -> {
            Task task = entry.defaults().create();
            List<String> lines = SampleDrawing.of(task);
            assertThat(lines).as(name).hasSize(task.inputs() + task.outputs() + 1);
            assertThat(lines).as(name).allMatch(line -> line.length() <= 60);
        });
    }

    @Test
    void theTargetOfCopyIsItsInput() {
        List<String> lines = SampleDrawing.of(CopyConfig.DEFAULT.create());
        for (int bit = 0; bit < 8; bit++) {
            String input = lines.get(bit).substring(8, 28);
            assertThat(input).matches("[·█]+");
            assertThat(lines.get(9 + bit).substring(8 + 21)).isEqualTo(input);
        }
        assertThat(lines.get(8)).isEqualTo("        " + "·".repeat(20) + "█" + "·".repeat(20));
        assertThat(lines.getLast()).isEqualTo("        length=20, a column for each step");
    }
}
