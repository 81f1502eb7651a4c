package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.lab.record.Curves;
import io.github.ntm4j.learning.sweep.CombinationSummary;
import io.github.ntm4j.learning.sweep.PlannedRun;
import io.github.ntm4j.learning.sweep.RunResult;
import io.github.ntm4j.learning.sweep.Sweep;
import io.github.ntm4j.learning.sweep.SweepEvent;
import io.github.ntm4j.learning.sweep.SweepPlan;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What {@code ntm sweep} says before, after and when a run has ended. */
public final class SweepReport implements Consumer<SweepEvent> {
    private final Terminal terminal;
    private final boolean json;
    private final PrintStream stream;
    private final Sweep sweep;
    private final int jobs;
    private final TimeLeft timeLeft;
    private final Set<PlannedRun> left;
    private int done;

    /**
     * A report of a sweep that has not begun.
     *
     * @param terminal where to
     * @param json whether the results are for a program, so that progress goes to the error stream
     * @param sweep the sweep
     * @param jobs how many runs side by side
     * @param clock nanoseconds
     */
    public SweepReport(Terminal terminal, boolean json, Sweep sweep, int jobs, LongSupplier clock) {
        this.terminal = terminal;
        this.json = json;
        this.stream = json ? terminal.err() : terminal.out();
        this.sweep = sweep;
        this.jobs = jobs;
        this.timeLeft = new TimeLeft(clock);
        this.left = new LinkedHashSet<>(sweep.plan().runs());
        sweep.results().forEach(result -> left.remove(result.run()));
        this.done = sweep.results().size();
    }

    /**
     * What is trained, and where its files go.
     *
     * @param doing what is done, such as {@code sweeping}
     */
    public void begin(String doing) {
        SweepPlan plan = sweep.plan();
        String combinations = plan.combinations().size() == 1 ? "" : Figures.count(plan.combinations().size(), "combination") + " of settings, ";
        say(doing + " " + terminal.bold(plan.title()) + ": " + combinations + Figures.count(plan.seeds().size(), "seed") + ", "
                + Figures.count(plan.runs().size(), "run") + (done > 0 ? " (" + Figures.count(done) + " done before)" : "") + ", "
                + Figures.count(Math.min(jobs, plan.runs().size())) + " at a time, in " + sweep.folder().path());
    }

    @Override
    public void accept(SweepEvent event) {
        switch (event) {
            case SweepEvent.Started started -> timeLeft.started(started.run());
            case SweepEvent.Finished finished -> finished(finished.result());
            case SweepEvent.Noticed noticed -> terminal.notice(noticed.run().name() + ": " + noticed.line());
        }
    }

    private void finished(RunResult result) {
        done++;
        left.remove(result.run());
        timeLeft.ended(result.run());
        String label = sweep.plan().combinations().size() == 1 ? "" : result.run().combination().label() + ", ";
        String outcome = switch (result.outcome()) {
            case DIVERGED -> "diverged after " + Figures.count(result.sequences(), "sequence");
            case SOLVED, BUDGET, PATIENCE, STOPPED -> result.solved()
                    ? terminal.green("solved") + " after " + Figures.count(result.solvedAfter().getAsLong(), "sequence")
                    : "not solved in " + Figures.count(result.sequences(), "sequence") + (result.plateau() ? ", on a plateau" : "");
        };
        String relapses = result.relapses().filter(r -> r.relapsed() > 0).map(r -> ", relapsed in " + Setbacks.count(r)).orElse("");
        say(label + "seed " + result.run().seed() + ": " + outcome + relapses + ", " + Figures.duration(result.seconds())
                + terminal.grey("; " + progress()));
    }

    private String progress() {
        String counted = Figures.count(done) + " of " + Figures.count(sweep.plan().runs().size()) + " done";
        return left.isEmpty() ? counted : counted + ", about " + about(timeLeft.seconds(List.copyOf(left), jobs)) + " left";
    }

    private static String about(double seconds) {
        return seconds < 120 ? Math.round(Math.max(1, seconds)) + " s" : Figures.clock(seconds);
    }

    /**
     * The table and the files; how to go on where some runs have not ended.
     *
     * @param complete whether all have
     * @param command the command that goes on
     * @param report what was written beside the sweep's own files
     */
    public void end(boolean complete, String command, List<Path> report) {
        List<CombinationSummary> summaries = sweep.summaries();
        String table = SweepTable.markdown(sweep.plan(), summaries);
        if (!summaries.isEmpty()) {
            AtomicFiles.write(sweep.folder().table(), table + "\n");
            AtomicFiles.write(sweep.folder().picture(), Curves.ofSweep(sweep).svg());
        }
        Path folder = sweep.folder().path();
        if (!complete) {
            say("stopped with " + Figures.count(done) + " of " + Figures.count(sweep.plan().runs().size(), "run") + " done; go on with:");
            say("  " + Reports.command(command + " --resume " + Reports.quoted(folder)));
        }
        if (json) {
            Reports.printJson(terminal, describe(summaries, report));
        } else if (!summaries.isEmpty()) {
            say("");
            say(table);
            say("");
            report.forEach(file -> say("report: " + terminal.bold(file.toString())));
            say("table: " + sweep.folder().table() + ", learning curves: " + terminal.bold(sweep.folder().picture().toString()));
        }
    }

    private SequencedMap<String, Object> describe(List<CombinationSummary> summaries, List<Path> report) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("sweep", sweep.folder().path().toString());
        map.put("seeds", sweep.plan().seeds());
        map.put("runs", sweep.plan().runs().size());
        map.put("done", done);
        map.put("combinations", summaries.stream().map(SweepTable::describe).toList());
        List<Path> files = new ArrayList<>(report);
        if (!summaries.isEmpty()) {
            files.add(sweep.folder().table());
            files.add(sweep.folder().picture());
        }
        map.put("files", files.stream().map(Path::toString).toList());
        return map;
    }

    private void say(String line) {
        stream.println(line);
        stream.flush();
    }
}
