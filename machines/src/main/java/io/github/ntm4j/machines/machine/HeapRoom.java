package io.github.ntm4j.machines.machine;

import io.github.ntm4j.machines.config.UserException;

/**
 * Whether java can have the memory for what is about to be taken: asked before anything is begun, so that nothing ends half done.
 */
public final class HeapRoom {
    /** Bytes that the program takes for itself. */
    private static final long OWN = 16L << 20;

    /** A share of the heap that its divisions leave unused. */
    private static final int UNUSED = 8;

    private HeapRoom() {}

    /**
     * How large a heap has to be.
     *
     * @param bytes of all arrays
     * @param largest bytes of the largest of them, which must lie in the old generation, two thirds of the heap
     * @return bytes
     */
    public static long needed(long bytes, long largest) {
        return Math.max(bytes + bytes / UNUSED, largest + largest / 2) + OWN;
    }

    /**
     * Refuses what does not fit into the heap that java can have.
     *
     * @param what is to be done, the beginning of the message
     * @param bytes of all arrays
     * @param largest bytes of the largest of them
     * @param advice what would need less
     * @throws UserException if it needs a larger heap; with the figures and how to get one
     */
    public static void require(String what, long bytes, long largest, String advice) {
        require(Runtime.getRuntime().maxMemory(), what, bytes, largest, advice);
    }

    static void require(long heap, String what, long bytes, long largest, String advice) {
        long needed = needed(bytes, largest);
        if (needed > heap) {
            throw new UserException(what + " needs " + mebibytes(needed) + ", and java has " + mebibytes(heap) + "; "
                    + more(needed) + ", or " + advice);
        }
    }

    /**
     * Advice to take a larger heap.
     *
     * @param needed bytes
     * @return such as {@code give java more (NTM_JAVA_OPTS=-Xmx2g)}
     */
    public static String more(long needed) {
        return "give java more (NTM_JAVA_OPTS=-Xmx" + (((needed + needed / UNUSED) >> 30) + 1) + "g)";
    }

    /**
     * A figure for people.
     *
     * @param bytes bytes
     * @return such as {@code 17 MiB}
     */
    public static String mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1 << 20) + " MiB";
    }
}
