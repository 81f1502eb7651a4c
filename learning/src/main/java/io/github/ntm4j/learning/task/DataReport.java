package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.SequenceCoding.Layout;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SideTally;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What was found out about sequences before a training on them.
 *
 * @param config all settings of the task
 * @param file how the file is written, and what its sequences are there; empty for JSON Lines and for sequences in memory
 * @param training how many sequences there are to train on
 * @param different how many of these are different
 * @param heldBack how many sequences are held back for evaluations
 * @param input what the inputs are
 * @param target what the targets are
 * @param inputLengths how long the inputs are
 * @param targetLengths how long the targets are
 * @param reason why answers come when they do
 * @param steps how many steps there are in all sequences
 * @param counted how many of them count
 * @param warnings what makes a training on them useless, or its result doubtful, a line each
 */
public record DataReport(
        DataConfig config,
        String file,
        int training,
        long different,
        int heldBack,
        String input,
        String target,
        Lengths inputLengths,
        Lengths targetLengths,
        String reason,
        long steps,
        long counted,
        List<String> warnings) {
    private static final int MOST_CHARACTERS = 40;

    static DataReport of(DataConfig config, String file, DataTask task, DataTally tally, String reason) {
        boolean after = config.form().layout() == Layout.AFTER;
        long ends = after ? (config.form().answerSteps() == 0 ? 1 : 0) * tally.sequences() : 0;
        long steps = tally.inputSteps() + (after ? tally.sequences() + tally.targetSteps() + ends : 0);
        return new DataReport(
                config,
                file,
                task.trainingSequences(),
                task.differentSequences(),
                task.heldBack(),
                side(config.form().input().form(), tally.input(), tally.inputChannels(), config.form().input().alphabet(), ""),
                side(config.form().target().form(), tally.target(), tally.targetChannels(), config.form().target().alphabet(), targets(config)),
                tally.inputLengths(),
                tally.targetLengths(),
                reason,
                steps,
                tally.counted() + ends,
                warnings(task, tally));
    }

    private static String targets(DataConfig config) {
        return switch (config.form().targets()) {
            case BITS -> "bits";
            case REALS -> "real numbers";
            case SYMBOLS -> "probabilities of symbols";
        };
    }

    private static String side(SequenceForm form, SideTally tally, Channels channels, String alphabet, String kind) {
        return switch (form) {
            case VECTORS -> "vectors of " + count(tally.width(), "number") + " from " + plain(channels.least()) + " to "
                    + plain(channels.most()) + (kind.isEmpty() ? "" : ", " + kind);
            case SYMBOLS -> "symbols, " + tally.different() + " in use" + (tally.different() == 0 ? "" : tally.hasGaps()
                    ? " of 0 to " + tally.largest() + ", numbered without gaps inside"
                    : ", 0 to " + tally.largest());
            case TEXT -> "text, " + count(tally.different(), "character") + " in use" + shown(alphabet);
            case WORDS -> "words, " + tally.different() + " in use";
        };
    }

    /** The shortest decimal that gives the same number. */
    private static String plain(float number) {
        return Settings.text(Double.parseDouble(Float.toString(number)));
    }

    private static String shown(String alphabet) {
        int characters = alphabet.codePointCount(0, alphabet.length());
        return characters == 0 || characters > MOST_CHARACTERS ? "" : ", " + UserException.quote(alphabet);
    }

    private static List<String> warnings(DataTask task, DataTally tally) {
        List<String> warnings = new ArrayList<>();
        if (task.equalTargets()) {
            warnings.add("all targets to train on are equal: there is nothing to learn, and no training on them is called solved");
        } else if (task.equalTestTargets()) {
            warnings.add("all targets held back are equal: whoever always says the same has them right, so no training is called solved; hold"
                    + " back others by task.validation_share, task.split_seed or task.validation_file");
        }
        if (task.countingNowhere() > 0) {
            warnings.add("no step counts in " + count(task.countingNowhere(), "sequence"));
        }
        long inVain = task.heldBackInVain();
        if (inVain > 0) {
            warnings.add(count(inVain, "sequence") + " of " + number(task.heldBack())
                    + " held back " + (inVain == 1 ? "is" : "are") + " trained on, too: evaluations do not show how it does on others");
        }
        constant(tally.inputChannels(), "input", warnings);
        if (!task.equalTargets()) {
            constant(tally.targetChannels(), "target", warnings);
        }
        return warnings;
    }

    private static void constant(Channels channels, String side, List<String> warnings) {
        if (channels.constant() > 0) {
            warnings.add(number(channels.constant()) + " of " + count(channels.width(), "number") + " in " + side + " vectors "
                    + (channels.constant() == 1 ? "is" : "are") + " the same at every step");
        }
    }

    /**
     * The report for people. Where a guess may be wrong, the line names the setting that says otherwise.
     *
     * @return a few lines
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!file.isEmpty()) {
            lines.add("file: " + file);
        }
        String distinct = different < training ? " (" + number(different) + " different)" : "";
        String from = config.source().validationFile().isEmpty()
                ? " (task.validation_share=" + Settings.text(config.source().validationShare()) + ", or task.validation_file)"
                : " in " + config.source().validationFile();
        lines.add("sequences: " + number(training) + " to train on" + distinct + ", " + number(heldBack) + " held back" + from);
        lines.add("input: " + input + "; " + inputLengths + otherForm("input", config.form().input().form()));
        lines.add("target: " + target + "; " + targetLengths + (config.form().target().form() == SequenceForm.VECTORS
                ? "; task.targets=" + Settings.text(config.form().targets()) + " (or " + others(config.form().targets()) + ")"
                : otherForm("target", config.form().target().form())));
        lines.add("answers " + (config.form().layout() == Layout.AFTER ? "after" : "during") + " the input, " + reason + "; task.layout="
                + Settings.text(config.form().layout()) + otherLayout());
        if (config.form().answerSteps() > 0) {
            lines.add("every answer has " + count(config.form().answerSteps(), "step") + " (task.answer_steps=" + config.form().answerSteps()
                    + "; 0 lets the machine say where it ends)");
        }
        lines.add(number(counted) + " of " + count(steps, "step") + " count");
        scale().ifPresent(lines::add);
        warnings.forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private static String otherForm(String side, SequenceForm form) {
        return form == SequenceForm.TEXT ? " (task." + side + "_form=words splits it into words)" : "";
    }

    private String others(Objective targets) {
        return switch (targets) {
            case BITS -> "reals, symbols";
            case REALS -> "bits or symbols where they are probabilities";
            case SYMBOLS -> "bits, reals";
        };
    }

    private String otherLayout() {
        boolean possible = config.form().layout() == Layout.DURING || inputLengths.equals(targetLengths);
        return possible ? " (or " + Settings.text(config.form().layout() == Layout.DURING ? Layout.AFTER : Layout.DURING) + ")" : "";
    }

    private Optional<String> scale() {
        boolean in = !config.form().inputScales().means().isEmpty();
        boolean out = !config.form().targetScales().means().isEmpty();
        if (!in && !out) {
            boolean numbers = config.form().input().form() == SequenceForm.VECTORS || config.form().targets() == Objective.REALS;
            return numbers ? Optional.of("numbers are taken as they are; task.scale=none (or standard)") : Optional.empty();
        }
        return Optional.of((in && out ? "inputs and targets are" : in ? "inputs are" : "targets are")
                + " scaled by mean and deviation of the training part" + (out ? ", and answers and errors scaled back" : "")
                + "; task.scale=standard (or none)");
    }

    /**
     * The report for programs.
     *
     * @return texts and numbers by their names
     */
    public SequencedMap<String, Object> toMap() {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("training_sequences", training);
        map.put("different_training_sequences", different);
        map.put("held_back_sequences", heldBack);
        map.put("input", side(config.form().input().form(), config.form().input().width(), inputLengths));
        map.put("target", side(config.form().target().form(), config.form().target().width(), targetLengths));
        map.put("targets", Settings.text(config.form().targets()));
        map.put("layout", Settings.text(config.form().layout()));
        map.put("layout_reason", reason);
        map.put("answer_steps", config.form().answerSteps());
        map.put("steps", steps);
        map.put("counted_steps", counted);
        map.put("scale", Settings.text(config.form().scale()));
        map.put("warnings", warnings);
        return map;
    }

    private static SequencedMap<String, Object> side(SequenceForm form, int width, Lengths lengths) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("form", Settings.text(form));
        map.put("width", width);
        map.put("least_steps", lengths.least());
        map.put("median_steps", lengths.median());
        map.put("most_steps", lengths.most());
        return map;
    }

    private static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
