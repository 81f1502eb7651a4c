package io.github.ntm4j.machines.data;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/** Windows of a series, made as they are asked for: so many steps as the input, and the steps that follow as the target. */
final class SeriesWindows extends AbstractList<SequenceLine> implements RandomAccess {
    private final float[] values;
    private final int steps;
    private final int width;
    private final int window;
    private final int horizon;
    private final int told;
    private final boolean onlyLast;

    /**
     * Windows.
     *
     * @param values {@code [steps][width]}
     * @param told the channel that is the target; -1 for all
     * @param onlyLast whether only the last window is wanted, for what follows the series
     */
    SeriesWindows(float[] values, int steps, int width, int window, int horizon, int told, boolean onlyLast) {
        this.values = values;
        this.steps = steps;
        this.width = width;
        this.window = window;
        this.horizon = horizon;
        this.told = told;
        this.onlyLast = onlyLast;
    }

    @Override
    public int size() {
        return onlyLast ? steps >= window ? 1 : 0 : (int) Math.max(0L, (long) steps - window - horizon + 1);
    }

    @Override
    public SequenceLine get(int index) {
        int first = Objects.checkIndex(index, size()) + (onlyLast ? steps - window : 0);
        SequenceSide input = new SequenceSide.Vectors(Arrays.copyOfRange(values, first * width, (first + window) * width), window, width);
        return new SequenceLine(input, onlyLast ? null : target(first + window), null, first + 1L);
    }

    private SequenceSide target(int from) {
        if (told < 0) {
            return new SequenceSide.Vectors(Arrays.copyOfRange(values, from * width, (from + horizon) * width), horizon, width);
        }
        float[] channel = new float[horizon];
        for (int t = 0; t < horizon; t++) {
            channel[t] = values[(from + t) * width + told];
        }
        return new SequenceSide.Vectors(channel, horizon, 1);
    }
}
