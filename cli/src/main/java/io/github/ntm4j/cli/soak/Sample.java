package io.github.ntm4j.cli.soak;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The figures at one moment at which nothing is under way; -1 for what this system does not tell.
 *
 * @param seconds since the beginning
 * @param heap {@link Figure#HEAP}
 * @param threads {@link Figure#THREADS}
 * @param virtualThreads {@link Figure#VIRTUAL_THREADS}
 * @param descriptors {@link Figure#DESCRIPTORS}
 * @param files {@link Figure#FILES}
 * @param disk {@link Figure#DISK}
 * @param nonHeap {@link Figure#NON_HEAP}
 * @param committed {@link Figure#COMMITTED}
 * @param resident {@link Figure#RESIDENT}
 */
public record Sample(
        double seconds,
        long heap,
        long threads,
        long virtualThreads,
        long descriptors,
        long files,
        long disk,
        long nonHeap,
        long committed,
        long resident) {
    /** The value of a figure. */
    public long of(Figure figure) {
        return switch (figure) {
            case HEAP -> heap;
            case THREADS -> threads;
            case VIRTUAL_THREADS -> virtualThreads;
            case DESCRIPTORS -> descriptors;
            case FILES -> files;
            case DISK -> disk;
            case NON_HEAP -> nonHeap;
            case COMMITTED -> committed;
            case RESIDENT -> resident;
        };
    }

    /**
     * As it is written to a file.
     *
     * @param done how much was done up to then
     * @return names and numbers
     */
    public SequencedMap<String, Object> toMap(Map<String, Long> done) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("seconds", Math.rint(seconds * 10) / 10);
        for (Figure figure : Figure.values()) {
            if (of(figure) >= 0) {
                map.put(figure.key(), of(figure));
            }
        }
        map.putAll(done);
        return map;
    }
}
