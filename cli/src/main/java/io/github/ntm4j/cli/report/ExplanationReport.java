package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.lab.explanation.Assessment;
import io.github.ntm4j.lab.explanation.Explanation;
import io.github.ntm4j.lab.explanation.Finding;
import io.github.ntm4j.lab.explanation.Programme.Action;
import io.github.ntm4j.lab.explanation.Programme.Phase;
import io.github.ntm4j.lab.explanation.Programme.Sentence;
import io.github.ntm4j.lab.explanation.Programme.Verdict;
import io.github.ntm4j.lab.explanation.Programme;
import java.util.List;
import java.util.Locale;

/** Prints what a machine does in words, how that goes with its result, and its health card. */
public final class ExplanationReport {
    private static final int MOST_ACTIONS = 40;

    private ExplanationReport() {}

    public static void print(Terminal terminal, Explanation explanation, Assessment assessment) {
        Programme programme = explanation.programme();
        terminal.out().println();
        terminal.out().println(assessment.advice() + (assessment.rows().isPresent() ? " (--rows " + assessment.rows().getAsInt() + ")" : ""));
        if (programme.verdict() != Verdict.NO_MEMORY) {
            terminal.out().println("confidence in these words: " + share(programme.confidence()) + " (writing "
                    + share(programme.writing()) + ", reading " + share(programme.reading()) + ")");
            programme.phases().forEach(phase -> printPhase(terminal, phase));
            terminal.out().println();
            printActions(terminal, programme.actions());
        }
        terminal.out().println();
        terminal.out().println("health");
        for (Finding finding : explanation.health()) {
            terminal.out().println(String.format(Locale.ROOT, "  %-7s  %-24s  %-18s  ", word(finding.status()), finding.name(), finding.text())
                    + terminal.grey(finding.hint()));
        }
    }

    private static void printPhase(Terminal terminal, Phase phase) {
        terminal.out().println("  " + phase.name() + " (" + steps(phase.from(), phase.to()) + ")"
                + (phase.sentences().isEmpty() ? ": -" : ""));
        for (Sentence sentence : phase.sentences()) {
            terminal.out().println("    " + String.join(", ", sentence.heads()) + ": " + sentence.words());
        }
    }

    private static void printActions(Terminal terminal, List<Action> actions) {
        terminal.out().println("step by step, with the share of attention that is explained");
        for (Action action : actions.subList(0, Math.min(MOST_ACTIONS, actions.size()))) {
            terminal.out().println("  " + share(action.confidence()) + "  " + steps(action.from(), action.to()) + ", " + action.head() + ": "
                    + action.words());
        }
        if (actions.size() > MOST_ACTIONS) {
            terminal.out().println("  … and " + Figures.count(actions.size() - MOST_ACTIONS) + " more, see --json");
        }
    }

    private static String steps(int from, int to) {
        return from == to ? "step " + from : "steps " + from + "-" + to;
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
