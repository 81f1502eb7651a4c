/** Parameters in one flat buffer, and how the outside world sees them. */
@NullMarked
package io.github.ntm4j.engine.parameter;

import org.jspecify.annotations.NullMarked;
