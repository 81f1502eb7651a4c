package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.kernel.Scalars;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

final class SimdElements implements ElementKernels {
    private final float[] tail = new float[LENGTH];

    @Override
    public void activate(Activation f, float[] x, int xAt, int count, float[] y, int yAt) {
        int end = count - count % LENGTH;
        switch (f) {
            case IDENTITY -> {
                System.arraycopy(x, xAt, y, yAt, count);
                return;
            }
            case SIGMOID -> sigmoid(x, xAt, end, y, yAt);
            case TANH -> tanh(x, xAt, end, y, yAt);
            case SOFTPLUS -> softplus(0f, x, xAt, end, y, yAt);
            case ONE_PLUS_SOFTPLUS -> softplus(1f, x, xAt, end, y, yAt);
            case RELU -> {
                for (int j = 0; j < end; j += LENGTH) {
                    FloatVector.fromArray(SPECIES, x, xAt + j).max(0f).intoArray(y, yAt + j);
                }
            }
        }
        if (end < count) {
            activateTail(f, x, xAt + end, count - end, y, yAt + end);
        }
    }

    /** Fewer floats than a vector has: as a vector of their own. */
    private void activateTail(Activation f, float[] x, int xAt, int count, float[] y, int yAt) {
        if (count == 1) {
            y[yAt] = Scalars.apply(f, x[xAt]);
            return;
        }
        System.arraycopy(x, xAt, tail, 0, count);
        activate(f, tail, 0, LENGTH, tail, 0);
        System.arraycopy(tail, 0, y, yAt, count);
    }

    private static void sigmoid(float[] x, int xAt, int end, float[] y, int yAt) {
        for (int j = 0; j < end; j += LENGTH) {
            LaneFunctions.sigmoid(FloatVector.fromArray(SPECIES, x, xAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void tanh(float[] x, int xAt, int end, float[] y, int yAt) {
        for (int j = 0; j < end; j += LENGTH) {
            LaneFunctions.tanh(FloatVector.fromArray(SPECIES, x, xAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void softplus(float offset, float[] x, int xAt, int end, float[] y, int yAt) {
        for (int j = 0; j < end; j += LENGTH) {
            LaneFunctions.softplus(FloatVector.fromArray(SPECIES, x, xAt + j)).add(offset).intoArray(y, yAt + j);
        }
    }

    @Override
    public void activateBackward(
            Activation f, float[] x, int xAt, float[] y, int yAt, float[] dy, int dyAt, int count, float[] dx, int dxAt) {
        int end = count - count % LENGTH;
        switch (f) {
            case IDENTITY -> {
                add(dy, dyAt, count, dx, dxAt);
                return;
            }
            case SIGMOID -> sigmoidBackward(y, yAt, dy, dyAt, end, dx, dxAt);
            case TANH -> tanhBackward(y, yAt, dy, dyAt, end, dx, dxAt);
            case SOFTPLUS, ONE_PLUS_SOFTPLUS -> softplusBackward(x, xAt, dy, dyAt, end, dx, dxAt);
            case RELU -> reluBackward(x, xAt, dy, dyAt, end, dx, dxAt);
        }
        for (int j = end; j < count; j++) {
            dx[dxAt + j] = Scalars.accumulateDerivative(f, x[xAt + j], y[yAt + j], dy[dyAt + j], dx[dxAt + j]);
        }
    }

    // One method per loop: compiled together they outgrow what the compiler inlines, and vectors would live on the heap.

    private static void sigmoidBackward(float[] y, int yAt, float[] dy, int dyAt, int end, float[] dx, int dxAt) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + j);
            accumulate(v.mul(one.sub(v)), dy, dyAt + j, dx, dxAt + j);
        }
    }

    private static void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, int end, float[] dx, int dxAt) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + j);
            accumulate(v.neg().fma(v, one), dy, dyAt + j, dx, dxAt + j);
        }
    }

    private static void softplusBackward(float[] x, int xAt, float[] dy, int dyAt, int end, float[] dx, int dxAt) {
        for (int j = 0; j < end; j += LENGTH) {
            accumulate(LaneFunctions.sigmoid(FloatVector.fromArray(SPECIES, x, xAt + j)), dy, dyAt + j, dx, dxAt + j);
        }
    }

    private static void reluBackward(float[] x, int xAt, float[] dy, int dyAt, int end, float[] dx, int dxAt) {
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector d = FloatVector.fromArray(SPECIES, dx, dxAt + j);
            FloatVector sum = d.add(FloatVector.fromArray(SPECIES, dy, dyAt + j));
            var positive = FloatVector.fromArray(SPECIES, x, xAt + j).compare(VectorOperators.GT, 0f);
            d.blend(sum, positive).intoArray(dx, dxAt + j);
        }
    }

    private static void accumulate(FloatVector slope, float[] dy, int dyAt, float[] dx, int dxAt) {
        FloatVector.fromArray(SPECIES, dy, dyAt)
                .fma(slope, FloatVector.fromArray(SPECIES, dx, dxAt))
                .intoArray(dx, dxAt);
    }

    @Override
    public void lstmCell(
            float[] gates,
            int gatesAt,
            int units,
            float[] previous,
            int previousAt,
            float[] cell,
            int cellAt,
            float[] squashed,
            int squashedAt,
            float[] hidden,
            int hiddenAt) {
        int last = units - LENGTH;
        for (int j = 0; j <= last; j += LENGTH) {
            cell(gates, gatesAt + j, units, previous, previousAt + j, cell, cellAt + j, squashed, squashedAt + j, hidden, hiddenAt + j);
        }
        if (units % LENGTH == 0) {
            return;
        }
        if (last >= 0) { // computes some units of the vector before once more
            cell(
                    gates,
                    gatesAt + last,
                    units,
                    previous,
                    previousAt + last,
                    cell,
                    cellAt + last,
                    squashed,
                    squashedAt + last,
                    hidden,
                    hiddenAt + last);
            return;
        }
        for (int j = 0; j < units; j++) {
            Scalars.lstmCell(gates, gatesAt + j, units, previous[previousAt + j], cell, cellAt + j, squashed, squashedAt + j, hidden, hiddenAt + j);
        }
    }

    private static void cell(
            float[] gates,
            int gatesAt,
            int units,
            float[] previous,
            int previousAt,
            float[] cell,
            int cellAt,
            float[] squashed,
            int squashedAt,
            float[] hidden,
            int hiddenAt) {
        FloatVector input = FloatVector.fromArray(SPECIES, gates, gatesAt);
        FloatVector forget = FloatVector.fromArray(SPECIES, gates, gatesAt + units);
        FloatVector candidate = FloatVector.fromArray(SPECIES, gates, gatesAt + 2 * units);
        FloatVector output = FloatVector.fromArray(SPECIES, gates, gatesAt + 3 * units);
        FloatVector c = forget.fma(FloatVector.fromArray(SPECIES, previous, previousAt), input.mul(candidate));
        FloatVector t = LaneFunctions.tanh(c);
        c.intoArray(cell, cellAt);
        t.intoArray(squashed, squashedAt);
        output.mul(t).intoArray(hidden, hiddenAt);
    }

    @Override
    public void lstmCellBackward(
            float[] gates,
            int gatesAt,
            int units,
            float[] previous,
            int previousAt,
            float[] squashed,
            int squashedAt,
            float[] dHidden,
            int dHiddenAt,
            float[] dCell,
            int dCellAt,
            float[] dPrevious,
            int dPreviousAt,
            float[] dGates,
            int dGatesAt) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        int whole = units - units % LENGTH;
        for (int j = 0; j < whole; j += LENGTH) {
            FloatVector input = FloatVector.fromArray(SPECIES, gates, gatesAt + j);
            FloatVector forget = FloatVector.fromArray(SPECIES, gates, gatesAt + units + j);
            FloatVector candidate = FloatVector.fromArray(SPECIES, gates, gatesAt + 2 * units + j);
            FloatVector output = FloatVector.fromArray(SPECIES, gates, gatesAt + 3 * units + j);
            FloatVector t = FloatVector.fromArray(SPECIES, squashed, squashedAt + j);
            FloatVector dh = FloatVector.fromArray(SPECIES, dHidden, dHiddenAt + j);
            FloatVector dc = dh.mul(output)
                    .fma(t.neg().fma(t, one), FloatVector.fromArray(SPECIES, dCell, dCellAt + j));
            int d = dGatesAt + j;
            accumulate(dc.mul(candidate), input.mul(one.sub(input)), dGates, d);
            d += units;
            FloatVector before = FloatVector.fromArray(SPECIES, previous, previousAt + j);
            accumulate(dc.mul(before), forget.mul(one.sub(forget)), dGates, d);
            d += units;
            accumulate(dc.mul(input), candidate.neg().fma(candidate, one), dGates, d);
            d += units;
            accumulate(dh.mul(t), output.mul(one.sub(output)), dGates, d);
            accumulate(dc, forget, dPrevious, dPreviousAt + j);
        }
        for (int j = whole; j < units; j++) {
            Scalars.lstmCellBackward(
                    gates,
                    gatesAt + j,
                    units,
                    previous[previousAt + j],
                    squashed[squashedAt + j],
                    dHidden[dHiddenAt + j],
                    dCell[dCellAt + j],
                    dPrevious,
                    dPreviousAt + j,
                    dGates,
                    dGatesAt + j);
        }
    }

    /** {@code y += a b}. */
    private static void accumulate(FloatVector a, FloatVector b, float[] y, int yAt) {
        a.fma(b, FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
    }

    @Override
    public void add(float[] x, int xAt, int count, float[] y, int yAt) {
        int end = count - count % LENGTH;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector.fromArray(SPECIES, y, yAt + j)
                    .add(FloatVector.fromArray(SPECIES, x, xAt + j))
                    .intoArray(y, yAt + j);
        }
        for (int j = end; j < count; j++) {
            y[yAt + j] += x[xAt + j];
        }
    }
}
