package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ReadingOption;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.cli.verify.Verification;
import io.github.ntm4j.learning.sweep.SweepFolder;
import io.github.ntm4j.learning.task.DataReport;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the files of a run or a sweep. */
@Command(
        name = "verify",
        description = "Check checkpoints, settings, metrics and events, and say what is wrong.",
        footer = {
            "",
            "A checkpoint is read in full: its structure, its SHA-256, the shapes of its tensors, and the",
            "hash of its weights. In the directory of a run it is also checked that all files are of one",
            "training, and said what a resume would go on from; in the folder of a sweep, that every run has",
            "the settings of the plan and, if it has ended, the weights of the results.",
            "Of a file of sequences it says what a training on it would find, and refuses what that would refuse.",
            "The exit code is 2 if anything is wrong.",
            "",
            "Examples:",
            "  ntm verify runs/copy-ntm-lstm-seed1",
            "  ntm verify sweeps/copy-ntm-lstm",
            "  ntm verify model.safetensors",
            "  ntm verify my.yaml",
            "  ntm verify my-data.csv --set task.label_column=last",
        })
public final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "RUN_OR_FILE",
            description = "The directory of a run or a sweep, a checkpoint, settings (.yaml), sequences (.jsonl, .csv, .npz and others) or TensorBoard"
                    + " events.")
    private Path path = Path.of("");

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "How to read a file of sequences, such as task.window=24; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private ReadingOption reading;

    public VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!Files.exists(path)) {
            throw new UserException("cannot read " + path + ": no such file or folder");
        }
        ConfigTree settings = ConfigTree.EMPTY;
        for (String assignment : assignments) {
            settings = settings.with(ConfigTree.assignment(assignment));
        }
        Verification verification = new Verification(file -> reading.load(file, null, terminal));
        if (Files.exists(new SweepFolder(path).plan())) {
            verification.sweep(new SweepFolder(path));
        } else if (Files.isDirectory(path)) {
            verification.run(new RunFolder(path));
        } else {
            verification.file(path, settings);
        }
        boolean sound = verification.wrong().isEmpty();
        DataReport data = verification.data();
        if (json) {
            SequencedMap<String, Object> map = new LinkedHashMap<>();
            map.put("path", path.toString());
            map.put("sound", sound);
            map.put("right", verification.right());
            map.put("wrong", verification.wrong());
            if (data != null) {
                map.put("data", data.toMap());
            }
            Reports.printJson(terminal, map);
        } else {
            verification.right().forEach(line -> terminal.out().println(terminal.green("ok") + "  " + line));
            if (data != null) {
                data.lines().forEach(line -> terminal.out().println("    " + line));
            }
            terminal.out().flush();
        }
        verification.wrong().forEach(line -> terminal.err().println("ntm: " + line));
        return sound ? Exit.SUCCESS : Exit.WRONG_USE;
    }
}
