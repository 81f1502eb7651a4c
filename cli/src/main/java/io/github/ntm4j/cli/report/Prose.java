package io.github.ntm4j.cli.report;

import java.util.List;
import java.util.regex.Pattern;

/** Sentences and paragraphs of a page whose source people read, too. */
public final class Prose {
    private static final int WIDTH = 120;

    /** What stays on one line: everything between spaces, and commands between backticks. */
    private static final Pattern WORD = Pattern.compile("(`[^`]*`|[^\\s`]|`)+");

    private Prose() {}

    /** A paragraph in lines of at most 120 characters, if its words are no longer. */
    static String wrapped(String paragraph) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String word : WORD.matcher(paragraph).results().map(found -> found.group()).toList()) {
            if (length > 0 && length + 1 + word.length() > WIDTH) {
                text.append('\n');
                length = 0;
            }
            if (length > 0) {
                text.append(' ');
                length++;
            }
            text.append(word);
            length += word.length();
        }
        return text.toString();
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> items) {
        int last = items.size() - 1;
        return last < 1 ? String.join("", items) : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }
}
