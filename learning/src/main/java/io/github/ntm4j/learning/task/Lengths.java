package io.github.ntm4j.learning.task;

import java.util.TreeMap;

/**
 * How long many sequences are.
 *
 * @param least steps of the shortest
 * @param median steps of the one in the middle
 * @param most steps of the longest
 */
public record Lengths(int least, int median, int most) {
    /** Counts lengths. */
    static final class Tally {
        private final TreeMap<Integer, Long> counts = new TreeMap<>();
        private long all;
        private long steps;

        void see(int length) {
            counts.merge(length, 1L, Long::sum);
            all++;
            steps += length;
        }

        /** Steps of all. */
        long steps() {
            return steps;
        }

        /** The lengths that were seen, at least one. */
        Lengths lengths() {
            long before = 0;
            int median = counts.firstKey();
            for (var entry : counts.entrySet()) {
                if (2 * before >= all) {
                    break;
                }
                median = entry.getKey();
                before += entry.getValue();
            }
            return new Lengths(counts.firstKey(), median, counts.lastKey());
        }
    }

    /** Whether all are of one length. */
    boolean same() {
        return least == most;
    }

    /** {@code 3 steps}, or {@code 1 to 6 steps, median 4}. */
    @Override
    public String toString() {
        return same() ? least + (least == 1 ? " step" : " steps") : least + " to " + most + " steps, median " + median;
    }
}
