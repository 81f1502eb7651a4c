package io.github.ntm4j.machines.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant to type. */
public final class Nearest {
    /** Nobody mistypes a longer name, and the search is quadratic in the length. */
    private static final int LONGEST = 100;

    private Nearest() {}

    /**
     * The known name that is most like the typed one; empty when none is. Upper and lower case, {@code -} and {@code _} count
     * as equal. A name is alike when it takes few changes (a letter more, less, or other, or two swapped: one for names of up
     * to five letters, one more for every three), or when it is the only one that begins or ends with what was typed.
     *
     * @param typed what was typed
     * @param known all names that there are
     * @return the name as it is among those known
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        String wanted = plain(typed);
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<String> best = Optional.empty();
        int fewest = Math.max(1, wanted.length() / 3) + 1;
        for (String name : known) {
            int changes = changes(wanted, plain(name));
            if (changes < fewest) {
                fewest = changes;
                best = Optional.of(name);
            }
        }
        return best.isPresent() || wanted.length() < 2 ? best : onlyPart(wanted, known);
    }

    /**
     * {@code ; did you mean <name>?}, or nothing when no known name is like the typed one.
     *
     * @param typed what was typed
     * @param known all names that there are
     * @return the end of a message
     */
    public static String suggestion(String typed, Collection<String> known) {
        return of(typed, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static Optional<String> onlyPart(String wanted, Collection<String> known) {
        List<String> longer = known.stream()
                .filter(name -> plain(name).startsWith(wanted) || plain(name).endsWith(wanted))
                .distinct()
                .toList();
        return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The optimal string alignment distance: insertions, deletions, replacements, and swaps of neighbours. */
    private static int changes(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] current = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(last[j], current[j - 1]));
                if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }
        return last[to.length()];
    }
}
