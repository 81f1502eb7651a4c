package io.github.ntm4j.core.explanation;

import io.github.ntm4j.core.trace.HeadTrace;
import io.github.ntm4j.core.trace.HeadTrace.Kind;
import io.github.ntm4j.core.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Traces of heads that go where a test sends them, over a memory that holds what they write. */
final class WalkingHeads {
    static final int ROWS = 32;
    private static final int WIDTH = 4;
    private static final float OFF = 0.001f;

    private final int steps;
    private final int listening;
    private final List<HeadTrace> heads = new ArrayList<>();
    private final float[][][] memory;
    private final boolean[][] holds;

    /** A sequence of {@code steps} steps whose answer begins after {@code listening} of them. */
    WalkingHeads(int steps, int listening) {
        this.steps = steps;
        this.listening = listening;
        this.memory = new float[steps][ROWS][WIDTH];
        this.holds = new boolean[steps][ROWS];
    }

    /** A head that writes ones to row {@code rows[t]} at step t, and nothing where that is -1. */
    WalkingHeads write(int... rows) {
        float[][] add = new float[steps][WIDTH];
        for (int t = 0; t < steps; t++) {
            if (t > 0) {
                holds[t] = holds[t - 1].clone();
            }
            if (rows[t] >= 0) {
                Arrays.fill(add[t], 1);
                holds[t][rows[t]] = true;
            }
            for (int row = 0; row < ROWS; row++) {
                Arrays.fill(memory[t][row], holds[t][row] ? 1 : 0);
            }
        }
        heads.add(head("write 1", Kind.WRITE, held(rows), new boolean[steps], add));
        return this;
    }

    /** A head that reads row {@code rows[t]} at step t; where that is -1, its attention is everywhere. A jump comes from its key. */
    WalkingHeads read(int... rows) {
        boolean[] found = new boolean[steps];
        float[][] read = new float[steps][WIDTH];
        for (int t = 0; t < steps; t++) {
            found[t] = t > 0 && rows[t] >= 0 && (rows[t - 1] < 0 || Math.abs(rows[t] - rows[t - 1]) > 1);
            Arrays.fill(read[t], rows[t] < 0 ? 0.5f : t > 0 && holds[t - 1][rows[t]] ? 1 : 0);
        }
        heads.add(head("read " + heads.size(), Kind.READ, rows, found, read));
        return this;
    }

    Trace trace() {
        float[][] input = new float[steps][2];
        float[] mask = new float[steps];
        for (int t = 0; t < steps; t++) {
            input[t][0] = t < listening ? 1 : 0;
            mask[t] = t < listening ? 0 : 1;
        }
        return new Trace(steps, input, new float[steps][1], null, mask, heads, memory, new float[ROWS][WIDTH], ROWS, WIDTH);
    }

    private static int[] held(int[] rows) {
        int[] held = rows.clone();
        for (int t = 1; t < held.length; t++) {
            held[t] = held[t] < 0 ? held[t - 1] : held[t];
        }
        return held;
    }

    private HeadTrace head(String name, Kind kind, int[] rows, boolean[] found, float[][] vectors) {
        float[][] weighting = new float[steps][];
        float[][] content = new float[steps][];
        float[][] shift = new float[steps][3];
        float[] gate = new float[steps];
        float[] sharpening = new float[steps];
        float[][] interpolated = new float[steps][];
        float[][] previous = new float[steps][];
        for (int t = 0; t < steps; t++) {
            weighting[t] = on(rows[t]);
            previous[t] = t == 0 ? new float[ROWS] : weighting[t - 1];
            int stride = t == 0 || rows[t] < 0 || rows[t - 1] < 0 || found[t] ? 0 : rows[t] - rows[t - 1];
            shift[t][1 + Math.clamp(stride, -1, 1)] = 1;
            content[t] = on(found[t] ? rows[t] : -1);
            gate[t] = found[t] ? 1 : OFF;
            sharpening[t] = 5;
            interpolated[t] = found[t] || rows[t] < 0 ? content[t] : on(Math.floorMod(rows[t] - stride, ROWS));
        }
        boolean writes = kind == Kind.WRITE;
        return new HeadTrace(
                name,
                kind,
                previous,
                weighting,
                new float[steps][ROWS],
                content,
                interpolated,
                weighting,
                new float[steps][WIDTH],
                new float[steps],
                gate,
                shift,
                sharpening,
                writes ? new float[steps][WIDTH] : null,
                writes ? vectors : null,
                writes ? null : vectors);
    }

    private static float[] on(int row) {
        float[] weighting = new float[ROWS];
        if (row < 0) {
            Arrays.fill(weighting, 1f / ROWS);
        } else {
            weighting[row] = 1;
        }
        return weighting;
    }
}
