/** The machines once more, in doubles, for one sequence and straight from the equations: what the real ones are held against. */
@NullMarked
package io.github.ntm4j.machines.machine.reference;

import org.jspecify.annotations.NullMarked;
