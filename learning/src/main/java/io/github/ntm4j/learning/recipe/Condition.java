package io.github.ntm4j.learning.recipe;

import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether some settings are so: comparisons of a key and a value, joined by {@code and}, and such by {@code or}, as in
 * {@code machine.parameter_clip == 0 or machine.parameter_clip > 4}.
 *
 * @param alternatives one of these must hold: all of its comparisons
 */
record Condition(List<List<Comparison>> alternatives) {
    private static final Pattern COMPARISON = Pattern.compile("\\s*([a-z0-9_.]+)\\s*(==|!=|<=|>=|<|>)\\s*(\\S+)\\s*");

    /**
     * A comparison.
     *
     * @param key a setting
     * @param operator how it is compared
     * @param value with what
     */
    record Comparison(String key, String operator, String value) {
        boolean holds(ConfigTree settings) {
            String actual = settings.value(key).map(Settings::text).orElse("");
            if (actual.isEmpty()) {
                return false;
            }
            if (operator.equals("==") || operator.equals("!=")) {
                return same(actual) == operator.equals("==");
            }
            double difference = Double.parseDouble(actual) - Double.parseDouble(value);
            return switch (operator) {
                case "<" -> difference < 0;
                case "<=" -> difference <= 0;
                case ">" -> difference > 0;
                default -> difference >= 0;
            };
        }

        private boolean same(String actual) {
            try {
                return Double.parseDouble(actual) == Double.parseDouble(value);
            } catch (NumberFormatException word) {
                return actual.equals(value);
            }
        }
    }

    /**
     * Reads a condition.
     *
     * @param text the condition
     * @param place where it stands, for messages
     * @throws UserException if it is none
     */
    static Condition parse(String text, String place) {
        List<List<Comparison>> alternatives = new ArrayList<>();
        for (String alternative : text.split(" or ", -1)) {
            List<Comparison> all = new ArrayList<>();
            for (String comparison : alternative.split(" and ", -1)) {
                Matcher matcher = COMPARISON.matcher(comparison);
                if (!matcher.matches()) {
                    throw new UserException(place + ": expected a comparison such as machine.rows < 64, got " + UserException.quote(comparison));
                }
                all.add(new Comparison(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
            alternatives.add(all);
        }
        return new Condition(alternatives);
    }

    /** Whether it holds of the settings of a run; a setting that they have not makes its comparison fail. */
    boolean holds(ConfigTree settings) {
        return alternatives.stream().anyMatch(all -> all.stream().allMatch(comparison -> comparison.holds(settings)));
    }

    /** The settings that it asks for. */
    List<String> keys() {
        return alternatives.stream().flatMap(List::stream).map(Comparison::key).toList();
    }
}
