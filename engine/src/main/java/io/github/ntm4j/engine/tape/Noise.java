package io.github.ntm4j.engine.tape;

import io.github.ntm4j.engine.random.Random64;
import java.util.Arrays;

/**
 * A place on a tape for random numbers. No operation sets it: whoever runs the recording draws them before each run, from a stream that
 * belongs to the sequence and the step. Where nobody draws, as in a session, it holds their mean.
 */
public final class Noise {
    private static final float HALF = 0.5f;

    private final Tape tape;
    private final Tensor place;
    private final float keep;
    private final float mean;

    private Noise(Tape tape, Tensor place, float keep, float mean) {
        this.tape = tape;
        this.place = place;
        this.keep = keep;
        this.mean = mean;
        tape.add(this);
        rest();
    }

    /**
     * Numbers from [0, 1), all equally likely.
     *
     * @param tape the tape
     * @param batch sequences
     * @param lines lines of each
     * @param size floats in a line
     * @return {@code [batch][lines][size]}, without derivatives; 0.5 where nobody draws
     */
    public static Tensor uniform(Tape tape, int batch, int lines, int size) {
        return new Noise(tape, tape.allocateValues(batch, lines, size), 0, HALF).place;
    }

    /**
     * A mask for dropout (Srivastava et al. 2014): {@code 1 / keep} with probability {@code keep}, otherwise 0.
     *
     * @param tape the tape
     * @param batch sequences
     * @param lines lines of each
     * @param size floats in a line
     * @param keep above 0, at most 1
     * @return {@code [batch][lines][size]}, without derivatives; 1 where nobody draws
     * @throws IllegalArgumentException if {@code keep} is out of its range
     */
    public static Tensor dropout(Tape tape, int batch, int lines, int size, float keep) {
        if (!(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException("keep: expected above 0 and at most 1, got " + keep);
        }
        return new Noise(tape, tape.allocateValues(batch, lines, size), keep, 1).place;
    }

    /**
     * Draws the numbers of one sequence.
     *
     * @param b sequence
     * @param random where they come from
     */
    public void draw(int b, Random64 random) {
        float[] values = tape.values();
        for (int line = 0; line < place.lines(); line++) {
            int at = place.at(b, line);
            for (int j = 0; j < place.size(); j++) {
                double number = random.nextDouble();
                values[at + j] = keep == 0 ? Math.min((float) number, Math.nextDown(1f)) : number < keep ? 1 / keep : 0;
            }
        }
    }

    private void rest() {
        if (tape.isCounting()) {
            return;
        }
        for (int b = 0; b < place.batch(); b++) {
            for (int line = 0; line < place.lines(); line++) {
                Arrays.fill(tape.values(), place.at(b, line), place.at(b, line) + place.size(), mean);
            }
        }
    }
}
