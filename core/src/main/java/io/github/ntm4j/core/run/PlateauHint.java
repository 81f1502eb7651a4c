package io.github.ntm4j.core.run;

import io.github.ntm4j.core.data.SequenceCoding;
import io.github.ntm4j.core.machine.LstmConfig;
import io.github.ntm4j.core.machine.NtmConfig.ReadTendency;
import io.github.ntm4j.core.machine.NtmConfig.WriteTendency;
import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.memory.InitialMemory;
import io.github.ntm4j.core.memory.InitialWeighting;
import io.github.ntm4j.core.task.AssociativeRecallConfig;
import io.github.ntm4j.core.task.CopyConfig;
import io.github.ntm4j.core.task.DataConfig;
import io.github.ntm4j.core.task.DynamicNgramsConfig;
import io.github.ntm4j.core.task.PrioritySortConfig;
import io.github.ntm4j.core.task.RepeatCopyConfig;
import io.github.ntm4j.core.task.TaskConfig;
import io.github.ntm4j.core.training.TrainingConfig.Clipping;
import io.github.ntm4j.core.training.TrainingConfig.Rule;
import io.github.ntm4j.core.training.TrainingConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a training that stands still: whether that is usual, and which settings helped others that this one does not have. All
 * of it was measured (docs/reproduction.md, docs/results/copy-seeds.md), or is called a guess.
 */
public final class PlateauHint {
    private static final String RMSPROP = "training.optimiser=rmsprop";
    private static final String OPEN_GATE = "machine.gate_bias=0";
    private static final String CLIP_BY_NORM = "training.clip=norm";
    private static final String NOTHING = "nothing was measured";
    private static final String ANOTHER_SEED = "another --seed";

    private final String known;
    private final String otherwise;
    private final List<String> remedies = new ArrayList<>();

    private PlateauHint(String known, String otherwise) {
        this.known = known;
        this.otherwise = otherwise;
    }

    /**
     * The hint for a run.
     *
     * @param config its settings
     * @return one line
     */
    public static String of(RunConfig config) {
        TrainingConfig training = config.training();
        PlateauHint hint =
                switch (config.machine()) {
                    case LstmConfig _ -> withoutMemory(config.task());
                    case NtmConfig machine ->
                        switch (config.task()) {
                            case CopyConfig _ -> copy(machine, training);
                            case RepeatCopyConfig task -> repeatCopy(task, machine, training);
                            case AssociativeRecallConfig _ -> associativeRecall(machine, training);
                            case DynamicNgramsConfig _ -> dynamicNgrams(machine, training);
                            case PrioritySortConfig _ -> prioritySort(machine, training);
                            case DataConfig _ -> ownData(machine, training);
                            default -> new PlateauHint(NOTHING + " of this task here", "a guess: try " + ANOTHER_SEED);
                        };
                    default -> withoutMemory(config.task());
                };
        String layout = config.task() instanceof DataConfig data ? otherLayout(data.form().layout()) + "; " : "";
        return layout + hint.line(isOfDefaultSize(config.task()));
    }

    /** A file cannot show that its targets depend on later inputs; a plateau may. */
    private static String otherLayout(SequenceCoding.Layout layout) {
        return switch (layout) {
            case DURING -> "it answers during the input: if an answer depends on later inputs, start a new run with --set task.layout=after";
            case AFTER -> "it answers after the input: if there is a target for each input, and it depends on no later one, start a new run"
                    + " with --set task.layout=during";
        };
    }

    private static boolean isOfDefaultSize(TaskConfig task) {
        if (task instanceof DataConfig) {
            return true;
        }
        TaskConfig evaluated = task instanceof RepeatCopyConfig repeatCopy ? repeatCopy.exact() : task;
        return Catalogue.tasks().values().stream().anyMatch(entry -> entry.defaults().equals(evaluated));
    }

    private static PlateauHint withoutMemory(TaskConfig task) {
        return task instanceof AssociativeRecallConfig
                ? new PlateauHint(
                        "usual without a memory: 2 of 2 such runs on associative-recall were at 12.9 bits after 100,000 sequences",
                        "try --machine ntm-lstm")
                : new PlateauHint(NOTHING + " of this machine here", "a guess: try a memory, --machine ntm-lstm");
    }

    private static PlateauHint copy(NtmConfig machine, TrainingConfig training) {
        return new PlateauHint(
                        "unusual for copy: 10 of 10 runs with the default settings solved it within 15,000 sequences",
                        "a guess: try " + ANOTHER_SEED)
                .helped(
                        training.optimiser().rule() != Rule.RMSPROP,
                        RMSPROP + " with training.batch=4 (10,000 to 18,000 sequences, Adam 23,000 and more)")
                .helped(
                        machine.start().weighting() == InitialWeighting.LEARNED,
                        "machine.initial_weighting=first-row (better than learned ones)")
                .helped(machine.weights().gateBias() > -3, "machine.gate_bias=-3 (it keeps heads moving by location)");
    }

    private static PlateauHint repeatCopy(RepeatCopyConfig task, NtmConfig machine, TrainingConfig training) {
        return new PlateauHint(
                        "unusual for repeat-copy: 6 of 6 runs with the default settings were below 300 bits within 9,000 sequences, and solved"
                                + " it within 81,000",
                        "a guess: try " + ANOTHER_SEED)
                .helped(
                        machine.weights().writeTendency() == WriteTendency.NONE,
                        "machine.write_tendency=append with machine.add_activation=none (8 of 10 runs solved, without them 2 of 6)")
                .helped(
                        task.emptyShare() == 0,
                        "task.empty_share=0.05 (nearly all that is wrong at the end is wrong about an empty vector)")
                .helped(training.gradient().clip() != Clipping.NORM, CLIP_BY_NORM + " (one failure in a batch does not undo the rest)")
                .helped(machine.weights().gateBias() < -1, OPEN_GATE + " (5 of 5 runs with 0 or -1 left the first one within 30,000 sequences)")
                .helped(training.optimiser().rule() == Rule.ADAM, RMSPROP + " (Adam took 85,000 sequences and more)")
                .helped(training.course().batch() > 4, "training.batch=4 (RMSProp on batches of 8 was still there after 120,000 sequences)");
    }

    private static PlateauHint associativeRecall(NtmConfig machine, TrainingConfig training) {
        return new PlateauHint(
                        "usual for associative-recall: 8 of 8 runs with the default settings left theirs between 22,000 and 30,000"
                                + " sequences",
                        "if it lasts longer, try " + ANOTHER_SEED)
                .helped(
                        training.optimiser().rule() != Rule.ADAM,
                        "training.optimiser=adam with training.learning_rate=0.001 (RMSProp stayed for 80,000 sequences and more)")
                .helped(
                        training.optimiser().rule() == Rule.ADAM && training.optimiser().rate().learningRate() != 1e-3,
                        "training.learning_rate=0.001 (no other was measured with Adam)")
                .helped(training.course().batch() != 8, "training.batch=8 (of 16 it took 84,000 to 97,000 sequences, of 4 over 60,000)")
                .helped(machine.weights().gateBias() < 0, OPEN_GATE + " (what is found by content needs the gate open)")
                .helped(
                        machine.weights().writeTendency() == WriteTendency.APPEND,
                        "machine.write_tendency=none (with append it was at 17 bits after 32,000 sequences)")
                .helped(
                        machine.type() == NtmConfig.Type.NTM_LSTM && machine.weights().strengthBias() < 4,
                        "machine.strength_bias=4 (3 of 3 runs solved it where 2 did with 2, and 20 items cost them a third or less)")
                .helped(
                        machine.type() == NtmConfig.Type.NTM_FF && machine.weights().strengthBias() < 2,
                        "machine.strength_bias=2 (without it 1 of 10 runs of ntm-lstm did not solve it)")
                .helped(machine.memory().readHeads() < 4, "machine.read_heads=4 (43,000 sequences, with one head 53,000)");
    }

    private static PlateauHint dynamicNgrams(NtmConfig machine, TrainingConfig training) {
        return new PlateauHint(
                        "unusual for dynamic-ngrams: 8 of 8 runs with the default settings ended at most 0.8 bits above the optimum",
                        "a guess: try " + ANOTHER_SEED)
                .helped(
                        machine.start().memory() != InitialMemory.LEARNED,
                        "machine.initial_memory=learned with machine.initial_memory_value=0.5 (0.2 to 1 bit above the optimum, without it 1"
                                + " to 2)")
                .helped(
                        machine.memory().shiftRange() > 0,
                        "machine.shift_range=0 (2.2 bits above the optimum after 24,000 sequences where shifts had 16.8)")
                .helped(
                        machine.weights().gateBias() < 2 || machine.weights().strengthBias() < 2,
                        "machine.gate_bias=2 with machine.strength_bias=2 (0.25 bits above the optimum after 30,000 sequences, either alone 2.4"
                                + " and 5.2)")
                .helped(
                        machine.heads().parameterClip() == 0 || machine.heads().parameterClip() > 4,
                        "machine.parameter_clip=4 (2.1 bits above the optimum after 18,000 sequences of a seed whose gradients exploded without)")
                .helped(
                        machine.type() == NtmConfig.Type.NTM_LSTM && machine.weights().forgetBias() > 0,
                        "machine.forget_bias=0 (0.24 bits above the optimum after 30,000 sequences, with 1 it was 0.54)")
                .helped(training.gradient().clip() != Clipping.NORM, CLIP_BY_NORM + " (no collapses on the way)")
                .helped(training.optimiser().rule() == Rule.ADAM, RMSPROP + " (Adam ended at 3.6 bits above the optimum)")
                .helped(training.optimiser().rate().learningRate() > 4e-4, "training.learning_rate=0.0004 (0.001 was at 25 after 30,000 sequences)")
                .helped(training.course().batch() > 4, "training.batch=4 (of 8 it was at 5.5 after 32,000 sequences)");
    }

    private static PlateauHint prioritySort(NtmConfig machine, TrainingConfig training) {
        return new PlateauHint(
                        "usual for priority-sort: the last bits go slowly, and at a falling rate",
                        "a guess: try more training.sequences")
                .helped(
                        machine.weights().readTendency() == ReadTendency.NONE,
                        "machine.read_tendency=look-up (without it no run came below 90 bits)")
                .helped(machine.weights().writeTendency() == WriteTendency.NONE, "machine.write_tendency=append (the same)")
                .helped(machine.weights().strengthBias() < 4, "machine.strength_bias=4")
                .helped(training.optimiser().rule() != Rule.ADAM, "training.optimiser=adam with training.learning_rate=0.001")
                .helped(machine.type() == NtmConfig.Type.NTM_FF, "--machine ntm-lstm (8 bits where ntm-ff had 19)");
    }

    private static PlateauHint ownData(NtmConfig machine, TrainingConfig training) {
        return new PlateauHint(
                        "it learns no more of this data, which may be all that there is to learn",
                        "a guess: try more sequences, " + ANOTHER_SEED + ", or more machine.rows")
                .helped(training.optimiser().rule() == Rule.ADAM, RMSPROP + " with training.batch=4 (on words to reverse 0.03 errors, Adam 1.4)")
                .helped(machine.weights().gateBias() < 0, OPEN_GATE + " (on words to reverse no error, with -3 0.03)")
                .helped(training.gradient().clip() != Clipping.NORM, CLIP_BY_NORM + " (one failure in a batch does not undo the rest)");
    }

    /** A setting that helped others, if the run does not have it. */
    private PlateauHint helped(boolean isMissing, String remedy) {
        if (isMissing) {
            remedies.add(remedy);
        }
        return this;
    }

    private String line(boolean defaultSize) {
        return known + (defaultSize || known.startsWith(NOTHING) ? "" : " (of the default size)") + "; "
                + (remedies.isEmpty() ? otherwise : "what helped, for a new run: " + String.join(", ", remedies));
    }
}
