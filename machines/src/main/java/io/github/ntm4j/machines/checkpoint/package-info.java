/** Files that hold trained machines: the safetensors format, and writing that never leaves half a file behind. */
@NullMarked
package io.github.ntm4j.machines.checkpoint;

import org.jspecify.annotations.NullMarked;
