package io.github.ntm4j.studio.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Map<String, List<Map<String, Object>>> variants = new HashMap<>();

    /** The group of a run. */
    String of(String id, RunSettings settings) {
        String name = name(id);
        List<Map<String, Object>> known = variants.computeIfAbsent(name, n -> new ArrayList<>());
        if (!known.contains(settings.others())) {
            known.add(settings.others());
        }
        Map<String, Object> first = known.getFirst();
        if (settings.others().equals(first)) {
            return name;
        }
        List<String> differences = settings.others().entrySet().stream()
                .filter(entry -> !Objects.equals(first.get(entry.getKey()), entry.getValue()))
                .map(entry -> entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1) + " " + entry.getValue())
                .toList();
        String more = differences.size() > MOST_NAMED ? ", … " + known.indexOf(settings.others()) : "";
        return name + ", " + differences.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")) + more;
    }

    private static String name(String id) {
        String path = id.substring(id.indexOf('/') + 1);
        String without = SEED.matcher(path).replaceFirst("");
        int folder = path.lastIndexOf('/');
        return without.equals(path) && folder > 0 ? path.substring(0, folder) : without;
    }
}
