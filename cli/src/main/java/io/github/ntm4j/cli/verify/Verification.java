package io.github.ntm4j.cli.verify;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.lab.record.Curves;
import io.github.ntm4j.lab.tensorboard.EventFile;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.DivergenceBundle;
import io.github.ntm4j.learning.run.Film;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.sweep.StoredSweep;
import io.github.ntm4j.learning.sweep.SweepFolder;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.DataReport;
import io.github.ntm4j.learning.task.DataSurvey;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the files of a run or a sweep, and notes what is right and what is wrong. */
public final class Verification {
    /** Endings of files of sequences, which gzip may have packed. */
    private static final Pattern SEQUENCES =
            Pattern.compile("(\\.(jsonl|ndjson|json|csv|tsv|tab|txt|dat|data|asc|npz|npy)(\\.gz)?|\\.gz)$", Pattern.CASE_INSENSITIVE);

    private final List<String> right = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private @Nullable DataReport data;
    private final Function<Path, Model> load;

    /**
     * A verification that has not begun.
     *
     * @param load how a machine is read
     */
    public Verification(Function<Path, Model> load) {
        this.load = load;
    }

    /** What was found to be in order. */
    public List<String> right() {
        return right;
    }

    /** What was not. */
    public List<String> wrong() {
        return wrong;
    }

    /** What is found in a file of sequences; null where none was looked at. */
    public @Nullable DataReport data() {
        return data;
    }

    /** Notes that something is in order. */
    public void right(String line) {
        right.add(line);
    }

    /** Notes that something is not. */
    public void wrong(String line) {
        wrong.add(line);
    }

    /** Notes what a check finds wrong, unless it was found before. */
    void unless(Runnable check) {
        try {
            check.run();
        } catch (UserException e) {
            String message = String.valueOf(e.getMessage());
            if (!wrong.contains(message)) {
                wrong.add(message);
            }
        }
    }

    /** Checks the folder of a sweep with all that it should hold. */
    public void sweep(SweepFolder folder) {
        @Nullable StoredSweep sweep = check(folder.plan(), () -> StoredSweep.read(folder.path()), read -> read.plan().title());
        if (sweep != null) {
            SweepVerification.check(sweep, this);
        }
    }

    /** Checks a run directory with all that it should hold. */
    public void run(RunFolder folder) {
        @Nullable RunConfig config = check(folder.config(), () -> config(folder.config()), this::name);
        if (config != null && config.task() instanceof DataConfig own && !own.source().file().isEmpty()) {
            check(Path.of(own.source().file()), own::create, task -> Figures.count(task.trainingSequences(), "sequence") + " to train on, "
                    + Figures.count(task.testSequences(Size.ALL)) + " held back");
        }
        List<Path> checkpoints = files(folder.checkpoints(), "*.safetensors");
        if (checkpoints.isEmpty()) {
            wrong.add(folder.checkpoints() + ": expected checkpoints, found none");
        }
        for (Path checkpoint : checkpoints) {
            check(checkpoint, () -> checkpoint(checkpoint, config), this::name);
        }
        unless(() -> Film.frames(folder)
                .forEach((sequences, frame) -> check(frame, () -> frame(frame, sequences, config), this::name)));
        if (Files.exists(folder.metrics())) {
            check(folder.metrics(), () -> Curves.ofRuns(List.of(folder)), _ -> "");
        } else {
            wrong.add(folder.metrics() + ": expected metrics, found none");
        }
        if (Files.isDirectory(folder.diverged())) {
            check(folder.diverged(), () -> DivergenceBundle.read(folder.path()), bundle -> bundle.cause().notFinite().reason());
        }
        for (Path events : files(folder.path(), "events.out.tfevents.*")) {
            events(events);
        }
        for (Path leftover : Stream.of(folder.path(), folder.checkpoints(), folder.film()).flatMap(path -> files(path, ".*.ntm-tmp").stream()).toList()) {
            right.add(leftover + ": left over by a process that was killed; a resume deletes it");
        }
        RunVerification.check(folder, this);
    }

    /** Checks one file by its kind; settings say how a file of sequences is to be read. */
    public void file(Path file, ConfigTree settings) {
        String name = file.toString();
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            check(file, () -> config(file), this::name);
        } else if (name.contains(".tfevents.")) {
            events(file);
        } else if (file.endsWith("metrics.jsonl")) {
            Path parent = Objects.requireNonNullElse(file.getParent(), Path.of(""));
            check(file, () -> Curves.ofRuns(List.of(new RunFolder(parent))), _ -> "");
        } else if (SEQUENCES.matcher(name).find() || looksLikeSequences(file)) {
            data = check(file, () -> sequences(file, settings), report -> Figures.count(report.training() + report.heldBack(), "sequence"));
        } else {
            check(file, () -> checkpoint(file, null), this::name);
        }
    }

    /** Whether a file whose name tells nothing begins as JSON Lines or gzip do. */
    private static boolean looksLikeSequences(Path file) {
        if (file.toString().endsWith(".safetensors") || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(2);
            return head.length == 2 && (head[0] == '{' || (head[0] == 0x1f && head[1] == (byte) 0x8b));
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    private void events(Path file) {
        check(file, () -> EventFile.read(file), content -> Figures.count(content.scalars().size(), "scalar")
                + (content.cutShort() ? ", the last record cut short" : ""));
    }

    private String name(Model model) {
        RunConfig run = RunConfig.of(model);
        return model.machineConfig().name() + (run == null ? "" : ", " + run.task().taskName());
    }

    private String name(RunConfig config) {
        return config.machine().name() + ", " + config.task().taskName() + ", seed " + config.seed();
    }

    private static RunConfig config(Path file) {
        return RunConfig.resolve(Yaml.read(file));
    }

    private Model checkpoint(Path file, @Nullable RunConfig config) {
        Model model = load.apply(file);
        Checkpoints.verify(model);
        RunConfig made = RunConfig.of(model);
        if (config != null && made != null
                && !(made.machine().equals(config.machine()) && made.task().sameTask(config.task()) && made.seed() == config.seed())) {
            throw new UserException(file + ": has another machine, task or seed than config.yaml");
        }
        return model;
    }

    private Model frame(Path file, long sequences, @Nullable RunConfig config) {
        Model model = checkpoint(file, config);
        OptionalLong trained = Checkpoints.trainedSequences(model);
        if (!trained.equals(OptionalLong.of(sequences))) {
            throw new UserException(file + ": expected the machine after the sequences of its name, found one after "
                    + (trained.isPresent() ? String.valueOf(trained.getAsLong()) : "an unknown number"));
        }
        return model;
    }

    /** Looks at a file as a training on it does. */
    private static DataReport sequences(Path file, ConfigTree settings) {
        ConfigTree task = ConfigTree.of(Map.of("task", Map.of("name", "data", "file", file.toString())), file.toString());
        DataSurvey survey = DataSurvey.of(task.with(settings)).orElseThrow();
        RunConfig.resolve(survey.settings());
        return survey.report();
    }

    private <V> @Nullable V check(Path file, Supplier<V> read, Function<V, String> describe) {
        try {
            V value = read.get();
            String description = describe.apply(value);
            right.add(file + (description.isEmpty() ? "" : ": " + description));
            return value;
        } catch (UserException e) {
            wrong.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The files of a folder whose names match, in their order. */
    List<Path> files(Path folder, String pattern) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var stream = Files.newDirectoryStream(folder, pattern)) {
                stream.forEach(files::add);
            } catch (IOException e) {
                wrong.add(String.valueOf(UserException.cannotRead(folder, e).getMessage()));
            }
        }
        files.sort(null);
        return files;
    }
}
