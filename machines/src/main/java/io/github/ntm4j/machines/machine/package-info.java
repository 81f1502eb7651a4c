/** Machines: sequence models with a step, their settings, and sessions that run them. */
@NullMarked
package io.github.ntm4j.machines.machine;

import org.jspecify.annotations.NullMarked;
