package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Coding;
import io.github.ntm4j.machines.data.DataForm;
import io.github.ntm4j.machines.data.Reading;
import io.github.ntm4j.machines.data.RereadableFile;
import io.github.ntm4j.machines.data.SequenceCoding.Layout;
import io.github.ntm4j.machines.data.SequenceCoding;
import io.github.ntm4j.machines.data.SequenceData;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SequenceFormat;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceList;
import io.github.ntm4j.machines.data.SequenceReader;
import io.github.ntm4j.machines.data.SequenceSide;
import io.github.ntm4j.machines.data.SideTally;
import io.github.ntm4j.machines.machine.Objective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the settings of a {@link DataConfig} by looking at its sequences. Targets that are symbols, words or texts are symbols; targets
 * that are vectors are bits if each number is 0 or 1, else real numbers. When the machine answers is what {@link LayoutEvidence} shows. Real
 * numbers that are far from 1 are scaled. Whoever knows better sets {@code task.targets}, {@code task.layout} or {@code task.scale}; what was
 * found says a {@link DataReport}.
 */
public final class DataSurvey {
    private static final String LAYOUT = "task.layout";

    private final ConfigTree given;
    private final Reading reading;
    private final @Nullable SequenceForm inputForm;
    private final @Nullable SequenceForm targetForm;
    private final DataTally tally = new DataTally();
    private LayoutEvidence.Choice choice = new LayoutEvidence.Choice(Layout.DURING, "");
    private ConfigTree settings = ConfigTree.EMPTY;
    private String note = "";
    private final Function<DataConfig, DataTask> creation;
    private @Nullable DataTask task;

    /** A survey of sequences that are read as the settings say. */
    private DataSurvey(ConfigTree given, Function<DataConfig, DataTask> creation) {
        this.given = given;
        this.creation = creation;
        DataConfig config = alone(given);
        reading = config.form().reading();
        inputForm = given.has("task.input_form") ? config.form().input().form() : null;
        targetForm = given.has("task.target_form") ? config.form().target().form() : null;
    }

    /**
     * Completes settings.
     *
     * @param given settings of a run
     * @return the same, with all settings of its task if that is a file of sequences that was not read before
     * @throws UserException if a file cannot be read, or is not what the settings say
     */
    public static ConfigTree complete(ConfigTree given) {
        return of(given).map(DataSurvey::settings).orElse(given);
    }

    /**
     * Reads the files of settings.
     *
     * @param given settings of a run
     * @return what was found; nothing if the task is no file of sequences, or one that was read before
     * @throws UserException if a file cannot be read, or is not what the settings say
     */
    public static Optional<DataSurvey> of(ConfigTree given) {
        boolean isData = given.text("task.name").equals(Optional.of("data"));
        String path = isData ? given.text("task.file").orElse("") : "";
        if (path.isEmpty() || !given.text("task.sha256").orElse("").isEmpty()) {
            return Optional.empty();
        }
        DataSurvey survey = new DataSurvey(given, DataConfig::create);
        SequencedMap<String, Object> found = new LinkedHashMap<>();
        survey.read(Path.of(path), "", found);
        String validation = given.text("task.validation_file").orElse("");
        if (!validation.isEmpty()) {
            survey.read(Path.of(validation), "validation_", found);
        }
        survey.settle(path, found);
        return Optional.of(survey);
    }

    /**
     * Looks at sequences in memory.
     *
     * @param name what messages call them
     * @param lines the sequences, each with a target, all of one form; they must not change
     * @param given settings of a run, as far as somebody knows better
     * @return what was found
     * @throws UserException if there are none, or one is not what the settings say; names the sequence, counted from 1
     */
    public static DataSurvey of(String name, List<SequenceLine> lines, ConfigTree given) {
        if (lines.isEmpty()) {
            throw new UserException(name + ": expected sequences, found none");
        }
        List<SequenceLine> numbered = new ArrayList<>();
        for (SequenceLine line : lines) {
            if (line.target() == null) {
                throw new UserException(name + ", sequence " + (numbered.size() + 1) + ": no target");
            }
            numbered.add(line.at(numbered.size() + 1L));
        }
        DataSurvey survey = new DataSurvey(
                given.without("task.name"), config -> DataTask.split(config, new SequenceList(name, numbered, config.form().coding())));
        SequenceLine first = numbered.getFirst();
        for (SequenceLine line : numbered) {
            if (!alike(line.input(), first.input()) || !alike(Objects.requireNonNull(line.target()), Objects.requireNonNull(first.target()))) {
                throw new UserException(name + ", sequence " + line.line() + ": expected the forms and widths of the first");
            }
            survey.tally.see(line, name + ", sequence " + line.line());
        }
        SequencedMap<String, Object> found = new LinkedHashMap<>();
        found.put("name", "data");
        survey.settle(name, found);
        ConfigTree sha256 = ConfigTree.of(Map.of("task", Map.of("sha256", survey.task().sha256())), name);
        survey.settings = survey.settings.with(sha256);
        return survey;
    }

    private static boolean alike(SequenceSide one, SequenceSide other) {
        boolean vectors = one instanceof SequenceSide.Vectors a && other instanceof SequenceSide.Vectors b && a.width() == b.width();
        return one.form() == other.form() && (vectors || one.form() != SequenceForm.VECTORS);
    }

    /**
     * All settings of the task, and those that were given of the run.
     *
     * @return settings to be resolved
     */
    public ConfigTree settings() {
        return settings;
    }

    /**
     * The task, with its sequences.
     *
     * @return the task; the same at every call
     */
    public DataTask task() {
        if (task == null) {
            task = creation.apply(bound(settings));
        }
        return task;
    }

    /**
     * What was found.
     *
     * @return a report for people and programs
     */
    public DataReport report() {
        return DataReport.of(bound(settings), note, task(), tally, given.has(LAYOUT) ? "as task.layout says" : choice.reason());
    }

    /** Decides what is not given. */
    private void settle(String name, SequencedMap<String, Object> found) {
        tally.input().describe("input", name, found);
        tally.target().describe("target", name, found);
        // Who says how many symbols there are wants them all.
        for (String side : List.of("input", "target")) {
            if (given.has("task." + side + "_width")) {
                found.put(side + "_symbols", "");
            }
        }
        found.put("targets", Settings.text(tally.targets()));
        boolean vectors = tally.target().form() == SequenceForm.VECTORS;
        LayoutEvidence evidence = tally.layout();
        if (vectors && evidence.mistakenLine() > 0 && !given.has(LAYOUT)) {
            throw new UserException(name + ", line " + evidence.mistakenLine() + ": " + evidence.unequalLengths()
                    + "; targets that follow their inputs need --set task.layout=after");
        }
        choice = evidence.choose(tally.target().form());
        found.put("layout", Settings.text(choice.layout()));
        Layout layout = given.has(LAYOUT) ? alone(given).form().layout() : choice.layout();
        boolean oneLength = vectors && layout == Layout.AFTER && tally.targetLengths().same();
        found.put("answer_steps", oneLength ? tally.targetLengths().most() : 0);
        settings = ConfigTree.of(Map.of("task", found), name).with(given.without("task.file").without("task.validation_file"));
        DataConfig config = bound(settings);
        String contradiction = tally.contradiction(config.form().targets());
        if (contradiction != null) {
            throw settings.problem("task.targets", contradiction);
        }
        scale(config, name);
    }

    /** Finds mean and deviation of the sequences to train on, where they are to be scaled. */
    private void scale(DataConfig config, String name) {
        boolean input = config.form().inputScales().means().isEmpty() && scales(config, config.form().input().form(), tally.inputChannels());
        boolean target = config.form().targetScales().means().isEmpty() && config.form().targets() == Objective.REALS
                && scales(config, config.form().target().form(), tally.targetChannels());
        SequencedMap<String, Object> found = new LinkedHashMap<>();
        if (config.form().input().form() != SequenceForm.VECTORS && config.form().target().form() != SequenceForm.VECTORS) {
            return;
        }
        found.put("scale", Settings.text(input || target || !config.form().inputScales().means().isEmpty() ? DataForm.Scale.STANDARD : DataForm.Scale.NONE));
        if (input || target) {
            Channels inputs = new Channels();
            Channels targets = new Channels();
            creation.apply(config).training().forEach(sequence -> see(config.form().coding(), sequence, inputs, targets));
            if (input) {
                found.put("input_means", inputs.scaling().means());
                found.put("input_deviations", inputs.scaling().deviations());
            }
            if (target) {
                found.put("target_means", targets.scaling().means());
                found.put("target_deviations", targets.scaling().deviations());
            }
        }
        settings = settings.with(ConfigTree.of(Map.of("task", found), name));
    }

    private static boolean scales(DataConfig config, SequenceForm form, Channels channels) {
        return form == SequenceForm.VECTORS && switch (config.form().scale()) {
            case NONE -> false;
            case STANDARD -> true;
            case AUTO -> channels.farFromOne();
        };
    }

    private static void see(SequenceCoding coding, SequenceData sequence, Channels inputs, Channels targets) {
        if (coding.input() instanceof Coding.Vectors vectors) {
            int asked = coding.asked(sequence);
            for (int t = 0; t < asked; t++) {
                inputs.see(sequence.input(), t * coding.inputs(), vectors.width());
            }
        }
        if (coding.target() instanceof Coding.Vectors vectors) {
            float[] mask = sequence.mask();
            float[] wanted = Objects.requireNonNull(sequence.target());
            for (int t = 0; t < sequence.steps(); t++) {
                boolean end = coding.end() >= 0 && wanted[t * coding.outputs() + coding.end()] == 1;
                if (!end && (mask == null || mask[t] > 0)) {
                    targets.see(wanted, t * coding.outputs(), vectors.width());
                }
            }
        }
    }

    private void read(Path path, String prefix, SequencedMap<String, Object> found) {
        Path file = path.toAbsolutePath().normalize();
        RereadableFile.require(path);
        long lines = 0;
        try (SequenceReader reader = SequenceReader.open(path, format())) {
            for (SequenceLine line = reader.nextLine(); line != null; line = reader.nextLine()) {
                tally.see(line, path + ", " + reader.each() + " " + line.line());
                lines++;
            }
            found.put(prefix + "file", file.toString());
            found.put(prefix + "sha256", reader.sha256());
            if (prefix.isEmpty()) {
                found.putAll(reader.found());
                if (reader.fileFormat() == Reading.Format.CSV || reader.fileFormat() == Reading.Format.TSV) {
                    found.put("format", Settings.text(Reading.Format.CSV));
                }
                note = reader.note();
            }
        }
        if (lines == 0) {
            throw new UserException(path + ": expected sequences, found none");
        }
    }

    /** What the lines of the next file must be like: those of the one before. */
    private SequenceFormat format() {
        SideTally input = tally.input();
        SideTally target = tally.target();
        return new SequenceFormat(
                input.form() == null ? inputForm : input.form(),
                target.form() == null ? targetForm : target.form(),
                input.form() == SequenceForm.VECTORS ? input.width() : 0,
                target.form() == SequenceForm.VECTORS ? target.width() : 0,
                true,
                SequenceFormat.ANY.maxLineBytes(),
                SequenceFormat.ANY.maxSteps(),
                reading);
    }

    /** What is given, before it is known what goes with it: without settings that contradict others, depending on the sequences. */
    private static DataConfig alone(ConfigTree given) {
        ConfigTree symbols = ConfigTree.of(Map.of("task", Map.of("targets", Settings.text(Objective.SYMBOLS))), "defaults");
        return bound(given.without("task.answer_steps").without("task.target_means").without("task.target_deviations").with(symbols));
    }

    private static DataConfig bound(ConfigTree given) {
        return ConfigTree.of(Map.of("task", Settings.describe(DataConfig.DEFAULT)), "defaults")
                .overriddenBy(given.without("machine").without("training").without("preset").without("seed"))
                .bind(DataConfig.class, "task");
    }
}
