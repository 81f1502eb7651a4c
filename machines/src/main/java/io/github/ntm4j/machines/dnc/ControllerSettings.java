package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.Squash;

/**
 * The network that drives the memory, eq. 1, and how the machine's weights begin.
 *
 * @param controller what kind of layers
 * @param controllerSize units in a layer
 * @param controllerLayers number of layers; of an LSTM the memory and the output see all of them
 * @param controllerActivation function of feed-forward layers
 * @param controllerGradientClip limits the derivatives by what goes into an LSTM's gates; 0 for never
 * @param bypassDropout share of the units that the output does not see in a step of training
 * @param feedReads whether the controller sees what was read in the step before
 * @param forgetBias bias of the LSTM's forget gates before training
 * @param weightInitialisation how the weights begin
 */
public record ControllerSettings(
        @Setting("layers that drive the memory") Kind controller,
        @Setting(value = "units in a layer of the controller", min = 1, max = 16384) int controllerSize,
        @Setting(value = "layers of the controller; memory and output see all those of an LSTM", min = 1, max = 64) int controllerLayers,
        @Setting("function of a feed-forward controller's layers") Squash controllerActivation,
        @Setting(value = "limits the derivatives by the input of an LSTM's gates, 0 for never", min = 0, max = 1e6)
                double controllerGradientClip,
        @Setting(value = "share of the units that the output does not see in a step of training", min = 0, max = 0.99)
                double bypassDropout,
        @Setting("whether the controller sees what was read in the step before") boolean feedReads,
        @Setting(value = "bias of the forget gates before training", min = -20, max = 20) double forgetBias,
        @Setting("how the weights begin") Initialisation weightInitialisation) {
    /** Kind of layers. */
    public enum Kind {
        /** Long short-term memory. */
        LSTM,
        /** Layers without memory of their own. */
        FEED_FORWARD
    }
}
