package io.github.ntm4j.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaugesTest {
    @TempDir
    private Path scratch;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(scratch.resolve("folder"));
    }

    /** Gauges of their own each time, which do not wait for the level of a sample before. */
    private Sample now() throws InterruptedException {
        return new Gauges(folder, scratch).take(0, new CountDownLatch(1));
    }

    @Test
    void a_thread_that_waits_is_counted_whether_it_is_virtual_or_not() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Sample before = now();
        Thread platform = Thread.ofPlatform().start(() -> await(end));
        Thread virtual = Thread.ofVirtual().start(() -> await(end));
        Sample with = now();
        end.countDown();
        platform.join();
        virtual.join();
        assertThat(with.of(Figure.THREADS)).isGreaterThanOrEqualTo(before.of(Figure.THREADS) + 1);
        assertThat(with.of(Figure.VIRTUAL_THREADS)).isEqualTo(before.of(Figure.VIRTUAL_THREADS) + 1);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void the_heap_holds_what_is_still_referred_to() throws Exception {
        Sample before = now();
        byte[] held = new byte[32 << 20];
        Sample with = now();
        assertThat(with.of(Figure.HEAP) - before.of(Figure.HEAP)).isGreaterThan(held.length - (4 << 20));
    }

    @Test
    void files_and_their_bytes_are_counted() throws Exception {
        Files.write(Files.createDirectories(folder.resolve("run/checkpoints")).resolve("last"), new byte[1000]);
        Sample sample = now();
        assertThat(sample.of(Figure.FILES)).isEqualTo(4);
        assertThat(sample.of(Figure.DISK)).isEqualTo(1000);
        assertThat(scratch).isDirectoryNotContaining("glob:**threads.json");
    }
}
