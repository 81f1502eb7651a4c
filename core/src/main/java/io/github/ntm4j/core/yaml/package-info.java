/** Settings as YAML, which people write. */
@NullMarked
package io.github.ntm4j.core.yaml;

import org.jspecify.annotations.NullMarked;
