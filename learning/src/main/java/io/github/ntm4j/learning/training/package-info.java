/** Training: the loop, its settings and its events. */
@NullMarked
package io.github.ntm4j.learning.training;

import org.jspecify.annotations.NullMarked;
