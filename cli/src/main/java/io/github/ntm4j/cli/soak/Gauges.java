package io.github.ntm4j.cli.soak;

import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.github.ntm4j.machines.config.RunFailedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Measures this process and a folder. */
final class Gauges {
    /** The studio notices after its heartbeat at the latest that nobody listens any more. */
    private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static final int POLL_MILLIS = 100;
    private static final int REMEMBERED = 8;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Path folder;
    private final Path dump;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final Deque<Open> latest = new ArrayDeque<>();

    /** What has to be let go of. */
    private record Open(long threads, long virtualThreads, long descriptors) {}

    private record Disk(long files, long bytes) {}

    /**
     * Gauges that have measured nothing.
     *
     * @param folder whose files are counted
     * @param scratch where a file may be written for a moment, outside the folder
     */
    Gauges(Path folder, Path scratch) {
        this.folder = folder;
        this.dump = scratch.toAbsolutePath().resolve("threads.json");
    }

    /**
     * Measures. What was let go of may take a moment to end, so it waits for up to 12 s until there are no more threads and descriptors than
     * at the quietest of the samples before.
     *
     * @param seconds since the beginning
     * @param over when not to wait any longer
     */
    Sample take(double seconds, CountDownLatch over) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING_NANOS;
        Open open = count();
        while (!settled(open) && System.nanoTime() < deadline && !over.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            open = count();
        }
        latest.add(open);
        if (latest.size() > REMEMBERED) {
            latest.remove();
        }
        System.gc();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        Disk disk = measureFolder();
        return new Sample(
                seconds,
                heap.getUsed(),
                open.threads,
                open.virtualThreads,
                open.descriptors,
                disk.files,
                disk.bytes,
                memory.getNonHeapMemoryUsage().getUsed(),
                heap.getCommitted(),
                resident());
    }

    private boolean settled(Open open) {
        return List.<ToLongFunction<Open>>of(Open::threads, Open::virtualThreads, Open::descriptors).stream()
                .allMatch(count -> latest.stream().mapToLong(count).min().orElse(Long.MAX_VALUE) >= count.applyAsLong(open));
    }

    /** A dump knows the virtual threads, too. Each thread has a name there, and a virtual one says so in the line before. */
    private Open count() {
        long platform = 0;
        long virtual = 0;
        try {
            Files.deleteIfExists(dump);
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
            String before = "";
            for (String line : Files.readAllLines(dump)) {
                if (line.strip().startsWith("\"name\":")) {
                    if (before.contains("\"virtual\": true")) {
                        virtual++;
                    } else if (!line.contains("\"ForkJoinPool-")) {
                        platform++;
                    }
                }
                before = line;
            }
            Files.delete(dump);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(dump, e);
        }
        return new Open(platform, virtual, descriptors());
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
    }

    private static long resident() {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException gone) {
            return -1;
        }
    }

    private Disk measureFolder() {
        long bytes = 0;
        long files = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                files++;
                bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
            }
        } catch (IOException e) {
            throw new RunFailedException("cannot read " + folder + ": " + e.getMessage(), e);
        }
        return new Disk(files, bytes);
    }
}
