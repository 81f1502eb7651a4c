package io.github.ntm4j.machines.model;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.DataForm;
import io.github.ntm4j.machines.data.Reading;
import io.github.ntm4j.machines.data.SequenceCoding;
import io.github.ntm4j.machines.episode.Respondent;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.ForeignWeights;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.machine.SessionBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trained machine, from a file. A model is immutable and may be shared by any number of threads: sessions and batches of it, traces and
 * evaluations only read the machine, each with the state of its own streams, and training refuses it, since its parameters are sealed
 * ({@link io.github.ntm4j.engine.parameter.Parameters#seal}). To train it further, take a {@link #copy}. The one thing that Java does
 * not prevent without a cost to each step
 * is writing to the arrays of the parameters or the tensors by hand; don't.
 *
 * @param machine the machine
 * @param machineConfig its settings
 * @param settings all settings of the run that made it; empty if the file was made elsewhere
 * @param file the file
 * @param tensors all that the file holds
 * @param metadata what the file says about itself
 */
public record Model(
        Machine machine,
        MachineConfig machineConfig,
        ConfigTree settings,
        Path file,
        Map<String, StoredTensor> tensors,
        Map<String, String> metadata) {
    /** Parameters of a machine that is looked at only if the file holds as many. */
    private static final long LARGE = 1 << 24;

    /**
     * Loads a machine with its own number of memory rows.
     *
     * @param path a run directory (its best checkpoint, else its last), a checkpoint, or a file in the layout of pytorch-ntm
     * @return the machine
     * @throws UserException if there is no such file, or it is damaged, or not a machine
     */
    public static Model load(Path path) {
        return load(path, OptionalInt.empty());
    }

    /**
     * Loads a machine and gives it another number of memory rows than it was trained with.
     *
     * @param path a run directory (its best checkpoint, else its last), a checkpoint, or a file in the layout of pytorch-ntm
     * @param rows rows of the memory
     * @return the machine
     * @throws UserException if there is no such file, or it is damaged, or not a machine, or one that cannot have so many rows
     */
    public static Model load(Path path, int rows) {
        return load(path, OptionalInt.of(rows));
    }

    /**
     * Answers a sequence as a whole, with the fastest kernels there are: any machine can. Whoever has many sequences keeps a
     * {@link Respondent}.
     *
     * @param sequence of which the inputs count
     * @return {@code [steps][outputs]}, step after step: probabilities, or the numbers themselves
     * @throws IllegalArgumentException if the inputs have another width than the machine's, or one is not a finite number
     */
    public float[] answer(Sequence sequence) {
        return new Respondent(machine, objective(), KernelProvider.best()).answer(sequence);
    }

    /**
     * A session for one stream of vectors, with the fastest kernels there are.
     *
     * @return a session before its first step
     * @throws UserException if the machine reads whole sequences
     */
    public Session session() {
        return new Session(machine, 1, KernelProvider.best());
    }

    /**
     * A batch for streams that are stepped together, with the fastest kernels there are.
     *
     * @param places how many streams there can be at a time, at least 1
     * @return a batch without streams
     * @throws UserException if the machine reads whole sequences
     */
    public SessionBatch batch(int places) {
        return new SessionBatch(machine, places, KernelProvider.best());
    }

    /**
     * A machine of the same parameters to train further; this one stays as it is.
     *
     * @return a machine that nobody shares yet
     */
    public Machine copy() {
        Machine copy = machineConfig.build(machine.inputs(), machine.outputs());
        System.arraycopy(machine.parameters().values(), 0, copy.parameters().values(), 0, copy.parameters().size());
        return copy;
    }

    /**
     * Loads a machine from a run directory (its best checkpoint, else its last), from a checkpoint, or from a file in the layout of
     * pytorch-ntm.
     *
     * @param path a run directory or a safetensors file
     * @param rows another number of memory rows than it was trained with
     * @return the machine
     * @throws UserException if there is no such file, or it is damaged, or not a machine
     */
    public static Model load(Path path, OptionalInt rows) {
        Arguments.given("rows", rows);
        return read(candidates(Arguments.given("path", path)).getFirst(), rows, null, _ -> {});
    }

    private static Model read(Path file, OptionalInt rows, @Nullable String reading, Consumer<String> notices) {
        Safetensors stored = Safetensors.read(file);
        if (PytorchNtm.matches(stored)) {
            return PytorchNtm.load(stored, file, rows, reading, notices);
        }
        if (reading != null) {
            throw new UserException("--preset " + reading + " contradicts " + file + ", which has settings of its own");
        }
        String format = stored.metadata().getOrDefault(ModelFormat.FORMAT, "");
        if (format.startsWith(ModelFormat.OURS) && !format.equals(ModelFormat.NAME)) {
            throw new UserException(file + ": expected the format " + ModelFormat.NAME + ", found " + UserException.quote(format)
                    + ": another version of ntm4j wrote it");
        }
        String json = stored.metadata().get(ModelFormat.CONFIG);
        if (json == null) {
            throw new UserException(file + ": expected a machine, found " + foreign(stored) + "no `config` in its metadata; see docs/checkpoint-format.md");
        }
        String where = file + " (config)";
        ConfigTree settings = ConfigTree.json(json, where);
        return build(file, stored, config(settings, where), settings, rows);
    }

    /** What file it is, if it is known to be one of other software. */
    private static String foreign(Safetensors stored) {
        Set<String> names = new HashSet<>(stored.tensors().keySet());
        names.addAll(stored.unread().keySet());
        for (MachineKind<?> kind : MachineKinds.all().values()) {
            for (ForeignWeights weights : kind.foreign()) {
                if (weights.matches(names)) {
                    return "weights of a " + kind.about() + " by " + weights.software() + ", which are not converted, and ";
                }
            }
        }
        return "";
    }

    /** Settings that contradict each other are refused by the machine, which does not know where they stand. */
    private static MachineConfig config(ConfigTree settings, String where) {
        try {
            return MachineKinds.of(settings);
        } catch (UserException refused) {
            String message = String.valueOf(refused.getMessage());
            throw message.startsWith(where) ? refused : new UserException(where + ": " + message);
        }
    }

    /**
     * The same, but where the best checkpoint of a run directory is damaged it takes the next: the last, or one of those before it.
     *
     * @param path a run directory or a safetensors file
     * @param rows another number of memory rows than it was trained with
     * @param notices is told in one line what is damaged and which it took instead, and how a model of pytorch-ntm was read
     * @return the machine
     * @throws UserException if no file can be loaded; says what is wrong with the best
     */
    public static Model load(Path path, OptionalInt rows, Consumer<String> notices) {
        return load(path, rows, null, notices);
    }

    /**
     * The same, with a reading for a model of pytorch-ntm, whose file does not say which revision made it.
     *
     * @param path a run directory or a safetensors file
     * @param rows another number of memory rows than it was trained with
     * @param reading one of the presets for pytorch-ntm; null for the one that the file names as {@code preset} in its metadata, or else
     *     that of its last revisions
     * @param notices is told in one line what is damaged and which it took instead, and how a model of pytorch-ntm was read
     * @return the machine
     * @throws UserException if no file can be loaded; if there is a reading, but the file has settings of its own
     */
    public static Model load(Path path, OptionalInt rows, @Nullable String reading, Consumer<String> notices) {
        @Nullable UserException first = null;
        for (Path candidate : candidates(path)) {
            try {
                Model model = read(candidate, rows, reading, notices);
                if (first != null) {
                    notices.accept(first.getMessage() + "; took " + candidate + " instead");
                }
                return model;
            } catch (UserException damaged) {
                first = first == null ? damaged : first;
            }
        }
        throw Objects.requireNonNull(first);
    }

    /** The files that a path may stand for and that are there, the one to prefer first. */
    private static List<Path> candidates(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        RunFolder folder = new RunFolder(path);
        List<Path> files = Stream.concat(Stream.of(folder.best()), folder.kept().stream()).filter(Files::exists).toList();
        if (files.isEmpty()) {
            throw new UserException(path + ": expected a run directory with " + path.relativize(folder.last()) + ", found none");
        }
        return files;
    }

    static Model build(Path file, Safetensors stored, MachineConfig config, ConfigTree settings, OptionalInt rows) {
        MachineConfig fitted = config;
        if (rows.isPresent()) {
            if (config.kind().capacityOf(config).isEmpty()) {
                throw new UserException("--rows: " + file + " is a machine without a memory (" + config.name() + ")");
            }
            if (rows.getAsInt() < 1 || rows.getAsInt() > 1 << 24) {
                throw new UserException("--rows: expected 1 to 16777216, got " + rows.getAsInt());
            }
            fitted = config.kind().withCapacity(config, rows.getAsInt());
        }
        long least = config.parameters(1, 1);
        if (least > LARGE) {
            requireAll(stored, file, least);
        }
        Widths widths = Widths.of(stored, file, config);
        int inputs = widths.inputs();
        int outputs = widths.outputs();
        requireAll(stored, file, config.parameters(inputs, outputs));
        Machine machine = fitted.build(inputs, outputs);
        requireReadable(stored, file, machine.parameters());
        if (rows.isPresent()) {
            Weights.loadFitted(stored.tensors(), machine.parameters(), file.toString());
        } else {
            Weights.load(stored.tensors(), machine.parameters(), machine.parameters().values(), "", file.toString());
        }
        machine.parameters().seal();
        return new Model(machine, fitted, settings, file, stored.tensors(), stored.metadata());
    }

    /** What the machine does not know may be whatever it is; all else is finite numbers. */
    private static void requireReadable(Safetensors stored, Path file, Parameters parameters) {
        Set<String> own = parameters.entries().stream().map(Entry::name).collect(Collectors.toSet());
        Predicate<String> known = name -> own.contains(name) || ModelFormat.isOfTraining(name);
        stored.unread().keySet().stream().filter(known).forEach(name -> stored.requireRead(name, file.toString()));
        stored.firstNonFinite(known).ifPresent(place -> {
            throw new UserException(file + ": tensor " + place + ": expected finite numbers, found NaN or infinity");
        });
    }

    /** A file that claims a larger machine than it holds gets no memory for it. */
    private static void requireAll(Safetensors stored, Path file, long parameters) {
        long values = stored.tensors().values().stream().mapToLong(tensor -> tensor.data().length).sum();
        if (values < parameters) {
            throw new UserException(file + ": expected the " + parameters + " parameters of a machine with its settings, found "
                    + values + " values");
        }
    }

    /** The form of the sequences of one's own that it was trained on; nothing if it was trained on others. */
    private Optional<DataForm> form() {
        return settings.text("task.name").filter(DataForm.TASK::equals).map(_ -> DataForm.of(settings.part("task")));
    }

    /**
     * Whether the machine has the size with which it was trained.
     *
     * @return false if it was given another number of rows
     */
    public boolean hasItsOwnSize() {
        return settings.keys().isEmpty() || MachineKinds.of(settings).equals(machineConfig);
    }

    /**
     * What the outputs of the machine stand for.
     *
     * @return what it was trained for; bits if the file was made elsewhere
     */
    public Objective objective() {
        String named = metadata.get(ModelFormat.OBJECTIVE);
        if (named != null) {
            Objective objective = Settings.words(Objective.class).get(named);
            if (objective == null) {
                throw new UserException(file + " (" + ModelFormat.OBJECTIVE + "): expected one of "
                        + String.join(", ", Settings.words(Objective.class).keySet()) + ", found " + UserException.quote(named));
            }
            return objective;
        }
        return form().map(DataForm::targets).orElse(Objective.BITS);
    }

    /**
     * How a line of JSON becomes what the machine sees, and its answer a line again.
     *
     * @return that of the data that it was trained on, or vectors as they are
     */
    public SequenceCoding coding() {
        return form().map(DataForm::coding).orElseGet(() -> SequenceCoding.vectors(machine.inputs(), machine.outputs()));
    }

    /**
     * How files of sequences for it are read.
     *
     * @return as the data that it was trained on, or JSON Lines
     */
    public Reading reading() {
        return form().map(DataForm::reading).orElse(Reading.DEFAULT);
    }

    /**
     * The hash of the parameters.
     *
     * @return SHA-256 in hexadecimal
     */
    public String weightsSha256() {
        return machine.parameters().sha256();
    }
}
