package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import io.github.ntm4j.machines.data.SideTally;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What many sequences are like, as far as it can be counted one sequence after the other. */
final class DataTally {
    private static final double SUM_TOLERANCE = 1e-3;

    private final SideTally input = new SideTally();
    private final SideTally target = new SideTally();
    private final Lengths.Tally inputLengths = new Lengths.Tally();
    private final Lengths.Tally targetLengths = new Lengths.Tally();
    private final Channels inputChannels = new Channels();
    private final Channels targetChannels = new Channels();
    private final LayoutEvidence layout = new LayoutEvidence();
    private long sequences;
    private long counted;
    private @Nullable String notProbabilities;
    private @Nullable String notDistributions;

    /** Takes a sequence with a target into account; messages call its line, or what else it is. */
    void see(SequenceLine line, String name) {
        SequenceSide wanted = Objects.requireNonNull(line.target());
        float[] mask = line.mask();
        sequences++;
        input.see(line.input());
        target.see(wanted);
        inputLengths.see(line.input().steps());
        targetLengths.see(wanted.steps());
        layout.see(line);
        for (int t = 0; t < wanted.steps(); t++) {
            counted += counts(mask, t) ? 1 : 0;
        }
        if (line.input() instanceof SequenceSide.Vectors vectors) {
            inputChannels.see(vectors, null);
        }
        if (wanted instanceof SequenceSide.Vectors vectors) {
            targetChannels.see(vectors, mask);
            judge(vectors, mask, name + ": target step ");
        }
    }

    /** A mask of another length is refused when the sequences are read. */
    private static boolean counts(float @Nullable [] mask, int step) {
        return mask == null || step >= mask.length || mask[step] > 0;
    }

    /** Remembers the first place where targets are not probabilities, or not a distribution. */
    private void judge(SequenceSide.Vectors vectors, float @Nullable [] mask, String where) {
        for (int t = 0; t < vectors.steps(); t++) {
            if (!counts(mask, t)) {
                continue;
            }
            double sum = 0;
            for (int j = 0; j < vectors.width(); j++) {
                float value = vectors.values()[t * vectors.width() + j];
                sum += value;
                if (notProbabilities == null && (value < 0 || value > 1)) {
                    notProbabilities = where + (t + 1) + ": expected numbers from 0 to 1, found " + value;
                }
            }
            if (notDistributions == null && Math.abs(sum - 1) > SUM_TOLERANCE) {
                notDistributions = where + (t + 1) + ": expected the probabilities of symbols, with a sum of 1, found a sum of " + (float) sum;
            }
        }
    }

    /** What shows that targets are not what somebody says they are; null if nothing does. */
    @Nullable String contradiction(Objective targets) {
        if (targets == Objective.REALS || target.form() != SequenceForm.VECTORS) {
            return null;
        }
        return notProbabilities == null && targets == Objective.SYMBOLS ? notDistributions : notProbabilities;
    }

    /** What the targets are, unless somebody knows better. */
    Objective targets() {
        if (target.form() != SequenceForm.VECTORS) {
            return Objective.SYMBOLS;
        }
        return targetChannels.onlyBits() ? Objective.BITS : Objective.REALS;
    }

    SideTally input() {
        return input;
    }

    SideTally target() {
        return target;
    }

    Lengths inputLengths() {
        return inputLengths.lengths();
    }

    Lengths targetLengths() {
        return targetLengths.lengths();
    }

    Channels inputChannels() {
        return inputChannels;
    }

    Channels targetChannels() {
        return targetChannels;
    }

    LayoutEvidence layout() {
        return layout;
    }

    long sequences() {
        return sequences;
    }

    /** Steps of all inputs. */
    long inputSteps() {
        return inputLengths.steps();
    }

    /** Steps of all targets. */
    long targetSteps() {
        return targetLengths.steps();
    }

    /** Steps of targets that count. */
    long counted() {
        return counted;
    }
}
