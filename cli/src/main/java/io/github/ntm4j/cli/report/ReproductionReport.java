package io.github.ntm4j.cli.report;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.picture.CurveGroup;
import io.github.ntm4j.lab.picture.ReachGroup;
import io.github.ntm4j.lab.picture.ReachPicture;
import io.github.ntm4j.lab.picture.SweepPicture;
import io.github.ntm4j.learning.recipe.Recipes;
import io.github.ntm4j.learning.run.Environment;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.sweep.Combination;
import io.github.ntm4j.learning.sweep.CombinationSummary.Spread;
import io.github.ntm4j.learning.sweep.CombinationSummary;
import io.github.ntm4j.learning.sweep.PlannedRun;
import io.github.ntm4j.learning.sweep.Seeds;
import io.github.ntm4j.learning.sweep.Sweep;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What came of the paper's experiments: {@code report.md} and {@code report.html} in the folder of the sweep, and the pictures of the first. */
public final class ReproductionReport {
    private static final String IMAGES = "images";
    private static final String NOTHING = "-";
    private static final long SHOWN = 1;

    private final Sweep sweep;
    private final KernelProvider kernels;
    private final List<Measured> measured;

    /** A machine that has been trained: by which run, and what it does at the cases of its task. */
    private record Trained(PlannedRun run, List<Evaluation> cases) {}

    /** All machines of a combination, in the order of their seeds, and what came of their training. */
    private record Measured(CombinationSummary summary, List<Trained> machines) {
        RunConfig config() {
            return summary.combination().config();
        }

        String task() {
            return config().task().taskName();
        }

        String machine() {
            return config().machine().name();
        }

        Spread spread(int atCase, ToDoubleFunction<Evaluation> value) {
            return Spread.of(machines.stream().map(trained -> trained.cases().get(atCase)).mapToDouble(value).toArray());
        }
    }

    public ReproductionReport(Sweep sweep, KernelProvider kernels) {
        this.sweep = sweep;
        this.kernels = kernels;
        this.measured = sweep.summaries().stream().map(this::measured).toList();
    }

    private Measured measured(CombinationSummary summary) {
        Combination combination = summary.combination();
        return new Measured(
                summary,
                sweep.results().stream()
                        .filter(result -> result.run().combination().equals(combination))
                        .sorted(Comparator.comparingLong(result -> result.run().seed()))
                        .map(result -> new Trained(result.run(), sweep.cases(result.run(), kernels)))
                        .toList());
    }

    /** Writes the report. @return its two files, for a browser and for a text editor */
    public List<Path> write() {
        Path folder = sweep.folder().path();
        List<Block> blocks = blocks();
        try {
            Files.createDirectories(folder.resolve(IMAGES));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(folder.resolve(IMAGES), e);
        }
        for (Block block : blocks) {
            if (block instanceof Block.Figure figure) {
                AtomicFiles.write(folder.resolve(IMAGES).resolve(figure.name() + ".svg"), figure.svg());
            }
        }
        Path html = folder.resolve("report.html");
        Path markdown = folder.resolve("report.md");
        AtomicFiles.write(html, HtmlPage.of(title(), blocks));
        AtomicFiles.write(markdown, MarkdownPage.of(blocks, IMAGES));
        return List.of(html, markdown);
    }

    private static String title() {
        return "The experiments of the paper";
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, title()));
        blocks.add(new Block.Words(introduction()));
        blocks.add(new Block.Heading(2, "All in one table"));
        blocks.add(overview());
        blocks.add(new Block.Words("Solved: two evaluations in a row, of fresh sequences of the largest training size, within the task's settings"
                + " training.solved_bits and training.solved_errors. Bits: cross-entropy per sequence at that size, above the optimum where there"
                + " is one, of the best checkpoint of each run on " + Figures.count(Sweep.CASE_SEQUENCES)
                + " other fresh sequences; the median over the seeds, and the smallest and the largest. Seconds are those of training"
                + " on one thread, while other runs used the other processors."));
        for (String task : measured.stream().map(Measured::task).distinct().toList()) {
            section(task, measured.stream().filter(some -> some.task().equals(task)).toList(), blocks);
        }
        return blocks;
    }

    private String introduction() {
        SequencedMap<String, Object> machine = Environment.describe(kernels, 1);
        int runs = sweep.results().size();
        int planned = sweep.plan().runs().size();
        return "Graves, Wayne and Danihelka 2014, Neural Turing Machines (arXiv 1410.5401), section 4: "
                + Figures.count(runs, "training") + (runs < planned ? " of " + Figures.count(planned) + " that are planned" : "")
                + ", seeds " + Seeds.text(sweep.plan().seeds()) + ". Made by ntm4j " + machine.get("ntm4j") + " on " + machine.get("processors")
                + " processors (" + machine.get("cpu") + "), " + machine.get("java")
                + ". The same seeds and settings give the same machines to the bit anywhere; only the seconds differ.";
    }

    private Block overview() {
        List<List<String>> lines = new ArrayList<>();
        for (Measured some : measured) {
            CombinationSummary summary = some.summary();
            lines.add(List.of(
                    some.task(),
                    some.machine(),
                    Figures.count(parameters(some.config())),
                    Figures.count(summary.solved()) + " of " + Figures.count(summary.runs()),
                    summary.solved() == 0 ? NOTHING : spread(summary.sequencesToSolved(), value -> Figures.count(Math.round(value))),
                    spread(some.spread(largest(some), Evaluation::excessBits), Figures::measured),
                    Figures.measured(summary.seconds()),
                    Recipes.figure(some.task(), some.machine()).orElse(NOTHING)));
        }
        return new Block.Table(
                List.of("task", "machine", "parameters", "solved", "sequences to solved", "bits", "seconds", "the paper, bits"), lines);
    }

    private static long parameters(RunConfig config) {
        Task task = config.task().create();
        return config.machine().build(task.inputs(), task.outputs()).parameters().elements();
    }

    /** Which of the cases is the largest training size. */
    private static int largest(Measured some) {
        Task task = some.config().task().create();
        return Math.max(0, task.cases().indexOf(task.largest()));
    }

    /** {@code 2.00 (1.00 to 3.00)}, or one number where all are the same. */
    private static String spread(Spread spread, DoubleFunction<String> text) {
        return spread.min() == spread.max()
                ? text.apply(spread.median())
                : text.apply(spread.median()) + " (" + text.apply(spread.min()) + " to " + text.apply(spread.max()) + ")";
    }

    private void section(String task, List<Measured> machines, List<Block> blocks) {
        blocks.add(new Block.Heading(2, task));
        blocks.add(new Block.Words("The task: " + Objects.requireNonNull(TaskKinds.drawn().get(task)).about() + "."));
        blocks.add(new Block.Figure(
                task + "-learning",
                new SweepPicture(task + ": learning", ReachPicture.EXCESS, machines.stream().map(this::curves).toList()).svg(),
                "Evaluations at the largest training size during training; a thin line for each seed."));
        List<Size> cases = machines.getFirst().config().task().create().cases();
        blocks.add(cases(machines, cases));
        if (cases.size() > 1) {
            blocks.add(new Block.Figure(
                    task + "-reach",
                    new ReachPicture(task + ": within and beyond the training range", cases.stream().map(MachineAtWork::words).toList(), machines.stream().map(ReproductionReport::reach).toList()).svg(),
                    "A dot for each seed, a line through the medians."));
        }
        blocks.add(atWork(task, machines));
        blocks.add(new Block.Words("The settings stand in sweep.yaml; these commands train the same machines:"));
        blocks.add(new Block.Commands(machines.stream().map(this::command).toList()));
    }

    private CurveGroup curves(Measured some) {
        return new CurveGroup(
                some.machine(),
                some.machines().stream()
                        .map(trained -> Run.evaluations(sweep.folder().run(trained.run()), "seed " + trained.run().seed()))
                        .toList());
    }

    private static Block cases(List<Measured> machines, List<Size> cases) {
        List<List<String>> lines = new ArrayList<>();
        for (Measured some : machines) {
            for (int i = 0; i < cases.size(); i++) {
                lines.add(List.of(
                        some.machine(),
                        MachineAtWork.words(cases.get(i)),
                        spread(some.spread(i, Evaluation::excessBits), Figures::measured),
                        spread(some.spread(i, Evaluation::bitErrorsPerSequence), Figures::measured),
                        spread(some.spread(i, evaluation -> evaluation.exactSequences()), value -> Figures.count(Math.round(value)))));
            }
        }
        return new Block.Table(
                List.of("machine", "size", "bits", "wrong bits", "sequences without error, of " + Figures.count(Sweep.CASE_SEQUENCES)), lines);
    }

    private static ReachGroup reach(Measured some) {
        return new ReachGroup(
                some.machine(),
                some.machines().stream()
                        .map(trained -> trained.cases().stream().mapToDouble(Evaluation::excessBits).toArray())
                        .toList());
    }

    /** The best machine of the task, the first of its kind where two do as well. */
    private Block atWork(String task, List<Measured> machines) {
        int size = largest(machines.getFirst());
        Measured best = machines.getFirst();
        Trained trained = best.machines().getFirst();
        for (Measured some : machines) {
            for (Trained other : some.machines()) {
                if (other.cases().get(size).excessBits() < trained.cases().get(size).excessBits()) {
                    best = some;
                    trained = other;
                }
            }
        }
        Path run = sweep.folder().run(trained.run()).path();
        Task drawn = best.config().task().create();
        MachineAtWork work = MachineAtWork.on(Model.load(run, OptionalInt.empty()), drawn, task, drawn.largest(), SHOWN, kernels);
        return new Block.Figure(
                task + "-at-work", work.picture().svg(), "The best of these machines at work: " + best.machine() + ", seed " + trained.run().seed() + ".");
    }

    private String command(Measured some) {
        return Recipe.sweep(some.config(), Seeds.text(sweep.plan().seeds()));
    }
}
