package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/**
 * Repeat copy (Graves et al. 2014, section 4.2): {@code length} random vectors of bits, then the number of {@code repeats} on a channel of its
 * own, brought to mean 0 and variance 1 over its training range; then silence in which the machine answers with the vectors so many times, and
 * with an end marker on an output of its own.
 */
public final class RepeatCopyTask implements Task {
    private static final String LENGTH = "length";
    private static final String REPEATS = "repeats";
    private static final int LIMIT = 1000;

    private final RepeatCopyConfig config;
    private final int overrun;
    private final double emptyShare;
    private final double mean;
    private final double deviation;

    /**
     * The task.
     *
     * @param config its settings
     */
    public RepeatCopyTask(RepeatCopyConfig config) {
        this(config, 0, 0);
    }

    private RepeatCopyTask(RepeatCopyConfig config, int overrun, double emptyShare) {
        this.config = config;
        this.overrun = overrun;
        this.emptyShare = emptyShare;
        int values = config.maxRepeats() - config.minRepeats() + 1;
        this.deviation = values == 1 ? 1 : Math.sqrt(((double) values * values - 1) / 12);
        // with a single value its place still has to be seen: it is 1
        this.mean = values == 1 ? config.minRepeats() - 1 : (config.minRepeats() + config.maxRepeats()) / 2.0;
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
                new SizeRange(LENGTH, config.minLength(), config.maxLength(), LIMIT),
                new SizeRange(REPEATS, config.minRepeats(), config.maxRepeats(), LIMIT));
    }

    /**
     * Sequences that go on for some copies after the end marker as if it had taken the place of the first vector of the next one: a machine
     * whose count is wrong then loses what the marker covers, and not its place. And more vectors that are all zero: in silence the input is
     * the same, and a machine that takes the one for the other loses its place as well.
     */
    @Override
    public Task practice() {
        return config.equals(config.exact())
                ? this
                : new RepeatCopyTask(config, config.overrun(), config.emptyShare());
    }

    /** The largest size of training, and twice the length or twice the repeats, as in the paper's figure 8. */
    @Override
    public List<Size> cases() {
        int length = config.maxLength();
        int repeats = config.maxRepeats();
        return List.of(
                size(length, repeats),
                size(Math.min(LIMIT, 2 * length), repeats),
                size(length, Math.min(LIMIT, 2 * repeats)));
    }

    private static Size size(int length, int repeats) {
        return Size.of(LENGTH, length).with(REPEATS, repeats);
    }

    @Override
    public int steps(Size size) {
        int marker = marker(size);
        return Math.max(marker, marker - 1 + overrun * size.get(LENGTH)) + 1;
    }

    /** The step of the end marker. */
    private static int marker(Size size) {
        return size.get(LENGTH) * (size.get(REPEATS) + 1) + 1;
    }

    @Override
    public int kept(Size size) {
        return size.get(LENGTH);
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int length = size.get(LENGTH);
        int repeats = size.get(REPEATS);
        into.clear(steps(size));
        for (int step = 0; step < length; step++) {
            boolean empty = emptyShare > 0 && random.nextDouble() < emptyShare;
            for (int bit = 0; bit < config.width(); bit++) {
                float value = random.nextBoolean() && !empty ? 1 : 0;
                into.input(step, bit, value);
            }
        }
        into.input(length, config.width(), (float) ((repeats - mean) / deviation));
        answer(size, into);
    }

    @Override
    public boolean answer(Size size, Sequence sequence) {
        int length = size.get(LENGTH);
        int copies = size.get(REPEATS) + overrun;
        int marker = marker(size);
        for (int step = 0; step < length; step++) {
            for (int bit = 0; bit < config.width(); bit++) {
                for (int copy = 0; copy < copies; copy++) {
                    int answer = length * (copy + 1) + 1 + step;
                    if (answer != marker) {
                        sequence.target(answer, bit, sequence.input()[step * inputs() + bit]);
                    }
                }
            }
        }
        sequence.target(marker, config.width(), 1);
        return true;
    }
}
