/** Every operation of the engine, forwards and backwards, at the sizes of the default machine. */
@NullMarked
package io.github.ntm4j.bench.operation;

import org.jspecify.annotations.NullMarked;
