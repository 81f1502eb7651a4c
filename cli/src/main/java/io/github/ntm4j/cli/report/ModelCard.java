package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.command.ExportCommand;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What there is to know about a machine in a file, in Markdown: what it is, how to make it again, how well it does, and where that ends.
 *
 * @param model the machine
 * @param run the settings of its run
 * @param file the file of which this is the card
 * @param bytes its size
 * @param last whether the machine is the run's last checkpoint, not its best
 * @param results how well it does, on as many sequences of each size
 * @param notes what somebody has to add about its limits
 */
public record ModelCard(
        Model model, RunConfig run, Path file, long bytes, boolean last, List<Evaluation> results, List<String> notes) {
    /** The whole page. */
    public String text() {
        List<String> parts = new ArrayList<>();
        String task = run.task().label();
        parts.add("# " + title());
        parts.add(Prose.wrapped("A machine that was trained on " + task + " (" + TaskKinds.about(run.task())
                + "). The file holds its parameters and settings, without what only training needs."));
        parts.add(facts());
        parts.add(code("./ntm show " + file, "./ntm eval " + file, "./ntm run " + file + " --input sequences.jsonl"));
        parts.add("## How to make it again");
        Recipe recipe = new Recipe(run, last);
        parts.add(code(recipe.train(), recipe.export(title() + ExportCommand.SUFFIX)));
        parts.add(Prose.wrapped("Both the file of this card and the one that these commands write have the weights_sha256 above, on any"
                + " computer and with any number of threads, as long as ntm4j computes as the version above does. (The name"
                + " of the run directory is the one that training gives it where there is no other.)"));
        parts.add("## Figures");
        int sequences = results.getFirst().sequences();
        parts.add(Prose.wrapped(Figures.count(sequences, run.task() instanceof DataConfig ? "sequence" : "fresh sequence") + " of each size; ± is a 95 % confidence interval."));
        parts.add(code("./ntm eval " + file + " --sequences " + sequences));
        List<List<String>> table = Measurement.table(results);
        parts.add(MarkdownTable.of(table.getFirst(), table.subList(1, table.size())));
        parts.add("## Limits");
        parts.add(Prose.wrapped(limits()));
        notes.forEach(note -> parts.add(Prose.wrapped(note)));
        return String.join("\n\n", parts) + "\n";
    }

    private String title() {
        String name = Objects.toString(file.getFileName());
        return name.substring(0, name.length() - ExportCommand.SUFFIX.length());
    }

    private static String code(String... lines) {
        return "```\n" + String.join("\n", lines) + "\n```";
    }

    private String facts() {
        List<List<String>> lines = new ArrayList<>();
        String machine = run.machine().name();
        lines.add(List.of("machine", machine + ", " + run.machine().kind().about()));
        run.machine().facts().forEach((about, words) -> lines.add(List.of(about, words)));
        lines.add(List.of("parameters", Figures.count(model.machine().parameters().elements())));
        lines.add(List.of("file", Figures.count(bytes, "byte")));
        Checkpoints.trainedSequences(model).ifPresent(count ->
                lines.add(List.of("training", Figures.count(count, "sequence") + ", preset " + Settings.text(run.preset()) + ", seed " + run.seed())));
        Checkpoints.provenance(model).ifPresent(made ->
                lines.add(List.of("trained by", "ntm4j " + made.ntm4j() + ", revision " + made.git())));
        lines.add(List.of("weights_sha256", "`" + model.weightsSha256() + "`"));
        return MarkdownTable.toTheLeft(List.of("", ""), lines);
    }

    /** What it was trained on, and how it does there and beyond. */
    private String limits() {
        Task task = run.task().create();
        String trained = "Trained on " + task.sizes().stream()
                .map(range -> range.name() + " " + range.min() + (range.max() == range.min() ? "" : " to " + range.max()))
                .collect(Collectors.joining(" and "))
                + run.machine().memorySize().map(size -> ", with " + Figures.count(size.rows(), "row") + " of memory.").orElse(".");
        List<Evaluation> within = results.stream().filter(result -> !beyond(task, result.at())).toList();
        List<Evaluation> beyond = results.stream().filter(result -> beyond(task, result.at())).toList();
        return trained
                + (within.isEmpty() ? "" : " Of these sizes, " + told(within) + ".")
                + (beyond.isEmpty() ? " The table has none beyond them." : " Beyond them, " + told(beyond) + ".");
    }

    private static boolean beyond(Task task, Size size) {
        return task.sizes().stream().anyMatch(range -> size.values().containsKey(range.name()) && (size.get(range.name()) < range.min() || size.get(range.name()) > range.max()));
    }

    /** The sizes at which it does alike in one clause. */
    private static String told(List<Evaluation> some) {
        SequencedMap<String, List<String>> sizes = new LinkedHashMap<>();
        some.forEach(result -> sizes.computeIfAbsent(told(result), _ -> new ArrayList<>()).add(result.at().toString()));
        return sizes.entrySet().stream()
                .map(alike -> Prose.list(alike.getValue()) + ": " + alike.getKey() + (alike.getValue().size() > 1 ? " each" : ""))
                .collect(Collectors.joining("; "));
    }

    private static String told(Evaluation result) {
        if (result.optimumBitsPerSequence() > 0) {
            return Measurement.excess(result) + " bits above the optimum";
        }
        Objective objective = result.objective();
        if (!objective.countsErrors()) {
            return "a root mean square of " + Figures.measured(result.rootMeanSquare());
        }
        String wrong = objective == Objective.SYMBOLS ? "wrong symbol" : "wrong bit";
        if (result.exactSequences() == result.sequences()) {
            return "no " + wrong + " in " + Figures.count(result.sequences(), "sequence");
        }
        return Measurement.errors(result) + " " + wrong + "s per sequence, " + Figures.count(result.exactSequences()) + " of "
                + Figures.count(result.sequences()) + " without any";
    }
}
