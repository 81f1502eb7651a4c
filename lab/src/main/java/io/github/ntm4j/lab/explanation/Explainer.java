package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.trace.Trace;
import java.util.List;

/** Explains machines of a kind, which it knows by the signals that they show. */
interface Explainer {
    /** Those that there are; the first that fits explains. */
    List<Explainer> ALL = List.of(new HeadPaths(), new Unseen());

    /** Whether the trace has what this explains by. */
    boolean fits(Trace trace);

    /** The trace in words. */
    Explanation explain(Trace trace);

    /** Explains by where heads go: it takes a weighting that reads or writes the rows of a store. */
    record HeadPaths() implements Explainer {
        @Override
        public boolean fits(Trace trace) {
            return trace.signals().memory().isPresent();
        }

        @Override
        public Explanation explain(Trace trace) {
            int answer = trace.answerStart().orElse(0);
            MemoryUse use = MemoryUse.of(trace);
            List<HeadPath> paths = use.paths().stream().map(steps -> HeadPath.of(steps, answer)).toList();
            HealthCheck check = new HealthCheck(trace, use, paths);
            return new Explanation(
                    new ProgrammeWriter(trace, use, paths).write(),
                    check.findings(),
                    use.overwriting(ProgrammeWriter.listeningEnd(trace), check.reachWhileListening()));
        }
    }

    /** Has only what the machine says to go by. */
    record Unseen() implements Explainer {
        @Override
        public boolean fits(Trace trace) {
            return true;
        }

        @Override
        public Explanation explain(Trace trace) {
            return new Explanation(Programme.withoutMemory(), List.of(HealthCheck.undecided(trace)), Overwriting.NONE);
        }
    }
}
