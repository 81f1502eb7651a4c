package io.github.ntm4j.learning.training;

/**
 * How a batch is cut: shards of one size, but the last may be smaller.
 *
 * @param batch sequences in all
 * @param size sequences in a shard, at most the batch
 */
record Shards(int batch, int size) {
    private static final int SMALL_BATCH = 8;
    private static final int SMALL_SHARD = 2;
    private static final int USUAL_SHARD = 4;

    /** Floats of parameters that no longer fit in a second-level cache beside all the rest. */
    private static final int MANY_PARAMETERS = 1 << 18;

    private static final int LARGE_SHARD = 8;

    /** Floats of parameters that fit in no second-level cache. */
    private static final int VERY_MANY_PARAMETERS = 1 << 20;

    private static final int VERY_LARGE_SHARD = 16;

    static Shards of(int batch, int parameterFloats) {
        return new Shards(batch, Math.min(batch, usualSize(batch, parameterFloats)));
    }

    /**
     * Sequences in a shard. A part of the result's definition: another number gives other last bits. Small batches are cut small, so that
     * two threads have something to do. The more parameters, the more sequences share each reading of them.
     */
    private static int usualSize(int batch, int parameterFloats) {
        if (batch <= SMALL_BATCH) {
            return SMALL_SHARD;
        }
        if (parameterFloats > VERY_MANY_PARAMETERS) {
            return VERY_LARGE_SHARD;
        }
        return parameterFloats > MANY_PARAMETERS ? LARGE_SHARD : USUAL_SHARD;
    }

    int count() {
        return (batch + size - 1) / size;
    }

    /** Sequences in the last shard. */
    int last() {
        return batch - first(count() - 1);
    }

    /** Whether the last shard is as large as the others. */
    boolean even() {
        return last() == size;
    }

    /** The first sequence of a shard. */
    int first(int shard) {
        return shard * size;
    }

    int sizeOf(int shard) {
        return shard == count() - 1 ? last() : size;
    }
}
