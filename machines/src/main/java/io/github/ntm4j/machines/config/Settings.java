package io.github.ntm4j.machines.config;

import io.github.ntm4j.engine.border.Arguments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records of settings, and the maps that configuration files and command lines make of them. A component is an {@code int},
 * {@code long}, {@code double}, {@code boolean}, {@code String}, an enum, or a record of settings again, whose keys stand below its own or, of
 * a {@link Group}, beside it; {@link Setting} says what it is and its range. Keys are the names of the components in snake_case, words of enums
 * are in kebab-case.
 */
public final class Settings {
    private static final SettingPlace TOP = SettingPlace.of("");

    private Settings() {}

    /**
     * The settings as a map in the order of the components: numbers, booleans and texts, and a map for each inner record.
     *
     * @param settings the record
     * @return a new map of snake_case keys
     */
    public static SequencedMap<String, Object> describe(Record settings) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        describe(settings, TOP, map);
        return map;
    }

    private static void describe(Record settings, SettingPlace place, SequencedMap<String, Object> map) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            switch (value(settings, component)) {
                case Record inner when SettingPlace.group(component) != null -> describe(inner, place.inside(component), map);
                case Record inner -> map.put(place.name(component), describe(inner));
                case Enum<?> word -> map.put(place.name(component), SettingType.word(word));
                case Object plain -> map.put(place.name(component), plain);
            }
        }
    }

    /**
     * A record made of a map that has a value for every component and no other key.
     *
     * @param type the record
     * @param values the map
     * @param path the dotted key under which the map stands, for messages; empty for the top
     * @param source where the values come from, for messages: a file, or {@code --set}, whose texts are read as what the setting is
     * @param <R> the record
     * @return the record
     * @throws UserException if a key is unknown or missing, a value of the wrong type, out of range or no known word, or if the
     *     record itself refuses the values
     */
    public static <R extends Record> R bind(Class<R> type, Map<String, ?> values, String path, String source) {
        return bind(type, ConfigTree.of(path, values, source), path, source);
    }

    /**
     * The same settings, some of which have other values.
     *
     * @param settings the record
     * @param changes values by their snake_case keys
     * @param <R> the record
     * @return another record
     * @throws UserException if a key is unknown or a value not what the setting may be
     */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R with(R settings, Map<String, ?> changes) {
        SequencedMap<String, Object> all = describe(settings);
        all.putAll(changes);
        return (R) bind(settings.getClass(), all, "", "settings");
    }

    /**
     * A record that was made in Java, where nobody has looked at the ranges of its components yet.
     *
     * @param settings the record
     * @param path the dotted key under which it stands, for messages; empty for the top
     * @param <R> the record
     * @return the same
     * @throws UserException if a number is out of its range
     */
    public static <R extends Record> R requireWithin(R settings, String path) {
        requireWithin(settings, SettingPlace.of(path));
        return settings;
    }

    private static void requireWithin(Record settings, SettingPlace place) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String key = place.key(component);
            Object value = Arguments.given(key, value(settings, component));
            if (value instanceof Record inner) {
                requireWithin(inner, place.inside(component));
            } else if (value instanceof Number number) {
                SettingType type = SettingType.of(component);
                if (!(number.doubleValue() >= type.min() && number.doubleValue() <= type.max())) {
                    throw new UserException(key + ": expected " + type.expected() + ", got " + text(number));
                }
            }
        }
    }

    /** As {@link #bind(Class, Map, String, String)} from the part of a tree under {@code path}, each of whose values knows where it comes from. */
    static <R extends Record> R bind(Class<R> type, ConfigTree tree, String path, String source) {
        Set<String> known = new HashSet<>(keys(type, path));
        for (Map.Entry<String, ConfigTree.Leaf> given : tree.under(path).entrySet()) {
            if (!known.contains(given.getKey())) {
                throw given.getValue().problem(given.getKey(), unknown(given.getKey(), keys(type, path)));
            }
        }
        return bind(type, tree, SettingPlace.of(path), source);
    }

    private static <R extends Record> R bind(Class<R> type, ConfigTree tree, SettingPlace place, String source) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Class<?> part = components[i].getType();
            arguments[i] = part.isRecord()
                    ? bind(part.asSubclass(Record.class), tree, place.inside(components[i]), source)
                    : tree.value(place.key(components[i]), SettingType.of(components[i]), source);
        }
        return construct(type, arguments);
    }

    /**
     * The full dotted keys of all settings, inner records included, in their order.
     *
     * @param type the record
     * @param path the dotted key under which the settings stand; empty for the top
     * @return the keys
     */
    public static List<String> keys(Class<? extends Record> type, String path) {
        return entries(type, path).stream().map(SettingEntry::key).toList();
    }

    /**
     * The reference of a record's settings, without defaults.
     *
     * @param type the record
     * @param path the dotted key under which the settings stand; empty for the top
     * @return an entry for each setting, inner records included, in their order
     */
    public static List<SettingEntry> entries(Class<? extends Record> type, String path) {
        List<SettingEntry> entries = new ArrayList<>();
        collect(type, null, SettingPlace.of(path), entries);
        return List.copyOf(entries);
    }

    /**
     * The reference of a record's settings, with the given values as defaults.
     *
     * @param defaults the record whose values are the defaults
     * @param path the dotted key under which the settings stand; empty for the top
     * @return an entry for each setting, inner records included, in their order
     */
    public static List<SettingEntry> entries(Record defaults, String path) {
        List<SettingEntry> entries = new ArrayList<>();
        collect(defaults.getClass(), defaults, SettingPlace.of(path), entries);
        return List.copyOf(entries);
    }

    /**
     * The reference as lines of text: key, description, what is accepted, default.
     *
     * @param entries what the reference is of
     * @return one line for each entry
     */
    public static String documentation(List<SettingEntry> entries) {
        int widest = entries.stream().mapToInt(entry -> entry.key().length()).max().orElse(0);
        return entries.stream()
                .map(entry -> entry.key() + " ".repeat(widest - entry.key().length() + 2) + entry.description() + "; "
                        + entry.accepted() + (entry.defaultValue() == null ? "" : "; default " + text(entry.defaultValue())))
                .collect(Collectors.joining("\n"));
    }

    /**
     * The constants of an enum by the words that users write for them, in their order.
     *
     * @param type the enum
     * @param <E> the enum
     * @return the constants by their words
     */
    public static <E extends Enum<E>> SequencedMap<String, E> words(Class<E> type) {
        SequencedMap<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(SettingType.word(constant), constant);
        }
        return words;
    }

    /**
     * A value as it is written in a configuration file: a word for an enum, numbers without exponents where that is readable.
     *
     * @param value the value of a setting
     * @return the text
     */
    public static String text(Object value) {
        return switch (value) {
            case Double number -> SettingType.plain(number);
            case Enum<?> constant -> SettingType.word(constant);
            default -> value.toString();
        };
    }

    /** Says that a key is not known, and which one was meant; or, where that cannot be guessed, which there are beside it. */
    static String unknown(String key, List<String> known) {
        String section = key.substring(0, key.lastIndexOf('.') + 1);
        List<String> beside = known.stream()
                .filter(other -> other.startsWith(section))
                .map(other -> other.substring(section.length()).replaceFirst("\\..*", ""))
                .distinct()
                .toList();
        // Where the section is right, only the name can be wrong: compare without what all have in common.
        Optional<String> meant = section.isEmpty() || beside.isEmpty()
                ? Nearest.of(key, known)
                : Nearest.of(key.substring(section.length()), beside).map(name -> section + name);
        if (meant.isPresent()) {
            return "no such setting; did you mean " + meant.get() + "?";
        }
        if (beside.isEmpty()) {
            return "no such setting";
        }
        return "no such setting; " + (section.isEmpty() ? "there are " : section + "* has ") + String.join(", ", beside);
    }

    private static void collect(Class<?> type, @Nullable Object defaults, SettingPlace place, List<SettingEntry> entries) {
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = defaults == null ? null : value(defaults, component);
            if (value instanceof Record || component.getType().isRecord()) {
                collect(value == null ? component.getType() : value.getClass(), value, place.inside(component), entries);
                continue;
            }
            SettingType accepted = SettingType.of(component);
            Object shown = value instanceof Enum<?> word ? SettingType.word(word) : value;
            entries.add(new SettingEntry(place.key(component), accepted.name(), accepted.expected(), shown, place.description(component)));
        }
    }

    private static Object value(Object settings, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(settings.getClass().getName() + "." + component.getName(), e);
        }
    }

    private static <R extends Record> R construct(Class<R> type, @Nullable Object[] arguments) {
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalArgumentException(type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName(), e);
        }
    }
}
