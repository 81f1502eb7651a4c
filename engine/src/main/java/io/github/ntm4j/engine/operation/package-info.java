/** The operations that a machine is made of, each with its equation, forward and backward side by side. */
@NullMarked
package io.github.ntm4j.engine.operation;

import org.jspecify.annotations.NullMarked;
