package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.config.Group;
import io.github.ntm4j.core.config.Setting;
import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.layer.InitialVector;
import io.github.ntm4j.core.layer.Initialisation;
import io.github.ntm4j.core.memory.HeadStart;
import io.github.ntm4j.core.memory.InitialMemory;
import io.github.ntm4j.core.memory.InitialRead;
import io.github.ntm4j.core.memory.InitialWeighting;
import io.github.ntm4j.engine.kernel.Activation;
import java.util.Map;

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

    /** A function of a vector's elements. */
    public enum Squash {
        /** The identity. */
        NONE(Activation.IDENTITY),
        /** tanh. */
        TANH(Activation.TANH),
        /** The logistic function. */
        SIGMOID(Activation.SIGMOID),
        /** max(x, 0). */
        RELU(Activation.RELU);

        private final Activation activation;

        Squash(Activation activation) {
            this.activation = activation;
        }

        /**
         * The function as the engine knows it.
         *
         * @return the activation
         */
        public Activation activation() {
            return activation;
        }
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

    @Override
    public String name() {
        return type == Type.NTM_LSTM ? "ntm-lstm" : "ntm-ff";
    }

    @Override
    public NtmMachine<?> build(int inputs, int outputs) {
        MachineSize.requireRoom(this, inputs, outputs);
        return NtmMachine.of(this, inputs, outputs);
    }

    @Override
    public long parameters(int inputs, int outputs) {
        long reads = (long) memory.readHeads * memory.width;
        long inner = type == Type.NTM_LSTM
                ? MachineSize.lstm(inputs + reads, controller.size, controller.layers, start.controller)
                : MachineSize.feedForward(inputs + reads, controller.size, controller.layers);
        long addressing = memory.width + 3L + 2L * memory.shiftRange + 1;
        long emitted = (memory.readHeads * addressing + memory.writeHeads * (addressing + 2L * memory.width)) * (controller.size + 1L);
        long output = outputs * (controller.size + reads + 1);
        long first = (start.memory == InitialMemory.CONSTANT ? 0 : (long) memory.rows * memory.width)
                + (start.weighting == InitialWeighting.LEARNED ? ((long) memory.readHeads + memory.writeHeads) * memory.rows : 0)
                + (start.read == InitialRead.ZERO ? 0 : reads);
        return inner + emitted + output + first;
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
