/** Suites of experiments that are run and reported together: data in YAML. */
@NullMarked
package io.github.ntm4j.learning.suite;

import org.jspecify.annotations.NullMarked;
