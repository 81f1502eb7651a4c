/** Tasks: where training sequences come from. */
@NullMarked
package io.github.ntm4j.learning.task;

import org.jspecify.annotations.NullMarked;
