package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Repeat copy as Csordas and Schmidhuber (2019) have it: so many {@code instances} of copy one after the other, each with a length of its own,
 * from the least to the {@code longest} of its size. An instance is its random vectors of bits and an end marker on a channel of its own, then as
 * many steps without input in which the machine answers with the vectors and the end marker. By default every step counts: while it reads the
 * machine is to answer zero.
 */
public final class RepeatCopyBlocksTask implements Task {
    private static final String INSTANCES = "instances";
    private static final String LONGEST = "longest";
    private static final int LIMIT = 1000;

    private final RepeatCopyBlocksConfig config;

    /**
     * The task.
     *
     * @param config its settings
     */
    public RepeatCopyBlocksTask(RepeatCopyBlocksConfig config) {
        this.config = config;
    }

    @Override
    public int inputs() {
        return config.width() + 1;
    }

    @Override
    public int outputs() {
        return config.width() + 1;
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(
                new SizeRange(INSTANCES, config.minInstances(), config.maxInstances(), LIMIT),
                new SizeRange(LONGEST, config.minLength(), config.maxLength(), config.maxLength(), LIMIT));
    }

    /** The largest size of training, twice as many instances, and twice the length. */
    @Override
    public List<Size> cases() {
        int instances = config.maxInstances();
        int longest = config.maxLength();
        return Stream.of(
                        size(instances, longest),
                        size(Math.min(LIMIT, 2 * instances), longest),
                        size(instances, Math.min(LIMIT, 2 * longest)))
                .distinct()
                .toList();
    }

    private static Size size(int instances, int longest) {
        return Size.of(INSTANCES, instances).with(LONGEST, longest);
    }

    /** The steps of a sequence whose instances are all of the greatest length: no sequence of the size has more. */
    @Override
    public int steps(Size size) {
        return size.get(INSTANCES) * steps(size.get(LONGEST));
    }

    /** The steps of an instance. */
    private static int steps(int length) {
        return 2 * (length + 1);
    }

    @Override
    public int kept(Size size) {
        return size.get(LONGEST);
    }

    /** All sequences of a batch have the same lengths, so that none waits for a longer one. */
    @Override
    public void fill(Sequence[] batch, long seed, long first, double reach, Random64 random) {
        random.restart(seed, "size", first / batch.length);
        int[] lengths = lengths(draw(random, reach), random);
        for (int i = 0; i < batch.length; i++) {
            random.restart(seed, "sequence", first + i);
            generate(lengths, random, batch[i]);
        }
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        generate(lengths(size, random), random, into);
    }

    private int[] lengths(Size size, Random64 random) {
        int[] lengths = new int[size.get(INSTANCES)];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = random.nextInt(config.minLength(), size.get(LONGEST));
        }
        return lengths;
    }

    private void generate(int[] lengths, Random64 random, Sequence into) {
        int steps = 0;
        for (int length : lengths) {
            steps += steps(length);
        }
        into.clear(steps);
        int begin = 0;
        for (int length : lengths) {
            for (int step = begin; step < begin + length; step++) {
                for (int bit = 0; bit < config.width(); bit++) {
                    into.input(step, bit, random.nextBoolean() ? 1 : 0);
                }
            }
            into.input(begin + length, config.width(), 1);
            copy(begin, length, into);
            begin += steps(length);
        }
        config.counted().mark(into);
    }

    /** Sets the targets of an instance. */
    private void copy(int begin, int length, Sequence sequence) {
        for (int step = begin; step <= begin + length; step++) {
            for (int channel = 0; channel < outputs(); channel++) {
                sequence.target(step + length + 1, channel, sequence.input()[step * inputs() + channel]);
            }
        }
    }

    /** The lengths are found by the end markers; without as many as there are to be, where they leave room for the answers, there is no answer. */
    @Override
    public boolean answer(Size size, Sequence sequence) {
        Arrays.fill(sequence.target(), 0, sequence.steps() * outputs(), 0f);
        Arrays.fill(sequence.mask(), 0, sequence.steps(), 0f);
        int begin = 0;
        int instances = 0;
        while (begin < sequence.steps()) {
            int end = begin;
            while (end < sequence.steps() && sequence.input()[end * inputs() + config.width()] != 1) {
                end++;
            }
            int length = end - begin;
            if (length == 0 || begin + steps(length) > sequence.steps()) {
                return false;
            }
            copy(begin, length, sequence);
            begin += steps(length);
            instances++;
        }
        config.counted().mark(sequence);
        return instances == size.get(INSTANCES);
    }
}
