package io.github.ntm4j.core.dnc;

import io.github.ntm4j.core.config.Group;
import io.github.ntm4j.core.config.Setting;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.dnc.LinkSettings.Links;
import io.github.ntm4j.core.layer.Initialisation;
import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.machine.NtmConfig.Squash;

/**
 * The settings of a Differentiable Neural Computer. Whatever publications and implementations read differently is a setting of its own.
 *
 * @param type always {@code dnc}
 * @param controller the network that drives the memory
 * @param store the memory and its heads
 * @param addressing how keys find rows
 * @param allocation how free rows are found
 * @param linking how the order of writing is kept
 */
public record DncConfig(
        @Setting("kind of machine") Type type,
        @Group ControllerSettings controller,
        @Group StoreSettings store,
        @Group AddressingSettings addressing,
        @Group AllocationSettings allocation,
        @Group LinkSettings linking)
        implements MachineConfig {
    /** The only kind. */
    public enum Type {
        /** The machine. */
        DNC
    }

    /** Checks what no single setting can. */
    public DncConfig {
        if ((long) store.rows() * store.width() > (1 << 28)) {
            throw new UserException("machine.rows: expected rows * width of at most 268435456, got " + store.rows() + " * " + store.width());
        }
        if (linking.links() == Links.DENSE && store.rows() > 16384) {
            throw new UserException("machine.rows: expected at most 16384 with machine.links=dense, got " + store.rows()
                    + "; machine.links=sparse takes more");
        }
        if (linking.links() == Links.SPARSE && linking.linkEntries() > store.rows()) {
            throw new UserException("machine.link_entries: expected at most machine.rows = " + store.rows() + ", got " + linking.linkEntries());
        }
        if (linking.links() == Links.NONE && linking.sharpen()) {
            throw new UserException("machine.sharpen: expected false with machine.links=none, got true: there is nothing to sharpen");
        }
        if (controller.controller() == ControllerSettings.Kind.FEED_FORWARD && controller.controllerGradientClip() > 0) {
            throw new UserException("machine.controller_gradient_clip: expected 0 with machine.controller=feed-forward, got "
                    + controller.controllerGradientClip() + ": it limits the derivatives of an LSTM");
        }
        if (addressing.maskMinimum() > 0 && !addressing.mask()) {
            throw new UserException("machine.mask_minimum: expected 0 without machine.mask, got " + addressing.maskMinimum());
        }
    }

    @Override
    public String name() {
        return "dnc";
    }

    @Override
    public DncMachine<?> build(int inputs, int outputs) {
        return DncMachine.of(this, inputs, outputs);
    }

    @Override
    public long parameters(int inputs, int outputs) {
        return build(inputs, outputs).parameters().elements();
    }

    /** The project's own. */
    public static final DncConfig DEFAULT = new DncConfig(
            Type.DNC,
            new ControllerSettings(ControllerSettings.Kind.LSTM, 100, 1, Squash.TANH, 0, 0, true, 1, Initialisation.FAN_IN),
            new StoreSettings(128, 20, 1, 1, StoreSettings.Start.ZERO, StoreSettings.Tendency.NONE),
            new AddressingSettings(
                    AddressingSettings.Strength.ONEPLUS,
                    AddressingSettings.Vectors.LINEAR,
                    AddressingSettings.Cosine.DENOMINATOR,
                    false,
                    0,
                    false,
                    AddressingSettings.Clip.INTERFACE,
                    20),
            new AllocationSettings(AllocationSettings.UsageGradient.STOP, AllocationSettings.UsageOrder.SORTED, 12, 1e-6, false),
            new LinkSettings(Links.DENSE, 8, false));
}
