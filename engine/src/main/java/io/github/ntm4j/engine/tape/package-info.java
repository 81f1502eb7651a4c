/** The recording of a computation, and its replay forwards and backwards. */
@NullMarked
package io.github.ntm4j.engine.tape;

import org.jspecify.annotations.NullMarked;
