package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/**
 * Copy with reallocation (Graves et al. 2016, extended data figure 1): so many {@code instances} of copy one after the other, each {@code length}
 * random vectors of bits, a delimiter on a channel of its own, then {@code length} steps without input in which the machine answers with the
 * vectors. A memory with fewer rows than there are vectors in all has to use rows again whose vectors have been told.
 */
public final class CopyReallocationTask implements Task {
    private static final String INSTANCES = "instances";
    private static final String LENGTH = "length";
    private static final int LIMIT = 1000;

    private final CopyReallocationConfig config;

    /**
     * The task.
     *
     * @param config its settings
     */
    public CopyReallocationTask(CopyReallocationConfig config) {
        this.config = config;
    }

    @Override
    public int inputs() {
        return config.width() + 1;
    }

    @Override
    public int outputs() {
        return config.width();
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(
                new SizeRange(INSTANCES, config.minInstances(), config.maxInstances(), LIMIT),
                new SizeRange(LENGTH, config.minLength(), config.maxLength(), LIMIT));
    }

    /** The largest size of training, and twice and four times as many instances. */
    @Override
    public List<Size> cases() {
        int instances = config.maxInstances();
        return List.of(instances, Math.min(LIMIT, 2 * instances), Math.min(LIMIT, 4 * instances)).stream()
                .distinct()
                .map(many -> Size.of(INSTANCES, many).with(LENGTH, config.maxLength()))
                .toList();
    }

    @Override
    public int steps(Size size) {
        return size.get(INSTANCES) * stride(size);
    }

    private static int stride(Size size) {
        return 2 * size.get(LENGTH) + 1;
    }

    @Override
    public int kept(Size size) {
        return size.get(LENGTH);
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int length = size.get(LENGTH);
        into.clear(steps(size));
        for (int begin = 0; begin < into.steps(); begin += stride(size)) {
            for (int step = begin; step < begin + length; step++) {
                for (int bit = 0; bit < config.width(); bit++) {
                    into.input(step, bit, random.nextBoolean() ? 1 : 0);
                }
            }
            into.input(begin + length, config.width(), 1);
        }
        answer(size, into);
    }

    @Override
    public boolean answer(Size size, Sequence sequence) {
        int length = size.get(LENGTH);
        for (int begin = 0; begin < sequence.steps(); begin += stride(size)) {
            for (int step = begin; step < begin + length; step++) {
                for (int bit = 0; bit < config.width(); bit++) {
                    sequence.target(step + length + 1, bit, sequence.input()[step * inputs() + bit]);
                }
            }
        }
        return true;
    }
}
