package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;

/**
 * Steps in which a head does the same thing.
 *
 * @param from the first step
 * @param to the step after the last
 * @param movement how it gets from row to row
 * @param stride rows it moves in a step, or links that it follows
 * @param jumps whether its key brought it to its first row
 * @param times how often it does the same in these steps
 * @param effect what comes of it in most of them
 */
record Segment(int from, int to, Movement movement, int stride, boolean jumps, int times, Effect effect) {
    int length() {
        return to - from;
    }

    /** Whether what the machine knows of its rows led the head, and neither its key nor a movement: that is told, however short it is. */
    boolean isLed() {
        return movement == Movement.FOLLOW || movement == Movement.ALLOCATE;
    }

    Segment until(int end) {
        return new Segment(from, end, movement, stride, jumps, times, effect);
    }

    Segment after(int start) {
        return new Segment(start, to, movement, stride, false, times, effect);
    }

    Segment with(Effect other) {
        return new Segment(from, to, movement, stride, jumps, times, other);
    }

    Segment repeated(int end, int number) {
        return new Segment(from, end, movement, stride, jumps, number, effect);
    }

    /** How many steps of this segment are in {@code [start, end)}. */
    int overlap(int start, int end) {
        return Math.max(0, Math.min(to, end) - Math.max(from, start));
    }
}
