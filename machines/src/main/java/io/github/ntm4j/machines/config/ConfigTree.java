package io.github.ntm4j.machines.config;

import io.github.ntm4j.machines.config.SettingType.Refused;
import io.github.ntm4j.machines.json.ConfigReader;
import io.github.ntm4j.machines.json.JsonProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Values of settings by their dotted keys, each of which knows where it comes from. A configuration is made in layers:
 *
 * <pre>
 * ConfigTree given = Yaml.read(file).with(ConfigTree.assignment("machine.rows=64"));
 * ConfigTree all = ConfigTree.of(defaults, "defaults").overriddenBy(given);
 * NtmConfig machine = all.bind(NtmConfig.class, "machine");
 * </pre>
 *
 * Immutable.
 */
public final class ConfigTree {
    /** Nothing is set. */
    public static final ConfigTree EMPTY = new ConfigTree(new LinkedHashMap<>());

    private static final String SET = "--set";
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ConfigReader.DEEPEST + 1)
                    .build())
            .build();

    private final SequencedMap<String, Leaf> leaves;

    ConfigTree(SequencedMap<String, Leaf> leaves) {
        this.leaves = leaves;
    }

    /**
     * A value.
     *
     * @param value a number, boolean, text or list; null for a key without a value
     * @param source where it comes from: a file and a line, or an option
     */
    record Leaf(@Nullable Object value, String source) {
        /** Whether the value is what somebody typed, so that a text may stand for a number. */
        boolean typed() {
            return source.startsWith("--");
        }

        UserException problem(String key, String what) {
            if (typed() && !source.equals(SET)) {
                return new UserException(source + ": " + what);
            }
            return new UserException(source + (typed() ? " " : ": ") + key + ": " + what);
        }
    }

    /**
     * The values of a nested map, all from one source.
     *
     * @param values nested maps of numbers, booleans, texts and lists, with settings for keys
     * @param source what messages call the place that they come from
     * @return the tree
     */
    public static ConfigTree of(Map<String, ?> values, String source) {
        return of("", values, source);
    }

    /**
     * Values that each have a source of their own.
     *
     * @param values numbers, booleans, texts, lists and nulls by their full dotted keys
     * @param sources where each comes from, such as a file and a line
     * @return the tree
     */
    public static ConfigTree of(SequencedMap<String, ? extends @Nullable Object> values, Map<String, String> sources) {
        SequencedMap<String, Leaf> leaves = new LinkedHashMap<>();
        values.forEach((key, value) -> leaves.put(key, new Leaf(value, String.valueOf(sources.get(key)))));
        return new ConfigTree(leaves);
    }

    static ConfigTree of(String path, Map<String, ?> values, String source) {
        SequencedMap<String, Leaf> leaves = new LinkedHashMap<>();
        flatten(path, values, source, leaves);
        return new ConfigTree(leaves);
    }

    /**
     * Settings that a program wrote down.
     *
     * @param json an object
     * @param source what messages call the place that they come from
     * @return the tree
     * @throws UserException naming the source if it is not JSON, or gives a key twice
     */
    public static ConfigTree json(String json, String source) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return ConfigReader.read(parser, ConfigReader.JSON, source);
        } catch (JacksonException e) {
            throw new UserException(source + ": not valid JSON: " + JsonProblem.describe(e), e);
        }
    }

    /**
     * What a user gave as {@code --set key=value}.
     *
     * @param assignment what was typed: {@code key=value}
     * @return a tree of one value
     * @throws UserException if there is no {@code =} or no key
     */
    public static ConfigTree assignment(String assignment) {
        int equals = assignment.indexOf('=');
        String key = equals < 0 ? "" : assignment.substring(0, equals).strip();
        if (key.isEmpty()) {
            throw new UserException(SET + " " + assignment + ": expected key=value, such as --set machine.rows=64");
        }
        return option(SET, key, assignment.substring(equals + 1).strip());
    }

    /**
     * What a user gave by an option that stands for a setting.
     *
     * @param option its name, such as {@code --seed}
     * @param key the setting
     * @param text what was typed
     * @return a tree of one value
     */
    public static ConfigTree option(String option, String key, String text) {
        SequencedMap<String, Leaf> leaves = new LinkedHashMap<>();
        leaves.put(key, new Leaf(text, option));
        return new ConfigTree(leaves);
    }

    /**
     * These values and those of {@code later}, which win; nothing is checked.
     *
     * @param later values that win over these
     * @return a new tree
     */
    public ConfigTree with(ConfigTree later) {
        SequencedMap<String, Leaf> all = new LinkedHashMap<>(leaves);
        all.putAll(later.leaves);
        return new ConfigTree(all);
    }

    /**
     * These values with those of {@code given} in their places.
     *
     * @param given values to put in their places
     * @return a new tree
     * @throws UserException if a given key is not one of these; names where it was given and the nearest key there is
     */
    public ConfigTree overriddenBy(ConfigTree given) {
        SequencedMap<String, Leaf> all = new LinkedHashMap<>(leaves);
        given.leaves.forEach((key, leaf) -> {
            if (leaves.containsKey(key)) {
                all.put(key, leaf);
            } else if (!has(key)) {
                throw leaf.problem(key, Settings.unknown(key, List.copyOf(leaves.keySet())));
            } else if (leaf.value() != null) {
                throw leaf.problem(key, "expected settings below it, such as " + key + "."
                        + under(key).firstEntry().getKey().substring(key.length() + 1) + ", got " + SettingType.shown(leaf.value()));
            }
        });
        return new ConfigTree(all);
    }

    /**
     * The keys that are set, in their order.
     *
     * @return full dotted keys
     */
    public List<String> keys() {
        return List.copyOf(leaves.keySet());
    }

    /**
     * Whether a key, or one below it, is set.
     *
     * @param key the full dotted key
     * @return whether something is set
     */
    public boolean has(String key) {
        return leaves.containsKey(key) || !under(key).isEmpty();
    }

    /**
     * The text that is set for a key; empty if none is.
     *
     * @param key the full dotted key
     * @return the text
     * @throws UserException if it is set to something else than a text
     */
    public Optional<String> text(String key) {
        Leaf leaf = leaves.get(key);
        if (leaf == null) {
            return Optional.empty();
        }
        if (leaf.value() instanceof String text) {
            return Optional.of(text);
        }
        throw leaf.problem(key, "expected text, got " + SettingType.shown(leaf.value()));
    }

    /**
     * What is set for a key: a number, boolean, text or list; empty if nothing is.
     *
     * @param key the full dotted key
     * @return the value, a number as its source wrote it
     */
    public Optional<Object> value(String key) {
        Leaf leaf = leaves.get(key);
        return leaf == null ? Optional.empty() : Optional.ofNullable(leaf.value());
    }

    /**
     * The word that is set for a key, which must be one of those known; empty if none is set.
     *
     * @param key the full dotted key
     * @param known the words that are allowed
     * @return the word
     * @throws UserException if it is another; names the nearest and all that are known
     */
    public Optional<String> word(String key, List<String> known) {
        Optional<String> word = text(key);
        if (word.isPresent() && !known.contains(word.get())) {
            throw problem(key, "expected one of " + String.join(", ", known) + ", got " + UserException.quote(word.get())
                    + Nearest.suggestion(word.get(), known));
        }
        return word;
    }

    /**
     * An error about the value of a key, which names where the value was given.
     *
     * @param key the full dotted key
     * @param what what is wrong, without the key
     * @return the error, to be thrown
     */
    public UserException problem(String key, String what) {
        Leaf leaf = leaves.get(key);
        return leaf == null ? new UserException(key + ": " + what) : leaf.problem(key, what);
    }

    /**
     * The same without a key and all below it.
     *
     * @param key the full dotted key
     * @return a new tree
     */
    public ConfigTree without(String key) {
        SequencedMap<String, Leaf> others = new LinkedHashMap<>(leaves);
        others.keySet().removeIf(other -> other.equals(key) || other.startsWith(key + "."));
        return new ConfigTree(others);
    }

    /**
     * The values of some keys.
     *
     * @param keys full dotted keys
     * @return a new tree
     */
    public ConfigTree only(List<String> keys) {
        SequencedMap<String, Leaf> some = new LinkedHashMap<>(leaves);
        some.keySet().retainAll(keys);
        return new ConfigTree(some);
    }

    /**
     * A record made of the values under a path, as {@link Settings#bind} does; texts of {@code --set} are read as what the
     * setting is.
     *
     * @param type the record
     * @param path the dotted key under which its values stand; empty for the top
     * @param <R> the record
     * @return the record
     * @throws UserException if a key is unknown or missing, or a value is not what the setting may be
     */
    public <R extends Record> R bind(Class<R> type, String path) {
        String source = leaves.isEmpty() ? "settings" : leaves.firstEntry().getValue().source();
        return Settings.bind(type, this, path, source);
    }

    /**
     * The values as a nested map. Texts of {@code --set} stay texts; {@link #bind} first for what they mean.
     *
     * @return a new map, in the order of the keys
     */
    public SequencedMap<String, Object> toMap() {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        leaves.forEach((key, leaf) -> {
            if (leaf.value() != null) {
                put(map, key, leaf.value());
            }
        });
        return map;
    }

    /**
     * The values below a path, with their keys from there on.
     *
     * @param path the dotted key
     * @return a new tree
     */
    public ConfigTree part(String path) {
        SequencedMap<String, Leaf> part = new LinkedHashMap<>();
        under(path).forEach((key, leaf) -> part.put(key.substring(path.length() + 1), leaf));
        return new ConfigTree(part);
    }

    /**
     * The values below a path.
     *
     * @param path the dotted key
     * @return a new tree, with full keys
     */
    public ConfigTree section(String path) {
        return new ConfigTree(under(path));
    }

    /** The values below a path, with their full keys. */
    SequencedMap<String, Leaf> under(String path) {
        SequencedMap<String, Leaf> part = new LinkedHashMap<>(leaves);
        part.keySet().removeIf(key -> !path.isEmpty() && !key.startsWith(path + "."));
        return part;
    }

    /** The value of a key as a setting of the given type. */
    Object value(String key, SettingType type, String source) {
        Leaf leaf = leaves.get(key);
        if (leaf == null) {
            throw new UserException(source + ": " + key + ": is missing; expected " + type.expected());
        }
        try {
            return type.convert(leaf.value(), leaf.typed());
        } catch (Refused e) {
            throw leaf.problem(key, String.valueOf(e.getMessage()));
        }
    }

    private static void flatten(String path, Map<?, ?> values, String source, SequencedMap<String, Leaf> leaves) {
        values.forEach((key, value) -> {
            String full = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            if (value instanceof Map<?, ?> inner) {
                flatten(full, inner, source, leaves);
            } else {
                leaves.put(full, new Leaf(value, source));
            }
        });
    }

    private static void put(SequencedMap<String, Object> map, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            map.put(key, value);
            return;
        }
        SequencedMap<String, Object> inner = new LinkedHashMap<>();
        if (map.get(key.substring(0, dot)) instanceof SequencedMap<?, ?> there) {
            new ArrayList<>(there.sequencedEntrySet()).forEach(entry -> inner.put(String.valueOf(entry.getKey()), entry.getValue()));
        }
        put(inner, key.substring(dot + 1), value);
        map.put(key.substring(0, dot), inner);
    }
}
