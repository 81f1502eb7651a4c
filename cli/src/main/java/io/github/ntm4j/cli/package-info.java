/** The command {@code ntm}: arguments in, one call of the modules below, a result or one clear line of error out. */
@NullMarked
package io.github.ntm4j.cli;

import org.jspecify.annotations.NullMarked;
