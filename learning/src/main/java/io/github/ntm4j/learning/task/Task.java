package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.Nearest;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Objective;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A source of sequences to learn from. A task of one's own implements the five methods without a default; its targets are then bits that
 * the machine predicts by independent probabilities. Its methods may be called by several threads at a time.
 */
public interface Task {
    /**
     * Width of an input vector.
     *
     * @return floats
     */
    int inputs();

    /**
     * Width of a target vector.
     *
     * @return floats
     */
    int outputs();

    /**
     * What a size consists of, and from where training draws it.
     *
     * @return the parameters, at least one
     */
    List<SizeRange> sizes();

    /**
     * Number of steps that a sequence has.
     *
     * @param size a size with all parameters
     * @return the steps
     */
    int steps(Size size);

    /**
     * Fills a sequence with a random instance.
     *
     * @param size a size with all parameters
     * @param random where it comes from
     * @param into the sequence to fill
     */
    void generate(Size size, Random64 random, Sequence into);

    /**
     * What the targets are.
     *
     * @return bits, unless the task says otherwise
     */
    default Objective objective() {
        return Objective.BITS;
    }

    /**
     * The task as training practises it. Its sequences may go on where those of this task end, so that the machine learns what to do there;
     * sizes, inputs and outputs are the same. Evaluations draw from this task.
     *
     * @return this task, unless training asks for more than it does
     */
    default Task practice() {
        return this;
    }

    /**
     * Fills a batch of training. Everything random comes from the seed and the number of the sequence, so that a training can go on anywhere.
     *
     * @param batch the sequences to fill, of one length or of several
     * @param seed the run's seed
     * @param first sequences that training has seen before this batch
     * @param reach how far the sizes reach by now, from 0 for the least only to 1 for all
     * @param random to be started anew for whatever is drawn
     */
    default void fill(Sequence[] batch, long seed, long first, double reach, Random64 random) {
        random.restart(seed, "size", first / batch.length);
        Size size = draw(random, reach);
        for (int i = 0; i < batch.length; i++) {
            random.restart(seed, "sequence", first + i);
            generate(size, random, batch[i]);
        }
    }

    /**
     * Fills a sequence that training never sees.
     *
     * @param size its size
     * @param seed the seed of the test sequences
     * @param purpose names the stream of test sequences
     * @param index number of the sequence in the stream
     * @param random to be started anew for whatever is drawn
     * @param into the sequence to fill
     */
    default void test(Size size, long seed, String purpose, long index, Random64 random, Sequence into) {
        random.restart(seed, purpose, index);
        generate(size, random, into);
    }

    /**
     * How many different test sequences there are of a size.
     *
     * @param size the size
     * @return {@link Long#MAX_VALUE} where each is drawn anew
     */
    default long testSequences(Size size) {
        return Long.MAX_VALUE;
    }

    /**
     * How many steps a test sequence has.
     *
     * @param size its size
     * @param index number of the sequence in the stream
     * @return the steps
     */
    default int testSteps(Size size, long index) {
        return steps(size);
    }

    /**
     * The size of the sequences on which a training is evaluated.
     *
     * @return the largest of training
     */
    default Size evaluated() {
        return largest();
    }

    /**
     * Whether a machine can have all targets right; where it cannot, its errors say little, and the best machine is the one of least cost. A
     * task with an {@link #optimum} above 0 is never certain.
     *
     * @return false where the targets may not follow from the inputs
     */
    default boolean certain() {
        return true;
    }

    /**
     * The sizes that show how well a machine does: the largest of training, and others beyond it.
     *
     * @return at least one size
     */
    default List<Size> cases() {
        return List.of(largest());
    }

    /**
     * Sets the targets that follow from a sequence's inputs, for a sequence of this task whose inputs somebody has changed.
     *
     * @param size its size
     * @param sequence the sequence
     * @return whether there is a right answer to these inputs, and the task knows it; the targets mean nothing otherwise
     */
    default boolean answer(Size size, Sequence sequence) {
        return false;
    }

    /**
     * The least cross-entropy that any machine can expect to reach on a sequence, if its targets don't follow from its inputs.
     *
     * @param sequence a sequence of this task
     * @return nats, 0 where the targets follow from the inputs
     */
    default double optimum(Sequence sequence) {
        return 0;
    }

    /**
     * Gives a scaled target, or a machine's answer, the unit in which its errors are told. Training sees scaled targets.
     *
     * @param values holds it, and receives it
     * @param at offset of its first channel
     */
    default void unscale(float[] values, int at) {}

    /**
     * Whether a machine that has all targets right has learned anything. Where all targets are the same, no training is ever solved.
     *
     * @return false where there is nothing to learn
     */
    default boolean solvable() {
        return true;
    }

    /**
     * How many vectors a machine has to keep at a time to answer a sequence.
     *
     * @param size its size
     * @return the vectors, 0 where that is not known
     */
    default int kept(Size size) {
        return 0;
    }

    /**
     * Draws a size for training.
     *
     * @param random where it comes from
     * @param reach how far the ranges reach by now, from 0 for the least sizes only to 1 for all
     * @return each parameter uniformly from its range
     */
    default Size draw(Random64 random, double reach) {
        SequencedMap<String, Integer> values = new LinkedHashMap<>();
        for (SizeRange range : sizes()) {
            int most = range.min() + (int) Math.ceil(reach * (range.max() - range.min()));
            values.put(range.name(), random.nextInt(range.min(), Math.min(most, range.max())));
        }
        return new Size(values);
    }

    /**
     * The largest size of training: all parameters at their greatest.
     *
     * @return the size
     */
    default Size largest() {
        SequencedMap<String, Integer> values = new LinkedHashMap<>();
        for (SizeRange range : sizes()) {
            values.put(range.name(), range.max());
        }
        return new Size(values);
    }

    /**
     * A size from what a user typed, {@code length=20,repeats=5}; what is not named is as large as in training.
     *
     * @param text names and values
     * @return the size
     * @throws UserException if a name is unknown or a value makes no sense
     */
    default Size parse(String text) {
        SequencedMap<String, Integer> values = new LinkedHashMap<>(largest().values());
        Map<String, SizeRange> known = sizes().stream().collect(Collectors.toMap(SizeRange::name, range -> range));
        Set<String> given = new HashSet<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            SizeRange range = known.get(name);
            if (equals < 0 || range == null) {
                String expected = sizes().stream().map(r -> r.name() + "=N").collect(Collectors.joining(","));
                String hint = Nearest.suggestion(name, known.keySet());
                throw new UserException("size " + text + ": expected " + expected + ", got " + (part.isBlank() ? "nothing" : part.strip()) + hint);
            }
            if (!given.add(name)) {
                throw new UserException("size " + text + ": " + name + " is given twice");
            }
            String number = part.substring(equals + 1).strip();
            try {
                long value = Long.parseLong(number);
                if (value < range.least() || value > range.limit()) {
                    throw new UserException("size " + text + ": expected " + name + " from " + range.least() + " to " + range.limit() + ", got " + value);
                }
                values.put(name, (int) value);
            } catch (NumberFormatException notANumber) {
                throw new UserException(
                        "size " + text + ": expected a whole number for " + name + ", got " + (number.isEmpty() ? "nothing" : number));
            }
        }
        return new Size(values);
    }
}
