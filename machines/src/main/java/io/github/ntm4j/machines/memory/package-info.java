/** What a memory outside a controller is; those of the machines lie with them. */
@NullMarked
package io.github.ntm4j.machines.memory;

import org.jspecify.annotations.NullMarked;
