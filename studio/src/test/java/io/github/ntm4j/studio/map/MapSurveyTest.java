package io.github.ntm4j.studio.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.studio.machine.MachineFolders;
import io.github.ntm4j.studio.machine.Machines;
import io.github.ntm4j.studio.machine.Room;
import io.github.ntm4j.studio.map.MapSpec.Axis;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapSurveyTest {
    private static final double WATCHED = 2e9;

    @TempDir
    private Path none;

    private MapPlan plan() {
        Machines machines = new Machines(new MachineFolders(Path.of("..", "models"), none, none), new Room(1 << 28), 1 << 28);
        MapSpec spec = new MapSpec("models/copy-ntm-lstm", null, new Axis("length", List.of(10_000, 10_001, 10_002, 10_003)), null, Map.of(), 200, 1L);
        return MapPlan.of(spec, machines);
    }

    @Test
    void maps_leave_the_cores_to_a_training() throws InterruptedException {
        try (MapSurvey survey = new MapSurvey(plan(), 2, () -> true)) {
            survey.start();
            assertThat(shareOfACore()).isPositive().isLessThan(0.5);
        }
    }

    /** Of the surveyors of this test, which is the only one under way. */
    private static double shareOfACore() throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Thread.sleep((long) (WATCHED / 1e6));
        long busy = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ntm4j-map-"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.threadId())))
                .sum();
        return busy / WATCHED;
    }
}
