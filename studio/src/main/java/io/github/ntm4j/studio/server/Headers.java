package io.github.ntm4j.studio.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a request says of itself: values by names, whose case does not matter. */
final class Headers {
    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    void add(String name, String value) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    /** A value that may not be there, but not twice either. */
    @Nullable String only(String name) {
        List<String> given = values.get(name);
        if (given == null) {
            return null;
        }
        if (given.size() > 1) {
            throw new Refusal(400, name + ": expected once, got " + given.size() + " times");
        }
        return given.getFirst();
    }
}
