package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Group;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Optional;

/**
 * The form of a user's own sequences: all that a machine that was trained on them has to know to answer others of the same form.
 *
 * @param reading how their files are read
 * @param input what inputs are made of
 * @param target what targets are made of
 * @param targets what the targets are
 * @param layout whether answers come during the input or after it
 * @param answerSteps how many steps every answer after its input has; 0 if the machine says when it ends
 * @param scale whether real numbers are scaled
 * @param inputScales how the channels of the input are scaled
 * @param targetScales how the channels of the target are scaled
 */
public record DataForm(
        @Group Reading reading,
        @Group(prefix = "input_", word = "input") Side input,
        @Group(prefix = "target_", word = "target") Side target,
        @Setting("what the targets are") Objective targets,
        @Setting("when the machine answers: during the input or after it") SequenceCoding.Layout layout,
        @Setting(value = "steps of every answer after its input; 0 if the machine says when it ends", min = 0, max = 1000000) int answerSteps,
        @Setting("whether the channels of real numbers are scaled by their mean and deviation") Scale scale,
        @Group(prefix = "input_", word = "input") Scales inputScales,
        @Group(prefix = "target_", word = "target") Scales targetScales) {
    /**
     * What the inputs, or the targets, are made of.
     *
     * @param form how they are written
     * @param width width of a vector, or number of symbols, words or characters
     * @param alphabet characters of texts
     * @param symbols the symbols in use, where there are gaps between them
     * @param words the words
     */
    public record Side(
            @Setting("how {}s are written") SequenceForm form,
            @Setting(value = "width of {} vectors, or number of {} symbols", min = 1, max = 65537) int width,
            @Setting("characters of {} texts") String alphabet,
            @Setting("{} symbols in use where there are gaps, in their order") String symbols,
            @Setting("words of {}s, in their order") String words) {
        private Coding coding() {
            return Coding.of(form, width, alphabet, symbols, words);
        }
    }

    /**
     * How channels of real numbers are scaled.
     *
     * @param means what is subtracted from each; empty for nothing
     * @param deviations what each is then divided by; empty for nothing
     */
    public record Scales(
            @Setting("means of the {}'s channels, found out by reading") String means,
            @Setting("deviations of the {}'s channels, found out by reading") String deviations) {
        private Coding applied(Coding coding, String side) {
            Optional<Scaling> scaling = Scaling.of(means, deviations, coding.width(), side);
            return coding instanceof Coding.Vectors vectors && scaling.isPresent() ? new Coding.Vectors(vectors.width(), scaling.get()) : coding;
        }
    }

    /** Whether real numbers are scaled. */
    public enum Scale {
        /** Where they are far from a mean of 0 and a deviation of 1. */
        AUTO,
        /** Never. */
        NONE,
        /** Always, by mean and deviation. */
        STANDARD
    }

    /** The name of the task that a user's own sequences are. */
    public static final String TASK = "data";

    /** The form before a file was read. */
    public static final DataForm DEFAULT = new DataForm(
            Reading.DEFAULT,
            new Side(SequenceForm.VECTORS, 1, "", "", ""),
            new Side(SequenceForm.VECTORS, 1, "", "", ""),
            Objective.BITS,
            SequenceCoding.Layout.DURING,
            0,
            Scale.AUTO,
            new Scales("", ""),
            new Scales("", ""));

    /** Checks what no single setting can. */
    public DataForm {
        if (target.form != SequenceForm.VECTORS && targets != Objective.SYMBOLS) {
            throw new UserException("task.targets: expected symbols for targets that are no vectors");
        }
        if (targets != Objective.REALS && !targetScales.means.isEmpty()) {
            throw new UserException("task.target_means: expected none where targets are no real numbers");
        }
        if (layout == SequenceCoding.Layout.DURING && answerSteps > 0) {
            throw new UserException("task.answer_steps: expected 0 for answers during the input, got " + answerSteps);
        }
    }

    /**
     * The form that the settings of a task say.
     *
     * @param task the settings, among others, with their keys from there on; what is missing is as before a file was read
     * @return the form
     * @throws UserException if a value is not what the setting may be
     */
    public static DataForm of(ConfigTree task) {
        ConfigTree all = ConfigTree.of(Settings.describe(DEFAULT), "defaults");
        return all.with(task.only(all.keys())).bind(DataForm.class, "");
    }

    /**
     * How the lines of a file become vectors.
     *
     * @return the coding
     */
    public SequenceCoding coding() {
        return new SequenceCoding(
                inputScales.applied(input.coding(), "input"), targetScales.applied(target.coding(), "target"), layout, answerSteps);
    }
}
