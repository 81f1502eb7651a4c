package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.config.Setting;

/**
 * How the order of writing is kept and followed: eq. 8 to 11.
 *
 * @param links what is kept
 * @param linkEntries entries that a row of sparse links has at most
 * @param sharpen whether heads sharpen the weightings that the links give
 */
public record LinkSettings(
        @Setting("how the order of writing is kept") Links links,
        @Setting(value = "entries of a row of sparse links", min = 1, max = 1024) int linkEntries,
        @Setting("whether heads sharpen the weightings that the links give") boolean sharpen) {
    /** How the order of writing is kept. */
    public enum Links {
        /** A number for each pair of rows. */
        DENSE,
        /** The largest entries alone (Graves et al. 2016, Methods). */
        SPARSE,
        /** Not at all, and no read modes: the content-based unit of Franke et al. 2018. */
        NONE
    }
}
