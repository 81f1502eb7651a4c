/** How a machine walks a sequence: what it is given, how it is recorded, run forwards and backwards, and how much memory that takes. */
@NullMarked
package io.github.ntm4j.machines.episode;

import org.jspecify.annotations.NullMarked;
