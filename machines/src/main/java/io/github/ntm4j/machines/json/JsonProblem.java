package io.github.ntm4j.machines.json;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** Says in a few words what a JSON parser found wrong, for use in a message of one line. */
public final class JsonProblem {
    private static final Pattern PARSER_INTERNALS =
            Pattern.compile(" \\((start marker|for \\w+ starting) at.*|, from `[^`]*`", Pattern.DOTALL);
    private static final int LENGTH = 200;

    private JsonProblem() {}

    /**
     * What is wrong, and where: {@code column 17: unexpected character ...}, the column counted from 1 in the line of the problem.
     *
     * @param problem what the parser threw
     * @return a few words, without a line break of the parser's internals
     */
    public static String describe(JacksonException problem) {
        String message = PARSER_INTERNALS.matcher(String.valueOf(problem.getOriginalMessage())).replaceAll("");
        message = message.length() > LENGTH ? message.substring(0, LENGTH) + "..." : message;
        if (!message.isEmpty()) {
            message = Character.toLowerCase(message.charAt(0)) + message.substring(1);
        }
        var location = problem.getLocation();
        return location == null || location.getColumnNr() <= 0 ? message : "column " + location.getColumnNr() + ": " + message;
    }
}
