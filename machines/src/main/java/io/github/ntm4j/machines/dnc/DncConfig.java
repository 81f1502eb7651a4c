package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.config.Group;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.dnc.LinkSettings.Links;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.Squash;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MemorySize;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

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
    /** More rows make no table of rows by rows. */
    static final int MOST_TABLED_ROWS = 16384;

    private static final int MOST_LINK_ENTRIES = 1 << 27;

    /** The only kind. */
    public enum Type {
        /** The machine. */
        DNC
    }

    /** The project's own settings: what learns best over seeds. */
    public static final DncConfig DEFAULT = new DncConfig(
            Type.DNC,
            new ControllerSettings(ControllerSettings.Kind.LSTM, 100, 1, Squash.TANH, 0, 0, true, 1, Initialisation.FAN_IN),
            new StoreSettings(128, 20, 1, 1, StoreSettings.Start.ZERO, StoreSettings.Tendency.TAPE, 4),
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

    /** The machine as users choose it. */
    public static final MachineKind<DncConfig> KIND = MachineKind.of("dnc", "Differentiable Neural Computer", DEFAULT, DncMachine::of)
            .preset("graves-2016", "Graves et al. 2016, Nature 538:471", DncPresets.GRAVES_2016)
            .preset("deepmind-dnc", "the public implementation google-deepmind/dnc", DncPresets.DEEPMIND)
            .preset("csordas-2019", "Csordas and Schmidhuber 2019, and its public implementation", DncPresets.CSORDAS_2019)
            .preset("franke-2018", "Franke, Niehues and Waibel 2018", DncPresets.FRANKE_2018)
            .foreign("pytorch-dnc", "rnn_layer_memory_")
            .foreign("RobertCsordas/dnc", "controller_to_controls.")
            .foreign("google-deepmind/dnc", "memory_access/")
            .capacity("rows");

    /** Checks what no single setting can. */
    public DncConfig {
        if ((long) store.rows() * store.width() > (1 << 28)) {
            throw new UserException("machine.rows: expected rows * width of at most 268435456, got " + store.rows() + " * " + store.width());
        }
        if (linking.links() == Links.DENSE && store.rows() > MOST_TABLED_ROWS) {
            throw new UserException("machine.rows: expected at most " + MOST_TABLED_ROWS + " with dense links from row to row, got " + store.rows()
                    + "; machine.links=sparse takes more");
        }
        if (linking.links() == Links.SPARSE && linking.linkEntries() > store.rows()) {
            throw new UserException("machine.link_entries: expected at most machine.rows = " + store.rows() + ", got " + linking.linkEntries());
        }
        if (linking.links() == Links.SPARSE && (long) store.rows() * linking.linkEntries() > MOST_LINK_ENTRIES) {
            throw new UserException("machine.link_entries: expected rows * link_entries of at most " + MOST_LINK_ENTRIES + ", got " + store.rows() + " * "
                    + linking.linkEntries());
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
    public MachineKind<DncConfig> kind() {
        return KIND;
    }

    @Override
    public Optional<MemorySize> memorySize() {
        return Optional.of(new MemorySize(store.rows(), store.width(), store.readHeads(), store.writeHeads()));
    }

    @Override
    public SequencedMap<String, String> facts() {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        String layers = controller.controller() == ControllerSettings.Kind.LSTM ? "LSTM layer" : "feed-forward layer";
        facts.put("controller", MachineConfig.count(controller.controllerLayers(), layers) + " of " + MachineConfig.count(controller.controllerSize(), "unit"));
        facts.putAll(MachineConfig.super.facts());
        return facts;
    }
}
