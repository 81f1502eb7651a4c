/** Every method of every kernel interface, at the sizes of the default machine. */
@NullMarked
package io.github.ntm4j.bench.kernel;

import org.jspecify.annotations.NullMarked;
