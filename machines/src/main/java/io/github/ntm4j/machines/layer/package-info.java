/** Controllers and other layers: what machines are built from. */
@NullMarked
package io.github.ntm4j.machines.layer;

import org.jspecify.annotations.NullMarked;
