package io.github.ntm4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.core.checkpoint.Forced;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a run forces to the disk, and in which order: whoever goes on from a checkpoint finds the metrics up to there. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ForcedRunTest {
    @TempDir
    private Path folder;

    @Test
    void theMetricsAreForcedBeforeEveryCheckpoint() {
        Path path = folder.resolve("run");
        List<Forced> forced = Forced.during(() -> SmallRun.train(path, SmallRun.config()));
        RunFolder run = new RunFolder(path);
        Forced metrics = new Forced(run.metrics(), false);
        Forced checkpoint = new Forced(run.checkpoints(), true);
        // The first checkpoint, before there is anything to measure; one for each of the four evaluations, which may be the best, too; the end.
        List<Forced> trained = forced.subList(forced.indexOf(metrics), forced.size());
        assertThat(trained.stream().filter(metrics::equals)).hasSize(5);
        assertThat(forced.subList(0, forced.indexOf(metrics))).contains(checkpoint);
        boolean measured = false;
        int checkpoints = 0;
        for (Forced one : trained) {
            if (one.equals(metrics)) {
                measured = true;
                checkpoints = 0;
            } else if (one.equals(checkpoint)) {
                checkpoints++;
                assertThat(measured).isTrue();
                assertThat(checkpoints).as("checkpoints since the metrics").isLessThanOrEqualTo(2);
            }
        }
        assertThat(trained.getLast()).isEqualTo(checkpoint);
    }
}
