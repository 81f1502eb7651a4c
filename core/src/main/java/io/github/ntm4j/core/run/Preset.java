package io.github.ntm4j.core.run;

import io.github.ntm4j.core.layer.InitialVector;
import io.github.ntm4j.core.layer.Initialisation;
import io.github.ntm4j.core.machine.LstmConfig;
import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.machine.NtmConfig.HeadOrder;
import io.github.ntm4j.core.machine.NtmConfig.ReadTendency;
import io.github.ntm4j.core.machine.NtmConfig.ShiftActivation;
import io.github.ntm4j.core.machine.NtmConfig.Squash;
import io.github.ntm4j.core.machine.NtmConfig.StrengthActivation;
import io.github.ntm4j.core.machine.NtmConfig.WriteAddressing;
import io.github.ntm4j.core.machine.NtmConfig.WriteTendency;
import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.memory.InitialMemory;
import io.github.ntm4j.core.memory.InitialRead;
import io.github.ntm4j.core.memory.InitialWeighting;
import io.github.ntm4j.core.training.TrainingConfig.Clipping;
import io.github.ntm4j.core.training.TrainingConfig.Loss;
import io.github.ntm4j.core.training.TrainingConfig.Rule;
import io.github.ntm4j.core.training.TrainingConfig.Schedule;
import io.github.ntm4j.core.training.TrainingConfig;

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
        NtmConfig.Type type = name.equals("ntm-ff") ? NtmConfig.Type.NTM_FF : NtmConfig.Type.NTM_LSTM;
        return switch (this) {
            case DEFAULT -> ntm(
                    type,
                    InitialMemory.CONSTANT,
                    1e-6,
                    InitialWeighting.FIRST_ROW,
                    InitialRead.LEARNED,
                    InitialVector.LEARNED,
                    HeadOrder.READ_FIRST,
                    WriteAddressing.TOGETHER,
                    Squash.TANH,
                    0,
                    WriteTendency.APPEND,
                    -3,
                    1,
                    Initialisation.FAN_IN);
            case GRAVES_2014 -> ntm(
                    type,
                    InitialMemory.LEARNED,
                    0.1,
                    InitialWeighting.LEARNED,
                    InitialRead.LEARNED,
                    InitialVector.LEARNED,
                    HeadOrder.WRITE_FIRST,
                    WriteAddressing.TOGETHER,
                    Squash.NONE,
                    0,
                    WriteTendency.NONE,
                    0,
                    0,
                    Initialisation.FAN_IN);
            case COLLIER_2018 -> ntm(
                    type,
                    InitialMemory.CONSTANT,
                    1e-6,
                    InitialWeighting.LEARNED,
                    InitialRead.LEARNED_TANH,
                    InitialVector.ZERO,
                    HeadOrder.READ_FIRST,
                    WriteAddressing.TOGETHER,
                    Squash.TANH,
                    20,
                    WriteTendency.NONE,
                    0,
                    1,
                    Initialisation.FAN_IN);
            case PYTORCH_NTM -> ntm(
                    type,
                    InitialMemory.RANDOM,
                    1 / Math.sqrt(128 + 20),
                    InitialWeighting.ZERO,
                    InitialRead.LEARNED,
                    InitialVector.LEARNED,
                    HeadOrder.READ_FIRST,
                    WriteAddressing.IN_TURN,
                    Squash.NONE,
                    0,
                    WriteTendency.NONE,
                    0,
                    0,
                    Initialisation.WIDE);
            case PYTORCH_NTM_SOFTPLUS_SHIFT -> ((NtmConfig) PYTORCH_NTM.machine(name))
                    .withHeadFunctions(Squash.NONE, StrengthActivation.SOFTPLUS, ShiftActivation.SOFTPLUS);
            case PYTORCH_NTM_RELU -> ((NtmConfig) PYTORCH_NTM.machine(name))
                    .withHeadFunctions(Squash.RELU, StrengthActivation.RELU, ShiftActivation.RELU);
        };
    }

    private static NtmConfig ntm(
            NtmConfig.Type type,
            InitialMemory memory,
            double memoryValue,
            InitialWeighting weighting,
            InitialRead read,
            InitialVector controller,
            HeadOrder order,
            WriteAddressing writing,
            Squash squash,
            double clip,
            WriteTendency tendency,
            double gateBias,
            double forgetBias,
            Initialisation initialisation) {
        return new NtmConfig(
                type,
                100,
                1,
                Squash.TANH,
                128,
                20,
                1,
                1,
                1,
                memory,
                memoryValue,
                weighting,
                read,
                controller,
                order,
                writing,
                squash,
                squash,
                StrengthActivation.SOFTPLUS,
                ShiftActivation.NONE,
                clip,
                clip,
                ReadTendency.NONE,
                tendency,
                0,
                gateBias,
                forgetBias,
                initialisation);
    }

    /**
     * The training's settings.
     *
     * @return the settings
     */
    public TrainingConfig training() {
        return switch (this) {
            case DEFAULT -> TrainingConfig.DEFAULT;
            case GRAVES_2014 -> training(
                    1, 1_000_000, Rule.RMSPROP, 1e-4, 1e-4, Clipping.ELEMENTWISE, 10, Loss.PER_SEQUENCE);
            case PYTORCH_NTM, PYTORCH_NTM_SOFTPLUS_SHIFT, PYTORCH_NTM_RELU -> training(1, 50_000, Rule.RMSPROP, 1e-4, 1e-8, Clipping.ELEMENTWISE, 10, Loss.PER_BIT);
            case COLLIER_2018 -> training(32, 1_000_000, Rule.ADAM, 1e-3, 1e-8, Clipping.NORM, 50, Loss.PER_SEQUENCE);
        };
    }

    private static TrainingConfig training(
            int batch, long sequences, Rule rule, double rate, double epsilon, Clipping clip, double limit, Loss loss) {
        TrainingConfig d = TrainingConfig.DEFAULT;
        return new TrainingConfig(
                batch,
                d.segment(),
                sequences,
                d.curriculum(),
                rule,
                rate,
                Schedule.CONSTANT,
                d.finalRate(),
                1,
                0,
                0.9,
                0.95,
                0.9,
                0.999,
                epsilon,
                clip,
                limit,
                loss,
                d.evaluationInterval(),
                d.evaluationSequences(),
                d.solvedBits(),
                d.solvedErrors(),
                d.stopWhenSolved(),
                d.sequencesAfterSolved(),
                d.patience(),
                d.reportInterval(),
                d.rollbacks(),
                d.snapshots());
    }
}
