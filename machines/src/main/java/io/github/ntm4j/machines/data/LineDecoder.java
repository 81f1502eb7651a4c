package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.json.JsonProblem;
import tools.jackson.core.JacksonException;

/** Makes sequences of the lines of one text, and says of which line something is wrong. */
final class LineDecoder {
    private final String name;
    private final String each;
    private final SequenceParser parser;

    /**
     * A decoder before the first line.
     *
     * @param name what messages call the text
     * @param format what its lines must be like
     */
    LineDecoder(String name, SequenceFormat format) {
        this(name, format, "line");
    }

    /**
     * A decoder before the first sequence.
     *
     * @param each what messages call a sequence
     */
    LineDecoder(String name, SequenceFormat format, String each) {
        this.name = name;
        this.each = each;
        this.parser = new SequenceParser(format);
    }

    /** What messages call the text. */
    String name() {
        return name;
    }

    /** What messages call a sequence. */
    String each() {
        return each;
    }

    /**
     * Reads a line.
     *
     * @throws UserException if it is not one of the format
     */
    SequenceLine parse(byte[] bytes, int length, long number) {
        try {
            return parser.parse(bytes, length, number);
        } catch (SequenceParser.Problem e) {
            throw problem(number, String.valueOf(e.getMessage()), e);
        } catch (JacksonException e) {
            throw problem(number, "not valid JSON: " + JsonProblem.describe(e), e);
        }
    }

    /**
     * Holds a line that was not read from JSON against the format.
     *
     * @throws UserException if it has another form, another width, or no target where one is required
     */
    void requireForm(SequenceLine line) {
        try {
            parser.requireForm(line);
        } catch (SequenceParser.Problem e) {
            throw problem(line.line(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Makes the vectors of a line.
     *
     * @throws UserException if it has other steps than the coding wants, or what has no channel
     */
    SequenceData encode(SequenceLine line, SequenceCoding coding) {
        requireSteps(line, coding);
        try {
            return coding.encode(line);
        } catch (Coding.Unknown e) {
            throw problem(line.line(), String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Checks that target and mask have the steps that they have to have.
     *
     * @throws UserException if they do not
     */
    void requireSteps(SequenceLine line, SequenceCoding coding) {
        try {
            if (coding.layout() == SequenceCoding.Layout.DURING) {
                SequenceParser.requireAligned(line);
            } else {
                SequenceParser.requireMaskOfTarget(line);
            }
        } catch (SequenceParser.Problem e) {
            throw problem(line.line(), String.valueOf(e.getMessage()), e);
        }
    }

    private UserException problem(long number, String what, Throwable cause) {
        return new UserException(name + ", " + each + " " + number + ": " + what, cause);
    }
}
