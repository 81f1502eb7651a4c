/** The numerical engine: what a machine computes with. It knows no machine and depends on nothing. */
@NullMarked
package io.github.ntm4j.engine;

import org.jspecify.annotations.NullMarked;
