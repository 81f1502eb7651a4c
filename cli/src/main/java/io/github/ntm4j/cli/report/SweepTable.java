package io.github.ntm4j.cli.report;

import io.github.ntm4j.learning.sweep.CombinationSummary.Spread;
import io.github.ntm4j.learning.sweep.CombinationSummary;
import io.github.ntm4j.learning.sweep.SweepPlan;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What came of a sweep: a line for each combination of settings. */
public final class SweepTable {
    private static final String NOTHING = "-";

    private SweepTable() {}

    /** The table in Markdown. Where nothing varies, the first column says what was trained. */
    static String markdown(SweepPlan plan, List<CombinationSummary> summaries) {
        List<String> varied = plan.varied();
        List<String> head = new ArrayList<>();
        varied.forEach(key -> head.add(SweepPlan.shortName(key, varied)));
        if (varied.isEmpty()) {
            head.add("training");
        }
        Objective objective = summaries.isEmpty() ? Objective.BITS : summaries.getFirst().combination().config().task().objective();
        head.addAll(List.of("runs", "solved", "diverged", "relapsed", "sequences to solved", "min to max", "seconds"));
        head.add(objective.unit() + " above optimum");
        head.add(objective.countsErrors() ? objective.errorWord() : "errors");
        return MarkdownTable.of(head, summaries.stream().map(summary -> line(varied, summary)).toList());
    }

    private static List<String> line(List<String> varied, CombinationSummary summary) {
        List<String> cells = new ArrayList<>();
        for (String key : varied) {
            @Nullable Object value = summary.combination().varied().get(key);
            cells.add(value == null ? NOTHING : Settings.text(value));
        }
        if (varied.isEmpty()) {
            cells.add(summary.combination().label());
        }
        Spread sequences = summary.sequencesToSolved();
        boolean any = summary.solved() > 0;
        cells.add(Figures.count(summary.runs()));
        cells.add(Math.round(100.0 * summary.solved() / summary.runs()) + " %");
        cells.add(Figures.count(summary.diverged()));
        cells.add(summary.relapsed().isPresent() ? Figures.count(summary.relapsed().getAsInt()) : NOTHING);
        cells.add(any ? Figures.count(Math.round(sequences.median())) : NOTHING);
        cells.add(any ? Figures.count(Math.round(sequences.min())) + " to " + Figures.count(Math.round(sequences.max())) : NOTHING);
        cells.add(Figures.measured(summary.seconds()));
        cells.add(Double.isNaN(summary.excessBits()) ? NOTHING : Figures.measured(summary.excessBits()));
        cells.add(Figures.measured(summary.bitErrorsPerSequence()));
        return cells;
    }

    /** A line for JSON. */
    static SequencedMap<String, Object> describe(CombinationSummary summary) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("combination", summary.combination().number());
        map.put("settings", summary.combination().varied());
        map.put("runs", summary.runs());
        map.put("solved", summary.solved());
        map.put("diverged", summary.diverged());
        summary.relapsed().ifPresent(relapsed -> map.put("relapsed", relapsed));
        if (summary.solved() > 0) {
            SequencedMap<String, Object> sequences = new LinkedHashMap<>();
            sequences.put("median", summary.sequencesToSolved().median());
            sequences.put("min", Math.round(summary.sequencesToSolved().min()));
            sequences.put("max", Math.round(summary.sequencesToSolved().max()));
            map.put("sequences_to_solved", sequences);
        }
        map.put("seconds", Figures.rounded(summary.seconds(), 3));
        map.put("bits_per_sequence", summary.bitsPerSequence());
        map.put("excess_bits", summary.excessBits());
        map.put("bit_errors_per_sequence", summary.bitErrorsPerSequence());
        return map;
    }
}
