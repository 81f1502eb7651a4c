package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.machines.checkpoint.Forced;
import io.github.ntm4j.machines.model.RunFolder;
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
        List<Forced> order = forced.stream().filter(one -> one.equals(metrics) || one.equals(checkpoint)).toList();
        assertThat(order.stream().filter(metrics::equals)).hasSize(5);
        assertThat(order.getFirst()).isEqualTo(checkpoint);
        assertThat(order.getLast()).isEqualTo(checkpoint);
        for (int i = 1; i < order.size(); i++) {
            if (order.get(i).equals(metrics)) {
                assertThat(order.get(i - 1)).as("no metrics without a checkpoint").isEqualTo(checkpoint);
            } else {
                boolean best = order.get(i - 1).equals(checkpoint);
                assertThat(order.get(best ? i - 2 : i - 1)).as("no checkpoint without metrics").isEqualTo(metrics);
            }
        }
    }

    /** Whoever goes on from the last checkpoint does not evaluate again what it has: the best must be there by then. */
    @Test
    void theBestIsWrittenBeforeTheLast() {
        Path path = folder.resolve("run");
        RunFolder run = new RunFolder(path);
        List<String> written = Forced.writtenDuring(() -> SmallRun.train(path, SmallRun.config())).stream()
                .filter(file -> run.checkpoints().equals(file.getParent()))
                .map(file -> file.getFileName().toString().replaceFirst("^\\.(best|last).*", "$1"))
                .toList();
        assertThat(written).contains("best").endsWith("last");
        // The very first checkpoint is a last one; from then on a best stands before its last, never behind it.
        assertThat(written.getFirst()).isEqualTo("last");
        for (int i = 1; i < written.size(); i++) {
            if (written.get(i).equals("best")) {
                assertThat(written.get(i + 1)).isEqualTo("last");
            }
        }
        assertThat(written.subList(1, 3)).as("the first evaluation is the best so far").containsExactly("best", "last");
    }
}
