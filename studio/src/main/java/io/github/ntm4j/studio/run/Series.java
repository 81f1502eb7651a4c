package io.github.ntm4j.studio.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series of points that never takes more than a fixed room: when it is full, each two neighbours become one, and from then on a point
 * stands for twice as many. The first column tells where a point is, in sequences, and a merged point is where its last one was.
 */
final class Series {
    /** What becomes of a column where points are merged. */
    enum Merge {
        /** The value of the last one. */
        LAST,
        /** The mean of those that are numbers. */
        MEAN,
        /** The sum. */
        SUM
    }

    /** Whole numbers below are written as such. */
    private static final double WHOLE = 1e15;

    private final List<Merge> columns;
    private final double[][] points;
    private int size;
    private int stride = 1;
    /** What has come since the last point, fewer than stride. */
    private final double[] sums;

    private final int[] counts;
    private int pending;

    /**
     * An empty series.
     *
     * @param most points, even
     * @param columns what becomes of each value, the place included
     */
    Series(int most, List<Merge> columns) {
        this.columns = columns;
        this.points = new double[most][];
        this.sums = new double[columns.size()];
        this.counts = new int[columns.size()];
    }

    /** Adds a point that lies behind the others. */
    void add(double... point) {
        for (int i = 0; i < sums.length; i++) {
            if (columns.get(i) == Merge.LAST) {
                sums[i] = point[i];
                counts[i] = 1;
            } else if (!Double.isNaN(point[i])) {
                sums[i] += point[i];
                counts[i]++;
            }
        }
        if (++pending < stride) {
            return;
        }
        if (size == points.length) {
            halve();
            if (pending < stride) {
                return;
            }
        }
        points[size++] = gathered();
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        pending = 0;
    }

    private void halve() {
        for (int i = 0; i < size / 2; i++) {
            points[i] = merged(points[2 * i], points[2 * i + 1]);
        }
        Arrays.fill(points, size / 2, size, null);
        size /= 2;
        stride *= 2;
    }

    private double[] merged(double[] first, double[] second) {
        double[] one = second.clone();
        for (int i = 0; i < one.length; i++) {
            if (Double.isNaN(first[i]) || columns.get(i) == Merge.LAST) {
                continue;
            }
            double sum = Double.isNaN(second[i]) ? first[i] : first[i] + second[i];
            one[i] = columns.get(i) == Merge.MEAN && !Double.isNaN(second[i]) ? sum / 2 : sum;
        }
        return one;
    }

    private double[] gathered() {
        double[] point = new double[sums.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = counts[i] == 0 ? Double.NaN : columns.get(i) == Merge.MEAN ? sums[i] / counts[i] : sums[i];
        }
        return point;
    }

    /** How many points there are, the unfinished one included. */
    int size() {
        return size + (pending > 0 ? 1 : 0);
    }

    private double[] point(int i) {
        return i < size ? points[i] : gathered();
    }

    /**
     * The points behind a place, for JSON: whole places, and values with the digits of a float.
     *
     * @param place only what lies behind it
     */
    List<List<@Nullable Number>> after(long place) {
        List<List<@Nullable Number>> list = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            double[] point = point(i);
            if (point[0] > place) {
                list.add(numbers(point));
            }
        }
        return list;
    }

    /** A point for JSON. */
    static List<@Nullable Number> numbers(double... point) {
        List<@Nullable Number> numbers = new ArrayList<>(point.length);
        numbers.add((long) point[0]);
        for (int i = 1; i < point.length; i++) {
            double value = point[i];
            if (Math.rint(value) == value && Math.abs(value) < WHOLE) {
                numbers.add((long) value);
            } else {
                numbers.add((float) value);
            }
        }
        return numbers;
    }
}
