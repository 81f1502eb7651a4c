package io.github.ntm4j.lab.explanation;

/**
 * A line of the health card.
 *
 * @param name what was looked at
 * @param value the figure; its unit depends on the finding
 * @param text the figure as it is printed
 * @param status whether it is as it should be
 * @param hint what it means, and what might be done
 */
public record Finding(String name, double value, String text, Status status, String hint) {
    /** Whether something is as it should be. */
    public enum Status {
        /** As it should be. */
        GOOD,
        /** Worth knowing; often harmless. */
        NOTICE,
        /** Probably costs accuracy here. */
        WARNING
    }
}
