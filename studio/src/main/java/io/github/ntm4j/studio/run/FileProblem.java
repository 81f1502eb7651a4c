package io.github.ntm4j.studio.run;

import io.github.ntm4j.machines.config.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the list says of a file that cannot be read: which and where, but nothing of what stands in it. */
final class FileProblem {
    private static final Pattern LINE = Pattern.compile("\\bline ([0-9]+)");

    private FileProblem() {}

    /**
     * One line.
     *
     * @param name of the file in the run's directory
     * @param problem what reading it said
     */
    static String describe(String name, UserException problem) {
        Matcher line = LINE.matcher(String.valueOf(problem.getMessage()));
        return name + (line.find() ? ", line " + line.group(1) : "") + ": damaged or not readable; `ntm verify` with the run's directory says more";
    }
}
