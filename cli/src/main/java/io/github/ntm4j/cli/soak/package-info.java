/** Everything at once for a long time in one process, to see whether anything grows that should not. */
@NullMarked
package io.github.ntm4j.cli.soak;

import org.jspecify.annotations.NullMarked;
