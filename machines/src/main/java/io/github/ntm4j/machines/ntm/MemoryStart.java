package io.github.ntm4j.machines.ntm;

/**
 * Size of a memory, and what it is before the first step.
 *
 * @param rows rows of the memory
 * @param memory the cells
 * @param value every cell of a constant memory; the limit of a random one
 * @param weighting the weightings
 * @param read the reads
 */
public record MemoryStart(int rows, InitialMemory memory, double value, InitialWeighting weighting, InitialRead read) {}
