package io.github.ntm4j.engine.operation;

/** Gives numbered rows in the order of their keys, the smallest first, equal ones by number; in no more steps than it takes for those wanted. */
final class RowHeap {
    private static final int KEY_SHIFT = 32;

    /** Key and row in one number. A binary heap: each is smaller than those at twice its place and behind. */
    private final long[] entries;

    private int size;

    RowHeap(int rows) {
        entries = new long[rows];
    }

    /** Sets the key of a row before the heap is built. NaN counts as the largest. */
    void set(int row, float key) {
        int bits = Float.floatToIntBits(key + 0f); // +0f makes -0 equal to 0
        int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE); // so that negative numbers are in order, too
        entries[row] = (long) ordered << KEY_SHIFT | row;
    }

    /** Builds the heap of all rows. */
    void build() {
        size = entries.length;
        for (int at = size / 2 - 1; at >= 0; at--) {
            sink(at, entries[at]);
        }
    }

    /** Takes the row with the smallest key. */
    int take() {
        int row = (int) entries[0];
        size--;
        sink(0, entries[size]);
        return row;
    }

    /** Places an entry at, or below, a free place. */
    private void sink(int from, long entry) {
        int at = from;
        int child = 2 * at + 1;
        while (child < size) {
            if (child + 1 < size && entries[child + 1] < entries[child]) {
                child++;
            }
            if (entry <= entries[child]) {
                break;
            }
            entries[at] = entries[child];
            at = child;
            child = 2 * at + 1;
        }
        entries[at] = entry;
    }
}
