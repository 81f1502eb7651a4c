package io.github.ntm4j.machines.ntm;

/**
 * Heads that address the same memory at the same time. Heads are counted through: the read heads, then the write heads.
 *
 * @param first the first head
 * @param heads number of heads
 */
record HeadBank(int first, int heads) {}
