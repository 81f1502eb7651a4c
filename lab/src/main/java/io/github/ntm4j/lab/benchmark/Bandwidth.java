package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Kernels;
import io.github.ntm4j.engine.kernel.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * How fast one thread moves floats, by how many there are: data that fits into a cache comes from there. Measured with the engine's own
 * kernels, so it is what one that does next to nothing with its data reaches.
 *
 * @param levels measured sizes, the smallest first
 */
public record Bandwidth(List<Level> levels) {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    /** Within the caches of a core, around their ends, within a cache that cores share, and beyond all caches. */
    private static final List<Long> SIZES =
            List.of(32 * KIB, 128 * KIB, 512 * KIB, MIB, 2 * MIB, 4 * MIB, 16 * MIB, 512 * MIB);

    private static final int SMALL_BLOCK = 1024;
    private static final int DEPTH = 128;
    private static final int PANEL = DEPTH * Rows.BLOCK;
    private static final double REPEAT_SECONDS = 0.02;

    /**
     * One size.
     *
     * @param bytes the data that is gone through again and again
     * @param readGbs billions of bytes in a second where it is only read: the faster of a sum and a matrix times a vector
     * @param updateGbs the same for {@code y += x} ({@link ElementKernels#add}): both are read and one is written, which counts 12 bytes an element
     */
    public record Level(long bytes, double readGbs, double updateGbs) {}

    /** Keeps a copy. */
    public Bandwidth {
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("bandwidth: expected at least one level");
        }
        levels = List.copyOf(levels);
    }

    /**
     * Measures this computer, in about two seconds. The largest size is half a gigabyte, or a quarter of the heap if that is less.
     *
     * @param provider whose kernels to use
     * @return the levels
     */
    public static Bandwidth measure(KernelProvider provider) {
        long most = Math.max(MIB, Runtime.getRuntime().maxMemory() / 4);
        List<Long> sizes = SIZES.stream().map(size -> Math.min(size, most)).distinct().toList();
        Kernels kernels = provider.create();
        ElementKernels elements = kernels.elements();
        int largest = (int) (sizes.getLast() / 2 / Float.BYTES);
        float[] x = new float[Rows.FIRST + largest];
        float[] y = new float[Rows.FIRST + largest];
        Arrays.fill(x, 1e-20f); // so that every page is there
        Arrays.fill(y, 1f);
        float[] row = new float[Rows.FIRST + DEPTH];
        List<Level> levels = new ArrayList<>();
        for (long size : sizes) {
            int half = (int) (size / 2 / Float.BYTES);
            double update = gigabytesPerSecond(3L * Float.BYTES * half, rounds -> {
                for (long i = 0; i < rounds; i++) {
                    elements.add(x, Rows.FIRST, half, y, Rows.FIRST);
                }
            });
            double adding = gigabytesPerSecond((long) Float.BYTES * half, rounds -> {
                for (long i = 0; i < rounds; i++) {
                    addAll(elements, x, half, y);
                }
            });
            int panels = half / PANEL;
            double multiplying = gigabytesPerSecond((long) Float.BYTES * panels * PANEL, rounds -> {
                for (long i = 0; i < rounds; i++) {
                    kernels.matrices().multiply(
                            row, Rows.FIRST, DEPTH, 1, DEPTH, x, Rows.FIRST, panels, y, Rows.FIRST, panels * Rows.BLOCK);
                }
            });
            levels.add(new Level(size, Math.max(adding, multiplying), update));
        }
        return new Bandwidth(levels);
    }

    /** Reading: adds all of x to the same few floats, which stay in the nearest cache. */
    private static void addAll(ElementKernels kernels, float[] x, int count, float[] y) {
        for (int at = 0; at < count; at += SMALL_BLOCK) {
            kernels.add(x, Rows.FIRST + at, Math.min(SMALL_BLOCK, count - at), y, Rows.FIRST);
        }
    }

    private static double gigabytesPerSecond(long bytesPerRound, LongConsumer work) {
        long rounds = 1;
        double seconds = seconds(work, rounds);
        while (seconds < REPEAT_SECONDS) { // this also warms up
            rounds *= 2;
            seconds = seconds(work, rounds);
        }
        for (int i = 1; i < Repeats.COUNT; i++) {
            seconds = Math.min(seconds, seconds(work, rounds));
        }
        return (double) bytesPerRound * rounds / seconds / 1e9;
    }

    private static double seconds(LongConsumer work, long rounds) {
        long before = System.nanoTime();
        work.accept(rounds);
        return Math.max(1, System.nanoTime() - before) / 1e9;
    }

    /**
     * The level that data lives in.
     *
     * @param workingSet bytes that are touched between two uses of the same data
     * @return the measured size nearest to it, by their ratio
     */
    public Level of(double workingSet) {
        return Collections.min(levels, Comparator.comparingDouble(level -> Math.abs(Math.log(level.bytes() / workingSet))));
    }
}
