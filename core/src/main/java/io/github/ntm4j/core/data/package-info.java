/** A user's own sequences: JSON Lines files, read and written one sequence at a time. */
@NullMarked
package io.github.ntm4j.core.data;

import org.jspecify.annotations.NullMarked;
