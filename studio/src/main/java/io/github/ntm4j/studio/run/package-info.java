/** Trainings in the studio: which runs there are, how they go, and the ones that the studio trains itself. */
@NullMarked
package io.github.ntm4j.studio.run;

import org.jspecify.annotations.NullMarked;
