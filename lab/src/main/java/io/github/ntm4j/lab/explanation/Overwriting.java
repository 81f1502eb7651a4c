package io.github.ntm4j.lab.explanation;

/**
 * What is written over while a machine listens, before any answer could need it.
 *
 * @param written how many writes there are while it listens
 * @param lost how many of them another write replaces meanwhile
 * @param reach over how many rows a write head moves without leaving its way; more than there are rows when it goes around
 */
public record Overwriting(int written, int lost, int reach) {
    /** Of a machine that writes nothing. */
    static final Overwriting NONE = new Overwriting(0, 0, 0);
}
