/** Trained machines in files: loading them, answering with them, and writing one's own. */
@NullMarked
package io.github.ntm4j.machines.model;

import org.jspecify.annotations.NullMarked;
