package io.github.ntm4j.machines.model;

import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.Settings;

/** What files of ours say about themselves; docs/checkpoint-format.md has the whole. */
public final class ModelFormat {
    /** Key of the format in a file's metadata. Other software has names of its own there. */
    public static final String FORMAT = "format";

    /** What all our formats begin with. */
    public static final String OURS = "ntm4j/";

    /** The format that this version writes. */
    public static final String NAME = OURS + "1";

    /** Key of the settings of the run. */
    public static final String CONFIG = "config";

    /** Key of what the targets are, where they are neither bits nor sequences of one's own, whose settings say so. */
    public static final String OBJECTIVE = "objective";

    /** Key of the version that made the file. */
    public static final String PROVENANCE = "provenance";

    /** Before the names of tensors that an optimiser goes on with. */
    public static final String OPTIMISER = "optimiser.";

    /** Before the names of tensors of the last good state, which are there where it is another than the present one. */
    public static final String GOOD = "good/";

    private ModelFormat() {}

    /**
     * Whether a tensor is one that only training needs.
     *
     * @param tensor its name
     * @return true if a machine runs without it
     */
    public static boolean isOfTraining(String tensor) {
        return tensor.startsWith(OPTIMISER) || tensor.startsWith(GOOD);
    }

    /**
     * The provenance of what this version makes.
     *
     * @return as a file has it
     */
    public static String made() {
        return ConfigWriter.toJson(Settings.describe(Provenance.here()));
    }
}
