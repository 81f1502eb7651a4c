package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A kind of machine that users choose by name: what it is called, how one is made of its settings, and all that others need to know of it, so
 * that nothing else has to know which machines there are. A constant beside the record of its settings:
 *
 * <pre>
 * public static final MachineKind&lt;QueueConfig&gt; KIND = MachineKind.of("queue", "a controller with a queue", DEFAULT, Queue::new)
 *         .preset("joulin-2015", "Joulin and Mikolov 2015, arXiv 1503.01007", Map.of("controller_size", 40))
 *         .capacity("rows");
 * </pre>
 *
 * Immutable.
 *
 * @param <C> the record of its settings
 */
public final class MachineKind<C extends Record & MachineConfig> {
    /** The preset that every kind has: the project's own settings. */
    public static final String DEFAULT_PRESET = "default";

    private static final String OWN_SOURCE = "the project's own settings, chosen by measuring over seeds";

    private final String name;
    private final String about;
    private final C defaults;
    private final Maker<C> maker;
    private final List<MachinePreset> presets;
    private final @Nullable String capacity;
    private final boolean baseline;
    private final List<ForeignWeights> foreign;

    private MachineKind(
            String name,
            String about,
            C defaults,
            Maker<C> maker,
            List<MachinePreset> presets,
            @Nullable String capacity,
            boolean baseline,
            List<ForeignWeights> foreign) {
        this.name = name;
        this.about = about;
        this.defaults = defaults;
        this.maker = maker;
        this.presets = List.copyOf(presets);
        this.capacity = capacity;
        this.baseline = baseline;
        this.foreign = List.copyOf(foreign);
    }

    /**
     * Makes a machine of its settings: the constructor of its class.
     *
     * @param <C> the settings
     */
    @FunctionalInterface
    public interface Maker<C> {
        /**
         * A machine whose parameters are all zero.
         *
         * @param config the settings
         * @param parameters where the machine declares its parameters; where they are only counted, nothing else may be done with it
         * @param inputs width of an input vector
         * @param outputs width of an output vector
         * @return the machine
         */
        Machine make(C config, Parameters parameters, int inputs, int outputs);
    }

    /**
     * A kind without presets of its own and without a memory that can be enlarged.
     *
     * @param name the name under which users choose it, also the word of its setting {@code machine.type}
     * @param about what it is, in a few words
     * @param defaults the project's own settings
     * @param maker makes a machine of its settings
     * @param <C> the record of its settings
     * @return the kind
     */
    public static <C extends Record & MachineConfig> MachineKind<C> of(String name, String about, C defaults, Maker<C> maker) {
        List<MachinePreset> own = List.of(new MachinePreset(DEFAULT_PRESET, OWN_SOURCE, Map.of()));
        return new MachineKind<>(
                Arguments.given("name", name), Arguments.given("about", about), Arguments.given("defaults", defaults),
                Arguments.given("maker", maker), own, null, false, List.of());
    }

    /**
     * The same with a preset more.
     *
     * @param preset the name under which users choose it
     * @param source the publication or implementation that it is of
     * @param changes what is other than in the project's own settings, by key
     * @return the kind
     */
    public MachineKind<C> preset(String preset, String source, Map<String, ?> changes) {
        List<MachinePreset> more = new ArrayList<>(presets);
        more.add(new MachinePreset(preset, source, changes));
        return new MachineKind<>(name, about, defaults, maker, more, capacity, baseline, foreign);
    }

    /**
     * The same with a memory that can be enlarged after training.
     *
     * @param key the setting that says how large it is
     * @return the kind
     */
    public MachineKind<C> capacity(String key) {
        return new MachineKind<>(name, about, defaults, maker, presets, Arguments.given("key", key), baseline, foreign);
    }

    /**
     * The same as a baseline, that others are compared with: it has its own settings with the presets of all other kinds.
     *
     * @return the kind
     */
    public MachineKind<C> asBaseline() {
        return new MachineKind<>(name, about, defaults, maker, presets, capacity, true, foreign);
    }

    /**
     * The same with files of other software that are recognised, so that they are refused by their name.
     *
     * @param software what the software is called
     * @param mark a part of a tensor's name that only its files have
     * @return the kind
     */
    public MachineKind<C> foreign(String software, String mark) {
        List<ForeignWeights> more = new ArrayList<>(foreign);
        more.add(new ForeignWeights(software, mark));
        return new MachineKind<>(name, about, defaults, maker, presets, capacity, baseline, more);
    }

    /**
     * The name under which users choose it.
     *
     * @return such as {@code lstm}
     */
    public String name() {
        return name;
    }

    /**
     * What it is.
     *
     * @return one line about it
     */
    public String about() {
        return about;
    }

    /**
     * The project's own settings.
     *
     * @return the settings
     */
    public C defaults() {
        return defaults;
    }

    /**
     * The presets that it has of its own, {@link #DEFAULT_PRESET} first.
     *
     * @return the presets
     */
    public List<MachinePreset> presets() {
        return presets;
    }

    /**
     * Whether it has its own settings with the presets of other kinds.
     *
     * @return true for a baseline
     */
    public boolean isBaseline() {
        return baseline;
    }

    /**
     * Files of other software that are recognised.
     *
     * @return what they look like
     */
    public List<ForeignWeights> foreign() {
        return foreign;
    }

    /**
     * The settings with a preset.
     *
     * @param preset the name of one of its presets; of a baseline, any
     * @return the settings
     * @throws IllegalArgumentException if it has no such preset
     */
    public C preset(String preset) {
        Optional<MachinePreset> own = presets.stream().filter(each -> each.name().equals(preset)).findFirst();
        if (own.isEmpty() && !baseline) {
            throw new IllegalArgumentException("preset: expected one of " + presets.stream().map(MachinePreset::name).toList() + ", got " + preset);
        }
        return own.map(each -> Settings.with(defaults, each.changes())).orElse(defaults);
    }

    /**
     * Whether some settings are of this kind.
     *
     * @param config settings
     * @return true if they are
     */
    public boolean fits(MachineConfig config) {
        return config.kind() == this;
    }

    /**
     * How large the memory is, of a kind whose memory can be enlarged after training.
     *
     * @param config settings of this kind
     * @return the value of the setting that says so; nothing if there is none
     */
    public OptionalInt capacityOf(MachineConfig config) {
        if (capacity != null && Settings.describe((Record) config).get(capacity) instanceof Integer size) {
            return OptionalInt.of(size);
        }
        return OptionalInt.empty();
    }

    /**
     * The same settings with a memory of another size.
     *
     * @param config settings of this kind
     * @param size how large it is to be
     * @return the settings
     * @throws UserException if there is no such machine
     */
    public MachineConfig withCapacity(MachineConfig config, int size) {
        if (capacity == null) {
            throw new UserException("machine: expected one whose memory can be enlarged, got " + name);
        }
        return (MachineConfig) Settings.with((Record) config, Map.of(capacity, size));
    }

    /** The machine, its parameters declared where it is told to. */
    Machine make(MachineConfig config, Parameters parameters, int inputs, int outputs) {
        return maker.make(type().cast(config), parameters, inputs, outputs);
    }

    /**
     * The record of its settings.
     *
     * @return its class
     */
    @SuppressWarnings("unchecked")
    public Class<C> type() {
        return (Class<C>) defaults.getClass();
    }

    @Override
    public String toString() {
        return name;
    }
}
