package io.github.ntm4j.studio.server;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.json.JsonProblem;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body that is not the object that was expected, in one line without a name of a class. */
final class BodyProblem {
    private BodyProblem() {}

    static String describe(JacksonException problem) {
        if (problem.getCause() instanceof UserException known) {
            return String.valueOf(known.getMessage());
        }
        String place = place(problem);
        return switch (problem) {
            case UnrecognizedPropertyException unknown -> place + ": there is no such name; expected one of "
                    + (unknown.getKnownPropertyIds() == null
                            ? "none"
                            : unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")));
            case MismatchedInputException mismatch -> place + ": expected " + kind(mismatch.getTargetType()) + ", got something else";
            default -> "body: " + JsonProblem.describe(problem);
        };
    }

    /** {@code body.sequence.at}. */
    private static String place(JacksonException problem) {
        StringBuilder place = new StringBuilder("body");
        for (JacksonException.Reference reference : problem.getPath()) {
            if (reference.getPropertyName() == null) {
                place.append('[').append(reference.getIndex()).append(']');
            } else {
                place.append('.').append(UserException.quote(reference.getPropertyName()).replace("'", ""));
            }
        }
        return place.toString();
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return type == Float.class || type == float.class || type == Double.class || type == double.class ? "a number" : "a whole number";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == String.class ? "text" : "an object";
    }
}
