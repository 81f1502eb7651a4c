package io.github.ntm4j.engine.tape;

/**
 * What an operation has to do by its definition, whatever the implementation does, for all sequences of its batch. Functions of single elements
 * do not count, nor do bytes of what is small.
 *
 * @param multiplyAdds multiply-adds of its products
 * @param read bytes that it reads of what is large: the weights of a linear map, a memory
 * @param updated bytes that it reads or writes of what it changes
 */
public record Work(long multiplyAdds, long read, long updated) {
    /** Nothing that counts. */
    public static final Work NONE = new Work(0, 0, 0);

    /**
     * The work of an operation and another.
     *
     * @param other the other
     * @return the sums
     */
    public Work plus(Work other) {
        return new Work(multiplyAdds + other.multiplyAdds, read + other.read, updated + other.updated);
    }
}
