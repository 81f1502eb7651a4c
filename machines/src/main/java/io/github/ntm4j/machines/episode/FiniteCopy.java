package io.github.ntm4j.machines.episode;

/** Keeps what is no finite number out of a machine. */
final class FiniteCopy {
    private FiniteCopy() {}

    /** Copies numbers, with zeros for what is not finite; returns whether there was none such. */
    static boolean of(float[] from, int at, int count, float[] to, int into) {
        boolean finite = true;
        for (int i = 0; i < count; i++) {
            float value = from[at + i];
            boolean good = Float.isFinite(value);
            to[into + i] = good ? value : 0;
            finite &= good;
        }
        return finite;
    }

    /** Whether all of some numbers are finite. */
    static boolean isFinite(float[] values, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
