/** Memories: how heads address, read and write. */
@NullMarked
package io.github.ntm4j.core.memory;

import org.jspecify.annotations.NullMarked;
