/** Rules that turn gradients into better parameters. */
@NullMarked
package io.github.ntm4j.engine.optimiser;

import org.jspecify.annotations.NullMarked;
