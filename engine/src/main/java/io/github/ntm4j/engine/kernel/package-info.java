/** Arithmetic on flat arrays: what the kernels compute, and which provider runs them. */
@NullMarked
package io.github.ntm4j.engine.kernel;

import org.jspecify.annotations.NullMarked;
