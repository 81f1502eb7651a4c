package io.github.ntm4j.machines.config;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a setting accepts.
 *
 * @param type the Java type: {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String} or an enum
 * @param min the smallest number
 * @param max the largest number
 */
record SettingType(Class<?> type, double min, double max) {
    private static final Set<Class<?>> PLAIN = Set.of(int.class, long.class, double.class, boolean.class, String.class);
    private static final int LONGEST_NUMBER = 60;

    static SettingType of(RecordComponent component) {
        Class<?> type = component.getType();
        Setting setting = component.getAnnotation(Setting.class);
        double min = setting == null ? Double.NEGATIVE_INFINITY : setting.min();
        double max = setting == null ? Double.POSITIVE_INFINITY : setting.max();
        if (!type.isEnum() && !PLAIN.contains(type)) {
            throw new IllegalArgumentException(component + ": a setting cannot be of type " + type.getName());
        }
        return new SettingType(type, min, max);
    }

    /** An enum constant as users write it: {@code FIRST_ROW} is {@code first-row}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A component of a record as users write it: {@code minLength} is {@code min_length}. */
    static String key(String componentName) {
        return componentName.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_").toLowerCase(Locale.ROOT);
    }

    /** The words of an enum, none for other types. */
    List<String> words() {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(constant -> word((Enum<?>) constant)).toList()
                : List.of();
    }

    /** The type in a word or two. */
    String name() {
        if (type.isEnum()) {
            return "word";
        }
        return type == boolean.class ? "true or false" : type == String.class ? "text" : isWhole() ? "whole number" : "number";
    }

    /** What is accepted, for people: {@code a whole number from 1 to 64}. */
    String expected() {
        if (type.isEnum()) {
            return "one of " + String.join(", ", words());
        }
        return type == boolean.class || type == String.class ? name() : ("a " + name() + " " + range()).strip();
    }

    /** The range of a number: {@code from 1 to 64}, {@code of at least 1}, {@code of at most 64}, or nothing. */
    String range() {
        boolean bottom = min > Double.NEGATIVE_INFINITY;
        boolean top = max < Double.POSITIVE_INFINITY;
        if (bottom && top) {
            return "from " + plain(min) + " to " + plain(max);
        }
        return bottom ? "of at least " + plain(min) : top ? "of at most " + plain(max) : "";
    }

    /** A number for people: without a useless {@code .0}, and with an exponent only where that is much shorter. */
    static String plain(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        BigDecimal shortest = BigDecimal.valueOf(number).stripTrailingZeros();
        if (shortest.precision() <= 3 && (shortest.scale() > 6 || shortest.scale() < -6)) {
            return shortest.unscaledValue() + "e" + -shortest.scale();
        }
        return isReadable(number) ? shortest.toPlainString() : Double.toString(number);
    }

    /** Whether a number can be written out without an exponent and is not a negative zero. */
    static boolean isReadable(double number) {
        double size = Math.abs(number);
        return (size >= 1e-9 && size < 1e16) || Double.doubleToRawLongBits(number) == 0;
    }

    /** The shortest decimal that gives the number again, with a digit after its point. */
    static BigDecimal decimal(double number) {
        BigDecimal shortest = BigDecimal.valueOf(number).stripTrailingZeros();
        return shortest.scale() < 1 ? shortest.setScale(1) : shortest;
    }

    /**
     * The value as the type has it.
     *
     * @param typed whether texts are what somebody typed on a command line and stand for numbers too
     * @throws Refused if the value is not acceptable
     */
    Object convert(@Nullable Object value, boolean typed) throws Refused {
        if (type == String.class && value instanceof String) {
            return value;
        }
        if (type == boolean.class && (value instanceof Boolean || (typed && ("true".equals(value) || "false".equals(value))))) {
            return value instanceof Boolean ? value : "true".equals(value);
        }
        if (type.isEnum() && value instanceof String text) {
            return constant(text);
        }
        if (isNumber() && (value instanceof Number || (typed && value instanceof String))) {
            return number(value);
        }
        throw refused(value);
    }

    private boolean isWhole() {
        return type == int.class || type == long.class;
    }

    private boolean isNumber() {
        return isWhole() || type == double.class;
    }

    private Object constant(String text) throws Refused {
        for (Object constant : type.getEnumConstants()) {
            if (word((Enum<?>) constant).equals(text)) {
                return constant;
            }
        }
        String meant = Nearest.suggestion(text, words());
        throw new Refused("expected " + expected() + ", got " + UserException.quote(text) + meant);
    }

    private Object number(Object value) throws Refused {
        String text = value.toString();
        BigDecimal number = parsed(text).orElseThrow(() -> refused(value));
        double near = number.doubleValue();
        if (!Double.isFinite(near) || near < min || near > max) {
            throw refused(value);
        }
        if (!isWhole()) {
            return near;
        }
        // Writing out a number with a large exponent could take all memory.
        if (Math.abs(near) > 1e19 || Math.abs((long) number.scale()) > LONGEST_NUMBER) {
            throw refused(value);
        }
        try {
            long whole = number.longValueExact();
            return type == int.class ? (Object) Math.toIntExact(whole) : (Object) whole;
        } catch (ArithmeticException e) {
            throw refused(value);
        }
    }

    private static Optional<BigDecimal> parsed(String text) {
        try {
            return text.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Refused refused(@Nullable Object value) {
        return new Refused("expected " + expected() + ", got " + shown(value));
    }

    /** A value as an error message shows it. */
    static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case List<?> list -> "a list of " + list.size();
            case String text -> UserException.quote(text);
            case Double number -> plain(number);
            default -> value.toString();
        };
    }

    /** Says in its message what was expected and what was there instead. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }
}
