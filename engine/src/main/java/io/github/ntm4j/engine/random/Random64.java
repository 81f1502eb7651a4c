package io.github.ntm4j.engine.random;

import io.github.ntm4j.engine.border.Arguments;

/**
 * Random numbers that depend on a seed and on what they are for, never on what was drawn before elsewhere: a stream is named by its
 * seed, a purpose and an index ("the training sequence number 4711 of seed 5"), so nothing needs to be stored to go on after a
 * stop. The generator is SplitMix64 (Steele, Lea and Flood 2014); all derived draws are defined here, so that no Java version changes them.
 */
public final class Random64 {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    private Random64(long state) {
        this.state = state;
    }

    /**
     * The stream for one purpose.
     *
     * @param seed the run's seed
     * @param purpose what the numbers are for
     * @param index which of them, 0 for the first
     * @return a new stream
     */
    public static Random64 of(long seed, String purpose, long index) {
        Arguments.given("purpose", purpose);
        Random64 stream = new Random64(0);
        stream.restart(seed, purpose, index);
        return stream;
    }

    /**
     * Turns this object into another stream, without allocating.
     *
     * @param seed the run's seed
     * @param purpose what the numbers are for
     * @param index which of them
     */
    public void restart(long seed, String purpose, long index) {
        long hash = mix(seed + GOLDEN);
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash + GOLDEN * (purpose.charAt(i) + 1));
        }
        state = mix(hash + GOLDEN * (index + 1));
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /**
     * 64 random bits.
     *
     * @return any long
     */
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /**
     * A fair coin.
     *
     * @return true or false
     */
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /**
     * A whole number from a range, all equally likely.
     *
     * @param from the least
     * @param to the greatest
     * @return from {@code from} to {@code to}, both possible
     * @throws IllegalArgumentException if the range is empty
     */
    public int nextInt(int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("random: expected a range, got " + from + ".." + to);
        }
        long width = (long) to - from + 1;
        long limit = (1L << 62) / width * width;
        long draw;
        do {
            draw = nextLong() >>> 2;
        } while (draw >= limit);
        return (int) (from + draw % width);
    }

    /**
     * A number from [0, 1), a multiple of 2^-53.
     *
     * @return the number
     */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /**
     * A number from a range, all equally likely.
     *
     * @param from the least
     * @param to above the greatest
     * @return the number
     */
    public float nextFloat(double from, double to) {
        return (float) (from + (to - from) * nextDouble());
    }

    /**
     * A number from the normal distribution with mean 0 and variance 1 (Box and Muller 1958).
     *
     * @return the number
     */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }
}
