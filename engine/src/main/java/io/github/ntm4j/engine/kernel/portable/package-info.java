/** The kernels in plain Java, the definition of every result to the last bit. */
@NullMarked
package io.github.ntm4j.engine.kernel.portable;

import org.jspecify.annotations.NullMarked;
