package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.machines.config.Group;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.layer.InitialVector;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.Squash;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MemorySize;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The settings of a Neural Turing Machine. Whatever the paper (Graves et al. 2014) leaves open and implementations read differently is a
 * setting of its own.
 *
 * @param type which controller
 * @param controller the controller
 * @param memory the memory and its heads
 * @param start what everything is before the first step
 * @param heads how the heads work
 * @param outputClip clips the output before its sigmoid; 0 for never
 * @param weights the parameters before training
 */
public record NtmConfig(
        @Setting("kind of machine: which controller drives the heads") Type type,
        @Group(prefix = "controller_") Controller controller,
        @Group Memory memory,
        @Group(prefix = "initial_") Start start,
        @Group Heads heads,
        @Setting(value = "clips the output before its sigmoid, 0 for never", min = 0, max = 1e6) double outputClip,
        @Group Weights weights)
        implements MachineConfig {
    /** Gates of a head that tends to look up: 88 % of its weighting comes from its key. */
    private static final double OPEN = 2;
    /** Gates of a head that tends to append: 5 % of its weighting comes from its key. */
    private static final double CLOSED = -3;
    /** Bias of a shift by which a head tends to move: with one row either way, 96 % of the weighting goes there. */
    private static final double CERTAIN = 4;

    /**
     * The controller.
     *
     * @param size units in a layer
     * @param layers number of layers
     * @param activation function of a feed-forward controller's layers
     */
    public record Controller(
            @Setting(value = "units in a layer of the controller", min = 1, max = 16384) int size,
            @Setting(value = "layers of the controller", min = 1, max = 64) int layers,
            @Setting("function of a feed-forward controller's layers") Squash activation) {}

    /**
     * The memory and its heads.
     *
     * @param rows rows of the memory
     * @param width floats in a row
     * @param readHeads heads that read
     * @param writeHeads heads that write
     * @param shiftRange how many rows a head can move in one step, in either direction
     */
    public record Memory(
            @Setting(value = "rows of the memory", min = 1, max = 16777216) int rows,
            @Setting(value = "floats in a row of the memory", min = 1, max = 16384) int width,
            @Setting(value = "heads that read", min = 1, max = 256) int readHeads,
            @Setting(value = "heads that write", min = 1, max = 256) int writeHeads,
            @Setting(value = "rows that a head can move in one step, either way", min = 0, max = 1024) int shiftRange) {
        /** Checks what no single setting can. */
        public Memory {
            if (2L * shiftRange + 1 > rows) {
                throw new UserException("machine.shift_range: expected at most " + (rows - 1) / 2 + " for machine.rows " + rows
                        + " (2 * range + 1 rows), got " + shiftRange);
            }
            if ((long) rows * width > (1 << 28)) {
                throw new UserException("machine.rows: expected rows * width of at most 268435456, got " + rows + " * " + width);
            }
        }
    }

    /**
     * What everything is before the first step.
     *
     * @param memory the memory
     * @param memoryValue every cell of a constant memory; the limit of a random one
     * @param weighting the weightings
     * @param read the reads
     * @param controller the state of an LSTM controller
     */
    public record Start(
            @Setting("memory before the first step") InitialMemory memory,
            @Setting(value = "cells of a constant memory, limit of a random one", min = -100, max = 100) double memoryValue,
            @Setting("weightings before the first step") InitialWeighting weighting,
            @Setting("reads before the first step") InitialRead read,
            @Setting("state of an LSTM controller before the first step") InitialVector controller) {}

    /**
     * How the heads work.
     *
     * @param order whether a step reads before or after it writes
     * @param writeAddressing whether all write heads address before any writes
     * @param keyActivation function of the keys
     * @param addActivation function of the add vectors
     * @param strengthActivation function of the key strengths and, with 1 added, of the sharpenings
     * @param shiftActivation function of the shifts before their softmax
     * @param parameterClip clips what the controller tells the heads; 0 for never
     */
    public record Heads(
            @Setting(value = "whether a step reads before or after it writes", key = "head_order") HeadOrder order,
            @Setting("whether all write heads address before any writes") WriteAddressing writeAddressing,
            @Setting("function of the keys") Squash keyActivation,
            @Setting("function of the add vectors") Squash addActivation,
            @Setting("function of the key strengths and, with 1 added, of the sharpenings") StrengthActivation strengthActivation,
            @Setting("function of the shifts before their softmax") ShiftActivation shiftActivation,
            @Setting(value = "clips what the controller tells the heads, 0 for never", min = 0, max = 1e6) double parameterClip) {}

    /**
     * The parameters before training.
     *
     * @param readTendency what the read heads tend to do
     * @param writeTendency what the write heads tend to do
     * @param strengthBias bias of the key strengths
     * @param gateBias bias of the interpolation gates
     * @param forgetBias bias of the LSTM's forget gates
     * @param initialisation how the weights begin
     */
    public record Weights(
            @Setting("what the read heads tend to do before training") ReadTendency readTendency,
            @Setting("what the write heads tend to do before training") WriteTendency writeTendency,
            @Setting(value = "bias of the key strengths before training", min = -20, max = 20) double strengthBias,
            @Setting(value = "bias of the interpolation gates before training", min = -20, max = 20) double gateBias,
            @Setting(value = "bias of the forget gates before training", min = -20, max = 20) double forgetBias,
            @Setting(value = "how the weights begin", key = "weight_initialisation") Initialisation initialisation) {}

    /** Which controller. */
    public enum Type {
        /** LSTM layers. */
        NTM_LSTM,
        /** Layers without memory of their own. */
        NTM_FF
    }

    /** Whether a step reads before or after it writes. */
    public enum HeadOrder {
        /** Reads see the memory of the step before (pytorch-ntm, Collier and Beel 2018). */
        READ_FIRST,
        /** Reads see what the same step wrote: eq. 2 to 4 of the paper to the letter. */
        WRITE_FIRST
    }

    /** Whether all write heads address before any writes. */
    public enum WriteAddressing {
        /** All heads address the same memory, then write one after the other. */
        TOGETHER,
        /** Each head addresses what the heads before it have written. */
        IN_TURN
    }

    /** What the read heads tend to do before training. */
    public enum ReadTendency {
        /** Nothing: they blur over the neighbouring rows, by the gate bias in between what is like the key and where they are. */
        NONE,
        /** Their gates open and without a shift, they go to the rows that are like their keys. */
        LOOK_UP
    }

    /** What the write heads tend to do before training. */
    public enum WriteTendency {
        /** Nothing, as for the read heads. */
        NONE,
        /** Their gates closed, they move on by a row in every step, as on a tape; where they cannot move, they stay. */
        APPEND
    }

    /** The function of the key strengths. A sharpening is 1 more than what it makes of its column. */
    public enum StrengthActivation {
        /** log(1 + exp(x)). */
        SOFTPLUS(Activation.SOFTPLUS, Activation.ONE_PLUS_SOFTPLUS),
        /** max(x, 0): the first revisions of pytorch-ntm. */
        RELU(Activation.RELU, Activation.ONE_PLUS_RELU);

        private final Activation strength;
        private final Activation sharpening;

        StrengthActivation(Activation strength, Activation sharpening) {
            this.strength = strength;
            this.sharpening = sharpening;
        }

        Activation strength() {
            return strength;
        }

        Activation sharpening() {
            return sharpening;
        }
    }

    /** A function of the shifts before their softmax. */
    public enum ShiftActivation {
        /** The identity. */
        NONE(Activation.IDENTITY),
        /** log(1 + exp(x)): some revisions of pytorch-ntm. */
        SOFTPLUS(Activation.SOFTPLUS),
        /** max(x, 0): the first revisions of pytorch-ntm. */
        RELU(Activation.RELU);

        private final Activation activation;

        ShiftActivation(Activation activation) {
            this.activation = activation;
        }

        Activation activation() {
            return activation;
        }
    }

    /** The project's own, chosen by measuring over seeds. */
    public static final NtmConfig DEFAULT = new NtmConfig(
            Type.NTM_LSTM,
            new Controller(100, 1, Squash.TANH),
            new Memory(128, 20, 1, 1, 1),
            new Start(InitialMemory.CONSTANT, 1e-6, InitialWeighting.FIRST_ROW, InitialRead.LEARNED, InitialVector.LEARNED),
            new Heads(
                    HeadOrder.READ_FIRST,
                    WriteAddressing.TOGETHER,
                    Squash.TANH,
                    Squash.TANH,
                    StrengthActivation.SOFTPLUS,
                    ShiftActivation.NONE,
                    0),
            0,
            new Weights(ReadTendency.NONE, WriteTendency.APPEND, 0, -3, 1, Initialisation.FAN_IN));

    private static final Map<String, Object> GRAVES_2014 = Map.of(
            "initial_memory", "learned",
            "initial_memory_value", 0.1,
            "initial_weighting", "learned",
            "head_order", "write-first",
            "key_activation", "none",
            "add_activation", "none",
            "write_tendency", "none",
            "gate_bias", 0,
            "forget_bias", 0);
    private static final Map<String, Object> COLLIER_2018 = Map.of(
            "initial_weighting", "learned",
            "initial_read", "learned-tanh",
            "initial_controller", "zero",
            "parameter_clip", 20,
            "output_clip", 20,
            "write_tendency", "none",
            "gate_bias", 0);
    private static final Map<String, Object> PYTORCH_NTM = Map.ofEntries(
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

    /** Driven by LSTM layers. */
    public static final MachineKind<NtmConfig> LSTM_KIND =
            kind("ntm-lstm", "Neural Turing Machine with an LSTM controller", DEFAULT);

    /** Driven by layers without memory of their own. */
    public static final MachineKind<NtmConfig> FEED_FORWARD_KIND = kind(
            "ntm-ff",
            "Neural Turing Machine with a feed-forward controller",
            Settings.with(DEFAULT, Map.of("type", Settings.text(Type.NTM_FF))));

    /**
     * A kind with the presets of all readings of the paper. Graves, Wayne and Danihelka 2014 to the letter where it is explicit: reads see
     * what the step wrote (eq. 2 to 4), and the initial state is learned. Collier and Beel 2018: constant initial memory 1e-6, learned initial
     * weighting and read, a controller that begins at zero, tanh keys and adds, parameters and outputs clipped to 20. The popular PyTorch
     * implementation: random initial memory that stays as drawn, zero initial weightings, linear keys and adds, write heads in turn, an LSTM
     * whose weights begin wide; in its revision 7e7290a the shifts go through softplus before their softmax, in 74477a6, that of the models it
     * published, keys, strengths, shifts and 1 + the sharpenings through relu.
     */
    private static MachineKind<NtmConfig> kind(String name, String about, NtmConfig defaults) {
        return MachineKind.of(name, about, defaults, NtmMachine::of)
                .preset("graves-2014", "Graves, Wayne and Danihelka 2014, arXiv 1410.5401", GRAVES_2014)
                .preset("collier-2018", "Collier and Beel 2018, arXiv 1807.08518, and its public implementation", COLLIER_2018)
                .preset("pytorch-ntm", "the public implementation pytorch-ntm", PYTORCH_NTM)
                .preset(
                        "pytorch-ntm-softplus-shift",
                        "pytorch-ntm at revision 7e7290a: shifts through softplus",
                        with(PYTORCH_NTM, Map.of("shift_activation", "softplus")))
                .preset(
                        "pytorch-ntm-relu",
                        "pytorch-ntm at revision 74477a6, that of its published models: heads by relu",
                        with(
                                PYTORCH_NTM,
                                Map.of(
                                        "key_activation", "relu",
                                        "strength_activation", "relu",
                                        "shift_activation", "relu")))
                .capacity("rows");
    }

    private static Map<String, Object> with(Map<String, Object> changes, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(changes);
        all.putAll(more);
        return all;
    }

    @Override
    public MachineKind<NtmConfig> kind() {
        return type == Type.NTM_LSTM ? LSTM_KIND : FEED_FORWARD_KIND;
    }

    @Override
    public Optional<MemorySize> memorySize() {
        return Optional.of(new MemorySize(memory.rows, memory.width, memory.readHeads, memory.writeHeads));
    }

    @Override
    public SequencedMap<String, String> facts() {
        SequencedMap<String, String> facts = MachineConfig.super.facts();
        facts.putFirst(
                "controller", MachineConfig.count(controller.layers, "layer") + " of " + MachineConfig.count(controller.size, "unit"));
        return facts;
    }

    /** How the read heads begin. */
    HeadStart readStart() {
        return weights.readTendency == ReadTendency.LOOK_UP ? new HeadStart(weights.strengthBias, OPEN, 0, CERTAIN) : unbiased();
    }

    /** How the write heads begin. */
    HeadStart writeStart() {
        return weights.writeTendency == WriteTendency.APPEND
                ? new HeadStart(weights.strengthBias, CLOSED, Math.min(1, memory.shiftRange), CERTAIN)
                : unbiased();
    }

    private HeadStart unbiased() {
        return new HeadStart(weights.strengthBias, weights.gateBias, 0, 0);
    }

    /**
     * The same machine with another number of rows.
     *
     * @param number rows of the memory
     * @return the settings
     */
    public NtmConfig withRows(int number) {
        return Settings.with(this, Map.of("rows", number));
    }
}
