/** The kernels on the Vector API, the only package that touches it. */
@NullMarked
package io.github.ntm4j.engine.kernel.simd;

import org.jspecify.annotations.NullMarked;
