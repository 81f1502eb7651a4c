package io.github.ntm4j.learning.training;

/** What was not finite in an update that was left out. */
public enum NonFinite {
    /** The loss of the batch. */
    LOSS,
    /** A derivative by a parameter. */
    GRADIENT,
    /** A parameter or a moment of the optimiser after the update, which was undone. */
    UPDATE;

    /**
     * For people.
     *
     * @return such as {@code the loss is not finite}
     */
    public String reason() {
        return switch (this) {
            case LOSS -> "the loss is not finite";
            case GRADIENT -> "the gradient is not finite";
            case UPDATE -> "the update is not finite";
        };
    }
}
