package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.ntm4j.engine.kernel.KernelProvider;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Training replays a recording millions of times: what a replay allocates, the garbage collector pays for. */
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TestFactory
    Stream<DynamicTest> aReplayOnPortableKernelsAllocatesNothing() {
        return forEachSubject(subject -> {
            Replay replay = new Replay(subject, KernelProvider.PORTABLE);
            // the virtual machine itself allocates a little, now and then; a replay that allocates does so every time
            long least = IntStream.range(0, 20).mapToLong(round -> replay.bytes()).min().orElseThrow();
            assertThat(least).as("bytes allocated").isZero();
        });
    }

    private static Stream<DynamicTest> forEachSubject(Consumer<Subject> statement) {
        return Catalogue.subjects().stream()
                .map(subject -> DynamicTest.dynamicTest(subject.name(), () -> statement.accept(subject)));
    }

    /** A subject's typical sample, forwards and backwards. */
    private static final class Replay {
        private static final int TIMES = 20;

        private final Run run;
        private final List<float[]> upstream;

        Replay(Subject subject, KernelProvider provider) {
            run = new Run(subject.typical(), provider);
            upstream = Run.upstream(run, run.sample.random());
        }

        /** Bytes allocated by some replays. */
        long bytes() {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < TIMES; i++) {
                run.tape.forward(run.start, run.end);
                run.clear();
                run.addUpstream(upstream);
                run.tape.backward(run.end, run.parameterGradients);
            }
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }
}
