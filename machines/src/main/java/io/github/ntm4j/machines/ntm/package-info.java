/** The Neural Turing Machine of Graves, Wayne and Danihelka 2014: its heads, its memory, its settings. */
@NullMarked
package io.github.ntm4j.machines.ntm;

import org.jspecify.annotations.NullMarked;
