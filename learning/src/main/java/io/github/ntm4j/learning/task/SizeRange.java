package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.border.Arguments;

/**
 * A parameter of a task's sequences and the range that training draws it from.
 *
 * @param name its name
 * @param least the least that makes sense at all
 * @param min the least in training
 * @param max the greatest in training
 * @param limit the greatest that makes sense at all
 */
public record SizeRange(String name, int least, int min, int max, int limit) {
    /** Checks that the numbers are in their order. */
    public SizeRange {
        Arguments.given("name", name);
        Arguments.atLeast("min", least, min);
        Arguments.atLeast("max", min, max);
        Arguments.atLeast("limit", max, limit);
    }

    /**
     * A parameter that may be 1.
     *
     * @param name its name
     * @param min the least in training
     * @param max the greatest in training
     * @param limit the greatest that makes sense at all
     */
    public SizeRange(String name, int min, int max, int limit) {
        this(name, 1, min, max, limit);
    }
}
