package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.TraceMaker;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Use;
import java.util.Arrays;

/** Traces of heads that go where a test sends them, over a memory that holds what they write. */
final class WalkingHeads {
    static final int ROWS = 32;
    private static final int WIDTH = 4;
    private static final float OFF = 0.001f;

    private final int steps;
    private final int listening;
    private final TraceMaker made = new TraceMaker(ROWS, WIDTH);
    private int heads;
    private final float[][] memory;
    private final boolean[][] holds;

    /** A sequence of {@code steps} steps whose answer begins after {@code listening} of them. */
    WalkingHeads(int steps, int listening) {
        this.steps = steps;
        this.listening = listening;
        this.memory = new float[steps][ROWS * WIDTH];
        this.holds = new boolean[steps][ROWS];
    }

    /** A head that writes ones to row {@code rows[t]} at step t, and nothing where that is -1. */
    WalkingHeads write(int... rows) {
        float[][] add = adds(rows);
        add("write 1", Use.WRITES, held(rows), new boolean[steps], add);
        return erasesNothing();
    }

    /** The same of a head that goes to rows because they are free, and is on no row where it writes nothing. */
    WalkingHeads writeFree(int... rows) {
        float[][] weighting = new float[steps][];
        for (int t = 0; t < steps; t++) {
            weighting[t] = rows[t] < 0 ? new float[ROWS] : on(rows[t]);
        }
        made.head("write 1", Use.WRITES, weighting, adds(rows));
        made.value(over("write 1", "content").as(Role.CONTENT).detail(), everywhere());
        made.value(over("write 1", "allocation").as(Role.ALLOCATION).detail(), weighting);
        made.value(made.signals().number("write 1", "allocation gate", 0, 1).as(Role.ALLOCATION_GATE), always(new float[] {1}));
        return erasesNothing();
    }

    /** A head that reads row {@code rows[t]} at step t: the first that it comes to by its key, those after it by links; -1 as in {@link #read}. */
    WalkingHeads follow(boolean onwards, int... rows) {
        float[][] weighting = new float[steps][];
        float[][] mode = new float[steps][3];
        float[][] read = new float[steps][WIDTH];
        for (int t = 0; t < steps; t++) {
            weighting[t] = on(rows[t]);
            boolean byLinks = t > 0 && rows[t] >= 0 && rows[t - 1] >= 0;
            mode[t][byLinks ? (onwards ? 2 : 0) : 1] = 1;
            Arrays.fill(read[t], rows[t] < 0 ? 0.05f : 1);
        }
        made.head("read 1", Use.READS, weighting, read);
        made.value(over("read 1", "content").as(Role.CONTENT).detail(), weighting);
        made.value(made.signals().distribution("read 1", "mode", "backward", "content", "forward").as(Role.MODE), mode);
        return this;
    }

    private Signal over(String head, String name) {
        return made.signals().weighting(head, name, made.signals().stores().getFirst());
    }

    private float[][] everywhere() {
        return always(on(-1));
    }

    private float[][] always(float[] values) {
        float[][] all = new float[steps][];
        Arrays.fill(all, values);
        return all;
    }

    private WalkingHeads erasesNothing() {
        made.value(made.signals().vector("write 1", "erase", WIDTH).within(0, 1).as(Role.ERASE).detail(), new float[steps][WIDTH]);
        return this;
    }

    private float[][] adds(int[] rows) {
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
                Arrays.fill(memory[t], row * WIDTH, (row + 1) * WIDTH, holds[t][row] ? 1 : 0);
            }
        }
        return add;
    }

    /** A head that reads row {@code rows[t]} at step t; where that is -1, its attention is everywhere. A jump comes from its key. */
    WalkingHeads read(int... rows) {
        boolean[] found = new boolean[steps];
        float[][] read = new float[steps][WIDTH];
        for (int t = 0; t < steps; t++) {
            found[t] = t > 0 && rows[t] >= 0 && (rows[t - 1] < 0 || Math.abs(rows[t] - rows[t - 1]) > 1);
            Arrays.fill(read[t], rows[t] < 0 ? 0.5f : t > 0 && holds[t - 1][rows[t]] ? 1 : 0);
        }
        add("read " + heads, Use.READS, rows, found, read);
        return this;
    }

    Trace trace() {
        float[][] input = new float[steps][2];
        float[] mask = new float[steps];
        for (int t = 0; t < steps; t++) {
            input[t][0] = t < listening ? 1 : 0;
            mask[t] = t < listening ? 0 : 1;
        }
        return made.memory(memory, new float[ROWS * WIDTH]).trace(input, new float[steps][1], null, mask);
    }

    private static int[] held(int[] rows) {
        int[] held = rows.clone();
        for (int t = 1; t < held.length; t++) {
            held[t] = held[t] < 0 ? held[t - 1] : held[t];
        }
        return held;
    }

    private void add(String name, Use use, int[] rows, boolean[] found, float[][] vectors) {
        float[][] weighting = new float[steps][];
        float[][] content = new float[steps][];
        float[][] shift = new float[steps][3];
        float[][] gate = new float[steps][1];
        float[][] sharpening = new float[steps][1];
        float[][] interpolated = new float[steps][];
        for (int t = 0; t < steps; t++) {
            weighting[t] = on(rows[t]);
            int stride = t == 0 || rows[t] < 0 || rows[t - 1] < 0 || found[t] ? 0 : rows[t] - rows[t - 1];
            shift[t][1 + Math.clamp(stride, -1, 1)] = 1;
            content[t] = on(found[t] ? rows[t] : -1);
            gate[t][0] = found[t] ? 1 : OFF;
            sharpening[t][0] = 5;
            interpolated[t] = found[t] || rows[t] < 0 ? content[t] : on(Math.floorMod(rows[t] - stride, ROWS));
        }
        made.head(name, use, weighting, vectors).addressing(name, content, gate, interpolated, shift, sharpening);
        heads++;
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
