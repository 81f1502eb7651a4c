/** Memories: how heads address, read and write. */
@NullMarked
package io.github.ntm4j.machines.memory;

import org.jspecify.annotations.NullMarked;
