package io.github.ntm4j.engine.kernel.portable;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.kernel.Elementary;
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
            float input = gates[gatesAt + j];
            float forget = gates[gatesAt + units + j];
            float candidate = gates[gatesAt + 2 * units + j];
            float output = gates[gatesAt + 3 * units + j];
            float c = Math.fma(forget, previous[previousAt + j], input * candidate);
            cell[cellAt + j] = c;
            float t = Elementary.tanh(c);
            squashed[squashedAt + j] = t;
            hidden[hiddenAt + j] = output * t;
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
            float input = gates[gatesAt + j];
            float forget = gates[gatesAt + units + j];
            float candidate = gates[gatesAt + 2 * units + j];
            float output = gates[gatesAt + 3 * units + j];
            float t = squashed[squashedAt + j];
            float dh = dHidden[dHiddenAt + j];
            float dc = Math.fma(dh * output, Math.fma(-t, t, 1f), dCell[dCellAt + j]);
            int d = dGatesAt + j;
            dGates[d] = Math.fma(dc * candidate, input * (1f - input), dGates[d]);
            d += units;
            dGates[d] = Math.fma(dc * previous[previousAt + j], forget * (1f - forget), dGates[d]);
            d += units;
            dGates[d] = Math.fma(dc * input, Math.fma(-candidate, candidate, 1f), dGates[d]);
            d += units;
            dGates[d] = Math.fma(dh * t, output * (1f - output), dGates[d]);
            dPrevious[dPreviousAt + j] = Math.fma(dc, forget, dPrevious[dPreviousAt + j]);
        }
    }

    @Override
    public void add(float[] x, int xAt, int count, float[] y, int yAt) {
        for (int j = 0; j < count; j++) {
            y[yAt + j] += x[xAt + j];
        }
    }
}
