package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.border.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * How large a sequence is to be, in a task's own terms: {@code length=20}, or {@code length=10,repeats=5}.
 *
 * @param values the parameters by name
 */
public record Size(SequencedMap<String, Integer> values) {
    /** Sequences of every size, of a task that has only so many. */
    public static final Size ALL = new Size(new LinkedHashMap<>());

    /** Keeps a copy. */
    public Size {
        values = Arguments.given("values", values);
        values.forEach((name, value) -> {
            Arguments.given("name", name);
            Arguments.given(name, value);
        });
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /**
     * A size with a single parameter.
     *
     * @param name its name
     * @param value its value
     * @return the size
     */
    public static Size of(String name, int value) {
        SequencedMap<String, Integer> values = new LinkedHashMap<>();
        values.put(name, value);
        return new Size(values);
    }

    /**
     * This size with another value of a parameter, or with one parameter more.
     *
     * @param name its name
     * @param value its value
     * @return the other size
     */
    public Size with(String name, int value) {
        SequencedMap<String, Integer> others = new LinkedHashMap<>(values);
        others.put(name, value);
        return new Size(others);
    }

    /**
     * One parameter.
     *
     * @param name its name
     * @return its value
     * @throws IllegalArgumentException if this size has no such parameter
     */
    public int get(String name) {
        Integer value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("size: expected a " + name + ", got " + this);
        }
        return value;
    }

    @Override
    public String toString() {
        return values.isEmpty() ? "all" : values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(","));
    }
}
