package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.Group;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.NoiseSource;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Objective;

/**
 * The settings of a training.
 *
 * @param course what it trains on, and for how long at most
 * @param optimiser what changes the parameters
 * @param gradient what the gradient is
 * @param evaluation how it is watched
 * @param stopping when the task is solved, and when the training ends
 * @param reportInterval sequences between reports
 * @param rollbacks how often a training that five updates in a row would have damaged goes back to its last good state, with half the rate
 * @param snapshots the most machines that the film of a run keeps; 0 for no film
 */
public record TrainingConfig(
        @Group Course course,
        @Group Optimiser optimiser,
        @Group Gradient gradient,
        @Group(prefix = "evaluation_") Evaluations evaluation,
        @Group Stopping stopping,
        @Setting(value = "sequences between reports", min = 1, max = 1e12) long reportInterval,
        @Setting(value = "times to go back to the last good weights at half the rate before giving up as diverged", min = 0, max = 1000)
                int rollbacks,
        @Setting(value = "machines on the way that a run keeps for its film at most, 0 for none", min = 0, max = 10000) int snapshots) {
    /**
     * What a training trains on, and for how long at most.
     *
     * @param batch sequences in an update, all of one size
     * @param segment steps that are recorded at a time: a longer sequence runs in segments, in less memory and more time; 0 for all its steps
     * @param sequences budget: the training ends after so many sequences at the latest
     * @param curriculum sequences over which the sizes grow from the least of training to the largest; 0 for all sizes at once
     * @param linkInterval how many steps lie between two temporal links that are kept, of a machine that has them: those between are computed
     *     again on the way back, in less memory; 1 for what is fastest: all, or of large links each fourth
     */
    public record Course(
            @Setting(value = "sequences in an update, all of one size", min = 1, max = 65536) int batch,
            @Setting(value = "steps recorded at a time, for long sequences in little memory; 0 for all", min = 0, max = 1e9) int segment,
            @Setting(value = "budget of training sequences", min = 1, max = 1e15) long sequences,
            @Setting(value = "sequences over which sizes grow from the least to the largest, 0 for all at once", min = 0, max = 1e15)
                    long curriculum,
            @Setting(value = "steps between temporal links that are kept, the others are computed again; 1 for what is fastest", min = 1, max = 1e6)
                    int linkInterval) {}

    /**
     * What changes the parameters.
     *
     * @param rule which rule
     * @param rate its step size
     * @param momentum how much of the last step stays (rmsprop)
     * @param decay how much of the running means of gradients and squares stays (rmsprop)
     * @param beta1 how much of the running mean stays (adam)
     * @param beta2 how much of the running square stays (adam)
     * @param epsilon small number in the denominator
     * @param weightDecay share of each weight that is added to its gradient after that was cut: an L2 penalty of the weights of linear maps; biases,
     *     scales and initial states have none. 0 for none
     */
    public record Optimiser(
            @Setting(value = "rule that changes the parameters", key = "optimiser") Rule rule,
            @Group Rate rate,
            @Setting(value = "rmsprop: how much of the last step stays", min = 0, max = 0.9999) double momentum,
            @Setting(value = "rmsprop: how much of the running means stays", min = 0, max = 0.999999) double decay,
            @Setting(value = "adam: how much of the running mean stays", min = 0, max = 0.999999) double beta1,
            @Setting(value = "adam: how much of the running square stays", min = 0, max = 0.999999) double beta2,
            @Setting(value = "small number in the denominator", min = 1e-12, max = 1) double epsilon,
            @Setting(value = "share of each weight, not of biases, that is added to its gradient after that was cut", min = 0, max = 1)
                    double weightDecay) {}

    /**
     * The step size.
     *
     * @param learningRate the first one
     * @param schedule how it changes over the budget
     * @param finalRate rate at the end of the budget, as a fraction of the first
     * @param solvedRate factor of the rate once the task is solved
     * @param warmup sequences over which the rate rises from zero
     */
    public record Rate(
            @Setting(value = "step size of the rule", min = 0, max = 10) double learningRate,
            @Setting("how the rate changes over the budget") Schedule schedule,
            @Setting(value = "rate at the end, as a fraction of the first", min = 0, max = 1) double finalRate,
            @Setting(value = "factor of the rate once the task is solved", min = 0, max = 1) double solvedRate,
            @Setting(value = "sequences over which the rate rises from zero", min = 0, max = 1e15) long warmup) {}

    /**
     * What the gradient is.
     *
     * @param clip how large ones are cut
     * @param clipLimit the largest element, or the largest norm
     * @param loss what it is taken of
     */
    public record Gradient(
            @Setting("how large gradients are cut") Clipping clip,
            @Setting(value = "largest gradient element or norm", min = 1e-9, max = 1e9) double clipLimit,
            @Setting("what the gradient is taken of") Loss loss) {}

    /**
     * How a training is watched.
     *
     * @param interval sequences between evaluations
     * @param sequences fresh sequences in an evaluation, all of the largest training size
     */
    public record Evaluations(
            @Setting(value = "sequences between evaluations", min = 1, max = 1e12) long interval,
            @Setting(value = "fresh sequences in an evaluation", min = 1, max = 1000000) int sequences) {}

    /**
     * When the task is solved, and when the training ends.
     *
     * @param solvedBits a solved task costs fewer bits per sequence, above the optimum, in two evaluations in a row
     * @param solvedErrors and has at most so many bit errors per sequence
     * @param stopWhenSolved whether to stop then
     * @param sequencesAfterSolved how many sequences later to stop
     * @param patience evaluations without a better one after which to stop; 0 for never
     */
    public record Stopping(
            @Setting(value = "bits per sequence above the optimum below which the task is solved", min = 0, max = 1e9) double solvedBits,
            @Setting(value = "bit errors per sequence up to which the task is solved", min = 0, max = 1e9) double solvedErrors,
            @Setting("whether to stop when the task is solved") boolean stopWhenSolved,
            @Setting(value = "sequences to go on for after the task is solved", min = 0, max = 1e15) long sequencesAfterSolved,
            @Setting(value = "evaluations without a better one before stopping, 0 for never", min = 0, max = 1e9) int patience) {}

    /** Rules that change the parameters. */
    public enum Rule {
        /** RMSProp in the form of Graves 2013. */
        RMSPROP,
        /** Adam. */
        ADAM
    }

    /** How the rate changes over the budget. */
    public enum Schedule {
        /** Not at all. */
        CONSTANT,
        /** On a straight line to the final rate. */
        LINEAR,
        /** On half a cosine to the final rate. */
        COSINE
    }

    /** How large gradients are cut. */
    public enum Clipping {
        /** Not at all. */
        NONE,
        /** Each element by itself, as in the paper. */
        ELEMENTWISE,
        /** All together, keeping the direction. */
        NORM
    }

    /** What the gradient is taken of. */
    public enum Loss {
        /** Nats of a whole sequence, averaged over the batch, as in the paper. */
        PER_SEQUENCE,
        /** Nats of a target bit, averaged over the batch: long sequences weigh no more than short ones. */
        PER_BIT
    }

    /** The project's own choice: the rule and the clipping of the paper, with a larger rate on small batches. */
    public static final TrainingConfig DEFAULT = new TrainingConfig(
            new Course(4, 0, 100_000, 0, 1),
            new Optimiser(Rule.RMSPROP, new Rate(4e-4, Schedule.CONSTANT, 0.1, 0.1, 0), 0.9, 0.95, 0.9, 0.999, 1e-4, 0),
            new Gradient(Clipping.ELEMENTWISE, 10, Loss.PER_SEQUENCE),
            new Evaluations(1000, 200),
            new Stopping(0.1, 0, true, 0, 0),
            100,
            3,
            32);

    /** Checks what no single setting can. */
    public TrainingConfig {
        if (optimiser.rate.learningRate <= 0) {
            throw new UserException("training.learning_rate: expected above 0, got " + optimiser.rate.learningRate);
        }
        if (stopping.sequencesAfterSolved > 0 && !stopping.stopWhenSolved) {
            throw new UserException("training.sequences_after_solved: expected 0 while training.stop_when_solved is false, got "
                    + stopping.sequencesAfterSolved);
        }
    }

    /**
     * How far the ranges of the sizes reach in an update.
     *
     * @param done sequences seen before it
     * @return from 0 for the least sizes only to 1 for all
     */
    public double reach(long done) {
        return done >= course.curriculum ? 1 : (double) done / course.curriculum;
    }

    /**
     * Whether an evaluation is one of those of which two in a row solve the task.
     *
     * @param evaluation how it went
     * @return true if it has few enough bit errors and few enough bits; never where there are only distances
     */
    boolean meetsCriterion(Evaluation evaluation) {
        return evaluation.objective().countsErrors()
                && evaluation.bitErrorsPerSequence() <= stopping.solvedErrors
                && evaluation.excessBits() < stopping.solvedBits;
    }

    /** What machines are told of the training. */
    Desk desk(Objective objective, int sequences, KernelProvider provider) {
        return new Desk(objective, sequences, course.segment, course.linkInterval, provider);
    }

    /** Where the random numbers of an update come from, with so many sequences seen before it. */
    static NoiseSource noise(long seed, long done) {
        return NoiseSource.of(seed, "sequence", done);
    }

    /** The factor of the derivatives of a batch. */
    double scale(Sequence[] batch, Objective objective) {
        return switch (gradient.loss) {
            case PER_SEQUENCE -> 1.0 / batch.length;
            case PER_BIT -> {
                double decisions = 0;
                for (Sequence sequence : batch) {
                    decisions += decisions(sequence, objective);
                }
                yield 1 / Math.max(1, decisions);
            }
        };
    }

    private static double decisions(Sequence sequence, Objective objective) {
        double steps = 0;
        for (int t = 0; t < sequence.steps(); t++) {
            steps += sequence.mask()[t];
        }
        return steps * objective.decisions(sequence.outputs());
    }

    /**
     * The learning rate of an update.
     *
     * @param done sequences seen before it
     * @param solved whether the task is solved
     * @return the rate
     */
    public double rate(long done, boolean solved) {
        Rate rate = optimiser.rate;
        double progress = Math.min(1, (double) done / course.sequences);
        double left =
                switch (rate.schedule) {
                    case CONSTANT -> 1;
                    case LINEAR -> 1 - progress * (1 - rate.finalRate);
                    case COSINE -> rate.finalRate + (1 - rate.finalRate) * (1 + StrictMath.cos(Math.PI * progress)) / 2;
                };
        double risen = done < rate.warmup ? (done + course.batch) / (double) (rate.warmup + course.batch) : 1;
        return rate.learningRate * left * risen * (solved ? rate.solvedRate : 1);
    }
}
