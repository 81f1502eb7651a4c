package io.github.ntm4j.engine.kernel;

/**
 * The padding rule of all buffers: a row of {@code n} floats occupies {@code padded(n)} floats, and the floats behind
 * the row are zero, in values and in gradients. Kernels may therefore process whole blocks and need no tail loops;
 * whoever writes a row keeps its padding zero.
 */
public final class Rows {
    /** Floats in a block: the unit of padding, the width of a matrix panel, and the number of partial sums. */
    public static final int BLOCK = 16;

    /**
     * Where the first row of a large buffer begins. The elements of an array begin 16 bytes behind the start of the object, so this one
     * begins 64 bytes behind it: on a cache line, where the virtual machine aligns objects to 64 bytes
     * ({@code -XX:ObjectAlignmentInBytes=64}). A vector that lies across two lines costs two loads. Results do not depend on it.
     */
    public static final int FIRST = 12;

    /** Floats in 4 KiB. */
    private static final int PAGE = 1024;

    private Rows() {}

    /**
     * The number of floats that a row of {@code size} floats occupies.
     *
     * @param size floats in the row, at least 0
     * @return the smallest multiple of {@link #BLOCK} that is not below {@code size}
     */
    public static int padded(int size) {
        return (size + BLOCK - 1) & -BLOCK;
    }

    /**
     * The distance at which rows of {@code size} floats lie below one another. It is {@link #padded} but for multiples of 4 KiB: rows at such
     * distances would compete for the same few places of a cache.
     *
     * @param size floats in a row, at least 0
     * @return a multiple of {@link #BLOCK}, at least {@link #padded}
     */
    public static int stride(int size) {
        int padded = padded(size);
        return padded % PAGE == 0 ? padded + BLOCK : padded;
    }
}
