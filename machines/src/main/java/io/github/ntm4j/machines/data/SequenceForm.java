package io.github.ntm4j.machines.data;

/** How a side of a sequence, its input or its target, is written in a line of JSON. */
public enum SequenceForm {
    /** An array of numbers for each step: {@code [[0, 1], [0.5, 2]]}. */
    VECTORS("an array with an array of numbers per step"),
    /** A whole number for each step: {@code [3, 0, 2]}. */
    SYMBOLS("an array of whole numbers"),
    /** A character for each step: {@code "abc"}. */
    TEXT("a text"),
    /** A word for each step: {@code ["jump", "twice"]}. */
    WORDS("an array of texts, a word each");

    private final String expected;

    SequenceForm(String expected) {
        this.expected = expected;
    }

    /** In the words of an error message. */
    String expected() {
        return expected;
    }
}
