/** Settings as YAML, which people write. */
@NullMarked
package io.github.ntm4j.learning.yaml;

import org.jspecify.annotations.NullMarked;
