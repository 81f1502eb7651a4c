package io.github.ntm4j.engine.kernel.portable;

import io.github.ntm4j.engine.kernel.PeakLoop;

/** Eight independent chains of scalar multiply-adds. */
public final class PortablePeak implements PeakLoop {
    private static final int CHAINS = 8;

    /** A loop without state. */
    public PortablePeak() {}

    @Override
    public int operationsPerRound() {
        return 2 * CHAINS;
    }

    @Override
    public float run(int rounds) {
        float x = 0.999f;
        float y = 0.001f;
        float a = 1f;
        float b = 1.1f;
        float c = 1.2f;
        float d = 1.3f;
        float e = 1.4f;
        float f = 1.5f;
        float g = 1.6f;
        float h = 1.7f;
        for (int round = 0; round < rounds; round++) {
            a = Math.fma(a, x, y);
            b = Math.fma(b, x, y);
            c = Math.fma(c, x, y);
            d = Math.fma(d, x, y);
            e = Math.fma(e, x, y);
            f = Math.fma(f, x, y);
            g = Math.fma(g, x, y);
            h = Math.fma(h, x, y);
        }
        return a + b + c + d + e + f + g + h;
    }
}
