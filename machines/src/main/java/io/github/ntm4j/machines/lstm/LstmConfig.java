package io.github.ntm4j.machines.lstm;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.layer.InitialVector;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The settings of the baseline without a memory: LSTM layers and a linear output.
 *
 * @param type always {@code lstm}
 * @param controllerSize units in a layer
 * @param controllerLayers number of layers
 * @param initialController the state before the first step
 * @param forgetBias bias of the forget gates before training
 * @param weightInitialisation how the weights begin
 */
public record LstmConfig(
        @Setting("kind of machine") Type type,
        @Setting(value = "units in an LSTM layer", min = 1, max = 16384) int controllerSize,
        @Setting(value = "LSTM layers", min = 1, max = 64) int controllerLayers,
        @Setting("LSTM state before the first step") InitialVector initialController,
        @Setting(value = "bias of the forget gates before training", min = -20, max = 20) double forgetBias,
        @Setting("how the weights begin") Initialisation weightInitialisation)
        implements MachineConfig {
    /** The only kind. */
    public enum Type {
        /** Stacked LSTM. */
        LSTM
    }

    /** Three layers of 256 units, as in Graves et al. 2014 for the copy task. */
    public static final LstmConfig DEFAULT =
            new LstmConfig(Type.LSTM, 256, 3, InitialVector.ZERO, 1, Initialisation.FAN_IN);

    /** The baseline without a memory. */
    public static final MachineKind<LstmConfig> KIND = MachineKind.of(
                    "lstm", "the baseline without a memory: stacked LSTM layers", DEFAULT, LstmMachine::new)
            .asBaseline();

    @Override
    public MachineKind<LstmConfig> kind() {
        return KIND;
    }

    @Override
    public SequencedMap<String, String> facts() {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("layers", MachineConfig.count(controllerLayers, "layer") + " of " + MachineConfig.count(controllerSize, "unit"));
        return facts;
    }
}
