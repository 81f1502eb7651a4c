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
    @SuppressWarnings("ReferenceEquality") // whether it is the same array is the question
    public void activate(Activation f, float[] x, int xAt, int count, float[] y, int yAt) {
        int end = count - count % LENGTH;
        switch (f) {
            case IDENTITY -> {
                System.arraycopy(x, xAt, y, yAt, count);
                return;
            }
            case SIGMOID -> LaneFunctions.sigmoid(x, xAt, end, y, yAt);
            case TANH -> LaneFunctions.tanh(x, xAt, end, y, yAt);
            case SOFTPLUS -> LaneFunctions.softplus(x, xAt, end, 0f, y, yAt);
            case ONE_PLUS_SOFTPLUS -> LaneFunctions.softplus(x, xAt, end, 1f, y, yAt);
            case RELU -> {
                for (int j = 0; j < end; j += LENGTH) {
                    FloatVector.fromArray(SPECIES, x, xAt + j).max(0f).intoArray(y, yAt + j);
                }
            }
            case ONE_PLUS_RELU -> {
                for (int j = 0; j < end; j += LENGTH) {
                    FloatVector.fromArray(SPECIES, x, xAt + j).max(0f).add(1f).intoArray(y, yAt + j);
                }
            }
        }
        if (end < count) {
            boolean inPlace = x == y && Math.abs(xAt - yAt) < count;
            if (count >= LENGTH && !inPlace) {
                activate(f, x, xAt + count - LENGTH, LENGTH, y, yAt + count - LENGTH); // some of them once more
            } else {
                activateTail(f, x, xAt + end, count - end, y, yAt + end);
            }
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
            case RELU, ONE_PLUS_RELU -> reluBackward(x, xAt, dy, dyAt, end, dx, dxAt);
        }
        for (int j = end; j < count; j++) {
            dx[dxAt + j] = Scalars.accumulateDerivative(f, x[xAt + j], y[yAt + j], dy[dyAt + j], dx[dxAt + j]);
        }
    }

    private static void sigmoidBackward(float[] y, int yAt, float[] dy, int dyAt, int end, float[] dx, int dxAt) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + j);
            FloatVector slope = v.mul(one.sub(v));
            FloatVector.fromArray(SPECIES, dy, dyAt + j)
                    .fma(slope, FloatVector.fromArray(SPECIES, dx, dxAt + j))
                    .intoArray(dx, dxAt + j);
        }
    }

    private static void tanhBackward(float[] y, int yAt, float[] dy, int dyAt, int end, float[] dx, int dxAt) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + j);
            FloatVector slope = v.neg().fma(v, one);
            FloatVector.fromArray(SPECIES, dy, dyAt + j)
                    .fma(slope, FloatVector.fromArray(SPECIES, dx, dxAt + j))
                    .intoArray(dx, dxAt + j);
        }
    }

    private void softplusBackward(float[] x, int xAt, float[] dy, int dyAt, int end, float[] dx, int dxAt) {
        for (int j = 0; j < end; j += LENGTH) {
            LaneFunctions.sigmoid(x, xAt + j, LENGTH, tail, 0);
            FloatVector.fromArray(SPECIES, dy, dyAt + j)
                    .fma(FloatVector.fromArray(SPECIES, tail, 0), FloatVector.fromArray(SPECIES, dx, dxAt + j))
                    .intoArray(dx, dxAt + j);
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
        if (units < LENGTH) {
            for (int j = 0; j < units; j++) {
                Scalars.lstmCell(
                        gates, gatesAt + j, units, previous[previousAt + j], cell, cellAt + j, squashed, squashedAt + j, hidden, hiddenAt + j);
            }
            return;
        }
        // The last vector ends with the last unit: it may compute some units of the vector before once more.
        int last = units - LENGTH;
        for (int n = 0; n < units; n += LENGTH) {
            int j = Math.min(n, last);
            FloatVector input = FloatVector.fromArray(SPECIES, gates, gatesAt + j);
            FloatVector forget = FloatVector.fromArray(SPECIES, gates, gatesAt + units + j);
            FloatVector candidate = FloatVector.fromArray(SPECIES, gates, gatesAt + 2 * units + j);
            forget.fma(FloatVector.fromArray(SPECIES, previous, previousAt + j), input.mul(candidate))
                    .intoArray(cell, cellAt + j);
        }
        LaneFunctions.tanh(cell, cellAt, units - units % LENGTH, squashed, squashedAt);
        LaneFunctions.tanh(cell, cellAt + last, LENGTH, squashed, squashedAt + last);
        for (int n = 0; n < units; n += LENGTH) {
            int j = Math.min(n, last);
            FloatVector.fromArray(SPECIES, gates, gatesAt + 3 * units + j)
                    .mul(FloatVector.fromArray(SPECIES, squashed, squashedAt + j))
                    .intoArray(hidden, hiddenAt + j);
        }
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
            dc.mul(candidate)
                    .fma(input.mul(one.sub(input)), FloatVector.fromArray(SPECIES, dGates, d))
                    .intoArray(dGates, d);
            d += units;
            FloatVector before = FloatVector.fromArray(SPECIES, previous, previousAt + j);
            dc.mul(before)
                    .fma(forget.mul(one.sub(forget)), FloatVector.fromArray(SPECIES, dGates, d))
                    .intoArray(dGates, d);
            d += units;
            dc.mul(input)
                    .fma(candidate.neg().fma(candidate, one), FloatVector.fromArray(SPECIES, dGates, d))
                    .intoArray(dGates, d);
            d += units;
            dh.mul(t)
                    .fma(output.mul(one.sub(output)), FloatVector.fromArray(SPECIES, dGates, d))
                    .intoArray(dGates, d);
            dc.fma(forget, FloatVector.fromArray(SPECIES, dPrevious, dPreviousAt + j))
                    .intoArray(dPrevious, dPreviousAt + j);
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

    @Override
    public void clip(float limit, float[] x, int xAt, int count, float[] y, int yAt) {
        int end = count - count % LENGTH;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + j);
            v.blend(limit, v.compare(VectorOperators.GT, limit))
                    .blend(-limit, v.compare(VectorOperators.LT, -limit))
                    .intoArray(y, yAt + j);
        }
        for (int j = end; j < count; j++) {
            y[yAt + j] = Math.min(Math.max(x[xAt + j], -limit), limit);
        }
    }

    @Override
    public void clipBackward(float limit, float[] x, int xAt, float[] dy, int dyAt, int count, float[] dx, int dxAt) {
        int end = count - count % LENGTH;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector d = FloatVector.fromArray(SPECIES, dx, dxAt + j);
            FloatVector sum = d.add(FloatVector.fromArray(SPECIES, dy, dyAt + j));
            var within = FloatVector.fromArray(SPECIES, x, xAt + j).abs().compare(VectorOperators.LE, limit);
            d.blend(sum, within).intoArray(dx, dxAt + j);
        }
        for (int j = end; j < count; j++) {
            if (Math.abs(x[xAt + j]) <= limit) {
                dx[dxAt + j] += dy[dyAt + j];
            }
        }
    }
}
