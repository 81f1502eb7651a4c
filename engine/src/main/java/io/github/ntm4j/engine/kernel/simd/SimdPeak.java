package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.PeakLoop;
import jdk.incubator.vector.FloatVector;

/** Ten independent chains of vector multiply-adds. */
public final class SimdPeak implements PeakLoop {
    private static final int CHAINS = 10;

    /** A loop without state. */
    public SimdPeak() {}

    @Override
    public int operationsPerRound() {
        return 2 * CHAINS * LENGTH;
    }

    @Override
    public float run(int rounds) {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector y = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector a = x;
        FloatVector b = x.add(0.1f);
        FloatVector c = x.add(0.2f);
        FloatVector d = x.add(0.3f);
        FloatVector e = x.add(0.4f);
        FloatVector f = x.add(0.5f);
        FloatVector g = x.add(0.6f);
        FloatVector h = x.add(0.7f);
        FloatVector i = x.add(0.8f);
        FloatVector j = x.add(0.9f);
        for (int round = 0; round < rounds; round++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
        }
        FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j);
        return sum.lane(0);
    }
}
