/** Films of learning: what a run's machine was like at one moment after the other. */
@NullMarked
package io.github.ntm4j.studio.film;

import org.jspecify.annotations.NullMarked;
