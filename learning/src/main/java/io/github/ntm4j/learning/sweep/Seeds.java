package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.machines.config.UserException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeds as people write them: {@code 7}, {@code 1..10}, {@code 1,2,5..8}. */
public final class Seeds {
    private static final Pattern PART = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");
    private static final BigInteger LARGEST = BigInteger.valueOf(9_000_000_000_000_000L);

    private Seeds() {}

    /**
     * Reads seeds.
     *
     * @param text numbers and ranges with commas between
     * @param source where they were given, for messages
     * @return the seeds in the order in which they were written
     * @throws UserException if it is anything else, names a seed twice, or more seeds than a sweep has runs
     */
    public static List<Long> parse(String text, String source) {
        SequencedSet<Long> seeds = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                throw new UserException(source + ": expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got "
                        + (text.isBlank() ? "nothing" : UserException.quote(part.strip())));
            }
            long first = seed(matcher.group(1), source);
            long last = matcher.group(2) == null ? first : seed(matcher.group(2), source);
            if (last < first) {
                throw new UserException(source + ": expected a range from the smaller to the larger number, got "
                        + UserException.quote(part.strip()));
            }
            if (last - first >= SweepPlan.MOST_RUNS - seeds.size()) {
                throw new UserException(source + ": expected at most " + SweepPlan.MOST_RUNS + " seeds, got "
                        + UserException.quote(text));
            }
            for (long seed = first; seed <= last; seed++) {
                if (!seeds.add(seed)) {
                    throw new UserException(source + ": expected each seed once, got " + seed + " twice");
                }
            }
        }
        return List.copyOf(seeds);
    }

    private static long seed(String digits, String source) {
        BigInteger number = new BigInteger(digits);
        if (number.compareTo(LARGEST) > 0) {
            throw new UserException(source + ": expected whole numbers from 0 to 9e15, got " + digits);
        }
        return number.longValueExact();
    }

    /**
     * Writes seeds so that {@link #parse} reads them again.
     *
     * @param seeds the seeds
     * @return numbers, and ranges where there are three or more in a row
     */
    public static String text(List<Long> seeds) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < seeds.size()) {
            int to = from;
            while (to + 1 < seeds.size() && seeds.get(to + 1) == seeds.get(to) + 1) {
                to++;
            }
            if (to - from >= 2) {
                parts.add(seeds.get(from) + ".." + seeds.get(to));
                from = to + 1;
            } else {
                parts.add(String.valueOf(seeds.get(from)));
                from++;
            }
        }
        return String.join(",", parts);
    }
}
