package io.github.ntm4j.cli.soak;

/** What is measured of the process and its folder, and how much it may grow. */
public enum Figure {
    /** Bytes of objects in use after a collection. */
    HEAP("heap_bytes", "heap after collection", true, 0.2, 16L << 20),
    /** Threads of the system, without those that the virtual machine lends to virtual threads. */
    THREADS("threads", "threads", false, 0, 0),
    /** Virtual threads. */
    VIRTUAL_THREADS("virtual_threads", "virtual threads", false, 0, 0),
    /** Open file descriptors. */
    DESCRIPTORS("descriptors", "file descriptors", false, 0, 0),
    /** Files and folders on disk. */
    FILES("files", "files on disk", false, 0.2, 32),
    /** Bytes on disk. */
    DISK("disk_bytes", "bytes on disk", true, 0.2, 16L << 20),
    /** Bytes of classes, compiled code and the like; they follow what is used, and are reported only. */
    NON_HEAP("non_heap_bytes", "classes and code", true, 0, Long.MAX_VALUE),
    /** Bytes that the heap has taken from the system; it gives some back when it likes, so they are reported only. */
    COMMITTED("heap_committed_bytes", "heap with room", true, 0, Long.MAX_VALUE),
    /** Bytes of the process in memory, as the system sees it; reported only. */
    RESIDENT("resident_bytes", "resident memory", true, 0, Long.MAX_VALUE);

    private final String key;
    private final String label;
    private final boolean bytes;
    private final double share;
    private final long amount;

    Figure(String key, String label, boolean bytes, double share, long amount) {
        this.key = key;
        this.label = label;
        this.bytes = bytes;
        this.share = share;
        this.amount = amount;
    }

    /** Its name in JSON. */
    public String key() {
        return key;
    }

    /** Its name in a table. */
    public String label() {
        return label;
    }

    /** Whether it counts bytes. */
    public boolean bytes() {
        return bytes;
    }

    /**
     * How much it may grow.
     *
     * @param level what it was after the warm-up
     * @return the larger of a share of that and a fixed amount; {@link Long#MAX_VALUE} if it is reported only
     */
    public long allowance(long level) {
        return Math.max((long) (share * level), amount);
    }
}
