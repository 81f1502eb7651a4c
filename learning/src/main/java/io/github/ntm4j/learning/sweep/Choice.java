package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;

/** The values that a sweep gives one setting. */
public sealed interface Choice {
    /**
     * Which setting.
     *
     * @return its dotted key
     */
    String key();

    /**
     * What was typed for it, for messages.
     *
     * @return values with commas between, or a range
     */
    String text();

    /**
     * Certain values; one value is a setting that does not vary.
     *
     * @param key the setting
     * @param values what was typed
     */
    record Listed(String key, List<String> values) implements Choice {
        /** Keeps a copy. */
        public Listed {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return String.join(",", values);
        }
    }

    /**
     * All numbers between two, both included.
     *
     * @param key the setting
     * @param low the smaller, as it was typed
     * @param high the larger
     */
    record Range(String key, String low, String high) implements Choice {
        /** Decimals of a drawn number: enough to tell draws apart, and few enough to type. */
        private static final MathContext DIGITS = new MathContext(4);

        @Override
        public String text() {
            return low + ".." + high;
        }

        /**
         * Draws a number: every ratio is equally likely where both ends are above 0, and every difference elsewhere.
         *
         * @param random where it comes from
         * @param whole whether it is to be a whole number
         * @return the number as one would type it
         */
        String draw(Random64 random, boolean whole) {
            // A whole number stands for all that are rounded to it, so that the ends are as likely as the others.
            double around = whole ? 0.5 : 0;
            double from = new BigDecimal(low).doubleValue() - around;
            double to = new BigDecimal(high).doubleValue() + around;
            double share = random.nextDouble();
            double drawn = from > 0
                    ? StrictMath.exp(StrictMath.log(from) + share * (StrictMath.log(to) - StrictMath.log(from)))
                    : from + share * (to - from);
            BigDecimal number = whole ? new BigDecimal(StrictMath.rint(drawn)) : new BigDecimal(drawn).round(DIGITS);
            BigDecimal within = number.max(new BigDecimal(low)).min(new BigDecimal(high));
            return whole ? within.toBigInteger().toString() : within.toString();
        }
    }

    /**
     * Reads {@code key=value}, {@code key=value,value} or {@code key=low..high}.
     *
     * @param assignment what was typed behind {@code --set}
     * @return the choice
     * @throws UserException if there is no key, a value is empty or there twice, or a range does not have two numbers
     */
    static Choice parse(String assignment) {
        String key = ConfigTree.assignment(assignment).keys().getFirst();
        String text = assignment.substring(assignment.indexOf('=') + 1).strip();
        String where = "--set " + key + ": ";
        List<String> values = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (text.contains("..")) {
            return range(key, text, where);
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isEmpty()) {
                throw new UserException(where + "expected values with commas between, got " + (text.isEmpty() ? "nothing" : UserException.quote(text)));
            }
            if (values.indexOf(values.get(i)) < i) {
                throw new UserException(where + "expected each value once, got " + UserException.quote(values.get(i)) + " twice");
            }
        }
        return new Listed(key, values);
    }

    private static Range range(String key, String text, String where) {
        int dots = text.indexOf("..");
        String low = text.substring(0, dots).strip();
        String high = text.substring(dots + 2).strip();
        try {
            if (text.length() < 100 && new BigDecimal(low).compareTo(new BigDecimal(high)) < 0) {
                return new Range(key, low, high);
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new UserException(where + "expected a range from a smaller to a larger number, such as 1e-4..1e-3, got " + UserException.quote(text));
    }
}
