package io.github.ntm4j.engine.kernel.portable;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.kernel.Scalars;

final class PortableElements implements ElementKernels {
    @Override
    public void activate(Activation f, float[] x, int xAt, int count, float[] y, int yAt) {
        for (int j = 0; j < count; j++) {
            y[yAt + j] = Scalars.apply(f, x[xAt + j]);
        }
    }

    @Override
    public void activateBackward(
            Activation f, float[] x, int xAt, float[] y, int yAt, float[] dy, int dyAt, int count, float[] dx, int dxAt) {
        for (int j = 0; j < count; j++) {
            dx[dxAt + j] = Scalars.accumulateDerivative(f, x[xAt + j], y[yAt + j], dy[dyAt + j], dx[dxAt + j]);
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
        for (int j = 0; j < units; j++) {
            Scalars.lstmCell(gates, gatesAt + j, units, previous[previousAt + j], cell, cellAt + j, squashed, squashedAt + j, hidden, hiddenAt + j);
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
        for (int j = 0; j < units; j++) {
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
        for (int j = 0; j < count; j++) {
            y[yAt + j] += x[xAt + j];
        }
    }

    @Override
    public void clip(float limit, float[] x, int xAt, int count, float[] y, int yAt) {
        for (int j = 0; j < count; j++) {
            y[yAt + j] = Math.min(Math.max(x[xAt + j], -limit), limit);
        }
    }

    @Override
    public void clipBackward(float limit, float[] x, int xAt, float[] dy, int dyAt, int count, float[] dx, int dxAt) {
        for (int j = 0; j < count; j++) {
            if (Math.abs(x[xAt + j]) <= limit) {
                dx[dxAt + j] += dy[dyAt + j];
            }
        }
    }
}
