/** Runs: a configuration, its training, and the files that it leaves. */
@NullMarked
package io.github.ntm4j.learning.run;

import org.jspecify.annotations.NullMarked;
