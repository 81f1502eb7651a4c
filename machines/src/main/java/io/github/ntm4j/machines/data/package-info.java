/** A user's own sequences: files of JSON Lines, tables and arrays of NumPy, what they are like, and how they become vectors. */
@NullMarked
package io.github.ntm4j.machines.data;

import org.jspecify.annotations.NullMarked;
