package io.github.ntm4j.studio.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts runs together that differ by their seed alone. A group is named by what the names of its runs have in common; where runs of one name
 * have different settings, the groups that come later say in what they differ from the first.
 */
final class RunGroups {
    private static final Pattern SEED = Pattern.compile("-seed[0-9]+(-[0-9]+)?$");
    private static final int MOST_NAMED = 3;

    /** The settings of each group that has a name, in the order in which they came. */
    private final Map<String, SequencedMap<Map<String, Object>, Integer>> variants = new HashMap<>();

    /** The group of a run. */
    String of(String id, RunSettings settings) {
        String name = name(id);
        SequencedMap<Map<String, Object>, Integer> known = variants.computeIfAbsent(name, n -> new LinkedHashMap<>());
        int number = known.computeIfAbsent(settings.others(), others -> known.size());
        Map<String, Object> first = known.firstEntry().getKey();
        if (settings.others().equals(first)) {
            return name;
        }
        List<String> differences = settings.others().entrySet().stream()
                .filter(entry -> !Objects.equals(first.get(entry.getKey()), entry.getValue()))
                .map(entry -> entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1) + " " + entry.getValue())
                .toList();
        String more = differences.size() > MOST_NAMED ? ", … " + number : "";
        return name + ", " + differences.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")) + more;
    }

    private static String name(String id) {
        String path = id.substring(id.indexOf('/') + 1);
        String without = SEED.matcher(path).replaceFirst("");
        int folder = path.lastIndexOf('/');
        return without.equals(path) && folder > 0 ? path.substring(0, folder) : without;
    }
}
