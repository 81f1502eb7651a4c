package io.github.ntm4j.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input that fuzzing kept is read or refused as it must be, in every build and without a fuzzer. */
@Timeout(60)
class CorpusTest {
    /** Memory that a reading of a small input may take, whatever the input claims. */
    private static final long MOST_BYTES = 24 << 20;

    private static final long MOST_NANOSECONDS = 2_000_000_000;

    @ParameterizedTest
    @EnumSource
    void everyInputIsReadOrRefusedInBoundedTimeAndMemory(FuzzTarget target) throws IOException {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        target.feed(new byte[0]);
        int accepted = 0;
        List<Path> corpus = target.corpus();
        for (Path file : corpus) {
            byte[] input = Files.readAllBytes(file);
            long bytes = thread.getCurrentThreadAllocatedBytes();
            long time = thread.getCurrentThreadCpuTime();
            try {
                accepted += target.feed(input) ? 1 : 0;
            } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
                fail(target + ", " + file.getFileName(), e);
            }
            assertThat(thread.getCurrentThreadCpuTime() - time).as("ns for %s", file.getFileName()).isLessThan(MOST_NANOSECONDS);
            assertThat(thread.getCurrentThreadAllocatedBytes() - bytes).as("bytes for %s", file.getFileName()).isLessThan(MOST_BYTES);
        }
        assertThat(accepted).as("inputs that are accepted").isBetween(1, corpus.size() - 1);
    }

    @Test
    void theCorpusStaysSmall() throws IOException {
        long bytes = 0;
        for (FuzzTarget target : FuzzTarget.values()) {
            for (Path file : target.corpus()) {
                bytes += Files.size(file);
            }
            assertThat(target.corpus()).hasSizeLessThan(600);
        }
        assertThat(bytes).isLessThan(1 << 20);
    }
}
