package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.Curve;
import io.github.ntm4j.learning.run.CurvePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A line through points with ascending xs and finite ys.
 *
 * @param xs training sequences
 * @param ys values, as many
 */
record CurveLine(double[] xs, double[] ys) {
    /** More points than this make a line no clearer. */
    private static final int MOST_POINTS = 600;

    /** The line through the points of a list, without those whose value is not finite. */
    static <P> CurveLine of(List<P> points, ToLongFunction<P> x, ToDoubleFunction<P> y) {
        List<P> finite = points.stream().filter(point -> Double.isFinite(y.applyAsDouble(point))).toList();
        return new CurveLine(
                finite.stream().mapToDouble(x::applyAsLong).toArray(), finite.stream().mapToDouble(y).toArray());
    }

    /** The smooth line of one run among several: what training measured or, where it did not, evaluation. */
    static CurveLine of(Curve run, ToDoubleFunction<CurvePoint> value, CurveScale scale) {
        CurveLine training = of(run.training(), CurvePoint::sequences, value);
        CurveLine line = training.isEmpty() ? of(run.evaluation(), CurvePoint::sequences, value) : training;
        return line.thinned(scale).smoothed(scale);
    }

    boolean isEmpty() {
        return xs.length == 0;
    }

    double lastX() {
        return xs[xs.length - 1];
    }

    double lastY() {
        return ys[ys.length - 1];
    }

    /** The value at {@code x}: on the line between two points, and the end's value beyond the ends. */
    double at(double x) {
        int next = Arrays.binarySearch(xs, x);
        if (next >= 0) {
            return ys[next];
        }
        next = -next - 1;
        if (next == 0 || next == xs.length) {
            return next == 0 ? ys[0] : lastY();
        }
        double share = (x - xs[next - 1]) / (xs[next] - xs[next - 1]);
        return ys[next - 1] + share * (ys[next] - ys[next - 1]);
    }

    /** A line of at most a few hundred points, each the mean of its neighbours where there are more. Means are taken on the scale. */
    CurveLine thinned(CurveScale scale) {
        if (xs.length <= MOST_POINTS) {
            return this;
        }
        double[] thinX = new double[MOST_POINTS];
        double[] thinY = new double[MOST_POINTS];
        for (int i = 0; i < MOST_POINTS; i++) {
            int from = (int) ((long) i * xs.length / MOST_POINTS);
            int to = (int) ((i + 1L) * xs.length / MOST_POINTS);
            thinX[i] = Arrays.stream(xs, from, to).average().orElseThrow();
            thinY[i] = mean(scale, from, to);
        }
        return new CurveLine(thinX, thinY);
    }

    /** Each value replaced by the mean over the 4 % of the line around it, less at the ends. Means are taken on the scale. */
    CurveLine smoothed(CurveScale scale) {
        int reach = xs.length / 50;
        double[] smooth = new double[ys.length];
        for (int i = 0; i < ys.length; i++) {
            smooth[i] = mean(scale, Math.max(0, i - reach), Math.min(ys.length, i + reach + 1));
        }
        return new CurveLine(xs, smooth);
    }

    private double mean(CurveScale scale, int from, int to) {
        return scale.value(Arrays.stream(ys, from, to).map(scale::position).average().orElseThrow());
    }

    /** The median of several lines at every x, from the latest start to the latest end; a line that ended keeps its last value. */
    static CurveLine median(List<CurveLine> lines, CurveScale scale) {
        double start = lines.stream().mapToDouble(line -> line.xs[0]).max().orElseThrow();
        double end = lines.stream().mapToDouble(CurveLine::lastX).max().orElseThrow();
        List<Double> xs = new ArrayList<>(List.of(start));
        for (int i = 1; i <= MOST_POINTS / 2 && end > start; i++) {
            xs.add(start + (end - start) * i / (MOST_POINTS / 2.0));
        }
        double[] ys = new double[xs.size()];
        for (int i = 0; i < ys.length; i++) {
            double x = xs.get(i);
            double[] sorted = lines.stream().mapToDouble(line -> scale.position(line.at(x))).sorted().toArray();
            ys[i] = scale.value((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
        }
        return new CurveLine(xs.stream().mapToDouble(Double::doubleValue).toArray(), ys);
    }
}
