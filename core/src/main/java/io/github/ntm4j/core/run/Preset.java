package io.github.ntm4j.core.run;

import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.machine.LstmConfig;
import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.training.TrainingConfig;
import java.util.Map;

/** A reading of the paper: the settings of machine and training that belong together. */
public enum Preset {
    /** The project's own: what learns best over many seeds. */
    DEFAULT("the project's own settings, chosen by measuring over seeds"),
    /**
     * Graves, Wayne and Danihelka 2014 to the letter where it is explicit: RMSProp of Graves 2013 with rate 1e-4 and momentum 0.9, one
     * sequence an update, gradients clipped elementwise to 10, reads that see what the step wrote (eq. 2 to 4), learned initial state. Its
     * learning curves end at 1,000,000 sequences.
     */
    GRAVES_2014("Graves, Wayne and Danihelka 2014, arXiv 1410.5401"),
    /**
     * Collier and Beel 2018: constant initial memory 1e-6, learned initial weighting and read, a controller that begins at zero, tanh keys and
     * adds, parameters and outputs clipped to 20; Adam with rate 1e-3, 31,250 batches of 32, gradient norm 50.
     */
    COLLIER_2018("Collier and Beel 2018, arXiv 1807.08518, and its public implementation"),
    /**
     * The popular PyTorch implementation: random initial memory that stays as drawn, zero initial weightings, linear keys and adds, write
     * heads in turn, an LSTM whose weights begin wide; RMSProp with rate 1e-4, 50,000 updates of one sequence, gradients clipped elementwise
     * to 10. Its optimiser is not centred and has its epsilon outside the root; this one is, and has one that hardly counts inside.
     */
    PYTORCH_NTM("the public implementation pytorch-ntm"),
    /** The same with the shifts through softplus before their softmax, as in its revision 7e7290a. */
    PYTORCH_NTM_SOFTPLUS_SHIFT("pytorch-ntm at revision 7e7290a: shifts through softplus"),
    /**
     * The same with heads by relu: keys, strengths, shifts before their softmax, and 1 + relu the sharpenings, as in its revision 74477a6,
     * that of the models it published.
     */
    PYTORCH_NTM_RELU("pytorch-ntm at revision 74477a6, that of its published models: heads by relu");

    private static final Map<String, Object> GRAVES = Map.of(
            "initial_memory", "learned",
            "initial_memory_value", 0.1,
            "initial_weighting", "learned",
            "head_order", "write-first",
            "key_activation", "none",
            "add_activation", "none",
            "write_tendency", "none",
            "gate_bias", 0,
            "forget_bias", 0);
    private static final Map<String, Object> COLLIER = Map.of(
            "initial_weighting", "learned",
            "initial_read", "learned-tanh",
            "initial_controller", "zero",
            "parameter_clip", 20,
            "output_clip", 20,
            "write_tendency", "none",
            "gate_bias", 0);
    private static final Map<String, Object> PYTORCH = Map.ofEntries(
            Map.entry("initial_memory", "random"),
            Map.entry("initial_memory_value", 1 / Math.sqrt(128 + 20)),
            Map.entry("initial_weighting", "zero"),
            Map.entry("write_addressing", "in-turn"),
            Map.entry("key_activation", "none"),
            Map.entry("add_activation", "none"),
            Map.entry("write_tendency", "none"),
            Map.entry("gate_bias", 0),
            Map.entry("forget_bias", 0),
            Map.entry("weight_initialisation", "wide"));

    private final String source;

    Preset(String source) {
        this.source = source;
    }

    /**
     * Where the settings come from.
     *
     * @return a publication
     */
    public String source() {
        return source;
    }

    /** Whether this is a reading of files of pytorch-ntm, which do not say of which revision they are. */
    boolean readsPytorchNtm() {
        return this == PYTORCH_NTM || this == PYTORCH_NTM_SOFTPLUS_SHIFT || this == PYTORCH_NTM_RELU;
    }

    /**
     * The machine's settings.
     *
     * @param name which machine, one of {@link Catalogue#machines}
     * @return the settings
     */
    public MachineConfig machine(String name) {
        if (name.equals("lstm")) {
            return LstmConfig.DEFAULT;
        }
        NtmConfig own = Settings.with(NtmConfig.DEFAULT, Map.of("type", name));
        return switch (this) {
            case DEFAULT -> own;
            case GRAVES_2014 -> Settings.with(own, GRAVES);
            case COLLIER_2018 -> Settings.with(own, COLLIER);
            case PYTORCH_NTM -> Settings.with(own, PYTORCH);
            case PYTORCH_NTM_SOFTPLUS_SHIFT -> Settings.with(Settings.with(own, PYTORCH), Map.of("shift_activation", "softplus"));
            case PYTORCH_NTM_RELU -> Settings.with(
                    Settings.with(own, PYTORCH),
                    Map.of("key_activation", "relu", "strength_activation", "relu", "shift_activation", "relu"));
        };
    }

    /**
     * The training's settings.
     *
     * @return the settings
     */
    public TrainingConfig training() {
        return Settings.with(TrainingConfig.DEFAULT, switch (this) {
            case DEFAULT -> Map.of();
            case GRAVES_2014 -> Map.of("batch", 1, "sequences", 1_000_000, "learning_rate", 1e-4, "solved_rate", 1);
            case COLLIER_2018 -> Map.of(
                    "batch", 32,
                    "sequences", 1_000_000,
                    "optimiser", "adam",
                    "learning_rate", 1e-3,
                    "solved_rate", 1,
                    "epsilon", 1e-8,
                    "clip", "norm",
                    "clip_limit", 50);
            case PYTORCH_NTM, PYTORCH_NTM_SOFTPLUS_SHIFT, PYTORCH_NTM_RELU -> Map.of(
                    "batch", 1,
                    "sequences", 50_000,
                    "learning_rate", 1e-4,
                    "solved_rate", 1,
                    "epsilon", 1e-8,
                    "loss", "per-bit");
        });
    }
}
