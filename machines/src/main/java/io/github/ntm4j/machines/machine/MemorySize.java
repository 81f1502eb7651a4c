package io.github.ntm4j.machines.machine;

/**
 * How large the memory of a machine is.
 *
 * @param rows places
 * @param width floats in a place
 * @param readHeads heads that read
 * @param writeHeads heads that write
 */
public record MemorySize(int rows, int width, int readHeads, int writeHeads) {
    /**
     * All numbers of the memory.
     *
     * @return rows times width
     */
    public long cells() {
        return (long) rows * width;
    }

    /**
     * All heads.
     *
     * @return those that read and those that write
     */
    public int heads() {
        return readHeads + writeHeads;
    }
}
