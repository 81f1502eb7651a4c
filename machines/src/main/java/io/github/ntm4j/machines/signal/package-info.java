/**
 * What a machine shows of itself at every step: signals that it declares beside its parameters. Traces, pictures, interventions, the studio
 * and its wire format follow from their kinds and know no machine by name.
 */
@NullMarked
package io.github.ntm4j.machines.signal;

import org.jspecify.annotations.NullMarked;
