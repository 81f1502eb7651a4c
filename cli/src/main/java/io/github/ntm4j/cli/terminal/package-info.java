/** The terminal, its width and its signals. */
@NullMarked
package io.github.ntm4j.cli.terminal;

import org.jspecify.annotations.NullMarked;
