package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.ReadingOption;
import io.github.ntm4j.cli.option.TaskOption;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.Measurement;
import io.github.ntm4j.cli.report.ModelCard;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a trained machine to a file of its own, without what only its training needs. */
@Command(
        name = "export",
        description = "Write a trained machine to a file of its own, without what only training needs.",
        footer = {
            "",
            "The file holds parameters and settings: eval, show, run and verify take it, train --resume does not.",
            "A model of pytorch-ntm keeps the reading of --preset, and gets the task of --task.",
            "--card writes a page in Markdown beside it, FILE with .md: what the machine is, the commands that",
            "make it again to the bit, how it does on fresh sequences, and its limits.",
            "",
            "Examples:",
            "  ntm export runs/copy-ntm-lstm-seed2 --out copy.safetensors",
            "  ntm export runs/copy-ntm-lstm-seed2 --out models/copy-ntm-lstm.safetensors --card",
        })
public final class ExportCommand implements Callable<Integer> {
    /** How names of machines in files end. */
    public static final String SUFFIX = ".safetensors";

    private static final String CARD = "--card";
    private static final int SEQUENCES = 1000;

    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "A run directory (its best checkpoint is taken) or a checkpoint.")
    private Path run = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write; a name that ends in .safetensors.")
    private Path out = Path.of("");

    @Option(names = "--last", description = "Take the last checkpoint of the run, not its best.")
    private boolean last;

    @Option(names = "--force", description = "Replace what is there.")
    private boolean force;

    @Option(names = CARD, description = "Also write a card, of a run that has ended.")
    private boolean card;

    @Option(names = "--note", paramLabel = "TEXT", description = "A paragraph for the limits on the card; may be repeated.")
    private List<String> notes = new ArrayList<>();

    @Option(names = "--sequences", paramLabel = "N", description = "Sequences of each size for the card (default: " + SEQUENCES + ").")
    private @Nullable Integer sequences;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ComputeOptions compute;

    @Mixin
    private ReadingOption reading;

    @Mixin
    private TaskOption taskOption;

    public ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path cardFile = check();
        int threads = compute.threads();
        Model model = withSettings(reading.load(chosen(), null, terminal));
        Safetensors left = Checkpoints.withoutTraining(model);
        RunConfig config = Objects.requireNonNull(RunConfig.of(model));
        byte[] bytes = left.bytes();
        if (card) {
            requireMadeBySettings(model);
            Task task = new TaskOption().of(model).task();
            List<Evaluation> results = Measurement.of(
                    model.machine(), task, task.cases(), sequences(), Measurement.SEED, threads, ComputeOptions.kernels(terminal));
            String page = new ModelCard(model, config, out, bytes.length, last, results, notes).text();
            AtomicFiles.write(out, bytes);
            AtomicFiles.write(cardFile, page);
        } else {
            AtomicFiles.write(out, bytes);
        }
        report(model, config, bytes.length, cardFile);
        return Exit.SUCCESS;
    }

    /** A model of pytorch-ntm gets the settings that it was read by, and the task that was named for it. */
    private Model withSettings(Model model) {
        RunConfig run = RunConfig.of(model);
        if (run != null) {
            taskOption.requireAgreement(run, model);
            return model;
        }
        ConfigTree settings = ConfigTree.of(taskOption.settings(model).toMap(), model.file().toString());
        return new Model(model.machine(), model.machineConfig(), settings, model.file(), model.tensors(), model.metadata());
    }

    /** One file, so that none is taken instead if it is damaged. */
    private Path chosen() {
        RunFolder folder = new RunFolder(run);
        if (last) {
            return folder.last();
        }
        return Stream.of(folder.best(), folder.last()).filter(Files::exists).findFirst().orElse(run);
    }

    private int sequences() {
        return Objects.requireNonNullElse(sequences, SEQUENCES);
    }

    /**
     * Refuses what can be refused before anything is read.
     *
     * @return where a card goes
     */
    private Path check() {
        if (!out.toString().endsWith(SUFFIX) || out.endsWith(SUFFIX)) {
            throw new UserException("--out " + out + ": expected a name that ends in " + SUFFIX);
        }
        Path cardFile = Path.of(out.toString().substring(0, out.toString().length() - SUFFIX.length()) + ".md");
        if (!card && !notes.isEmpty()) {
            throw new UserException("--note: expected " + CARD + " beside it, found none");
        }
        if (!card && sequences != null) {
            throw new UserException("--sequences: expected " + CARD + " beside it, found none");
        }
        EvalCommand.requireSequences(sequences());
        if (notes.stream().anyMatch(String::isBlank)) {
            throw new UserException("--note: expected a text, got nothing");
        }
        if (Files.exists(run) && !Files.isDirectory(run) && (last || card)) {
            throw new UserException((last ? "--last" : CARD) + ": expected a run directory, got the file " + run);
        }
        for (Path file : card ? List.of(out, cardFile) : List.of(out)) {
            if (Files.exists(file) && !force) {
                throw new UserException(file + ": it exists already; --force replaces it");
            }
        }
        return cardFile;
    }

    /** A card says how the machine is made again, which the settings of its run must decide. */
    private void requireMadeBySettings(Model model) {
        RunFolder folder = new RunFolder(run);
        Optional<Outcome> outcome = Run.outcome(folder);
        if (outcome.isEmpty() || outcome.get() == Outcome.STOPPED) {
            throw new UserException(CARD + ": expected a training that came to its end, found one that "
                    + (outcome.isEmpty() ? "did not end" : "was stopped") + "; go on with it by train --resume " + run);
        }
        if (!RunConfig.resolve(Yaml.read(folder.config())).equals(RunConfig.of(model))) {
            throw new UserException(
                    CARD + ": expected " + model.file() + " to have the settings of " + folder.config() + ", found others: the run went on with new ones");
        }
    }

    private void report(Model model, RunConfig config, long bytes, Path cardFile) {
        int parameters = model.machine().parameters().elements();
        if (json) {
            SequencedMap<String, Object> map = new LinkedHashMap<>();
            map.put("file", out.toString());
            if (card) {
                map.put("card", cardFile.toString());
            }
            map.put("from", model.file().toString());
            map.put("task", config.task().taskName());
            map.put("machine", config.machine().name());
            map.put("parameters", parameters);
            map.put("bytes", bytes);
            Checkpoints.trainedSequences(model).ifPresent(count -> map.put("sequences", count));
            map.put("weights_sha256", model.weightsSha256());
            Reports.printJson(terminal, map);
            return;
        }
        terminal.out().println(terminal.bold(out.toString()) + ": " + config.task().taskName() + " by " + config.machine().name() + ", "
                + Figures.count(parameters, "parameter") + ", " + Figures.count(bytes, "byte"));
        terminal.out().println("weights_sha256 " + model.weightsSha256());
        if (card) {
            terminal.out().println("card: " + cardFile);
        }
        terminal.out().flush();
    }
}
