/** Machines by their names in the studio, and what they do on a sequence. */
@NullMarked
package io.github.ntm4j.studio.machine;

import org.jspecify.annotations.NullMarked;
