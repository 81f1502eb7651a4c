package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copy (Graves et al. 2014, section 4.1): {@code length} random vectors of bits, a delimiter on a channel of its own, then {@code length}
 * steps without input in which the machine answers with the vectors.
 */
public final class CopyTask implements Task {
    private static final String LENGTH = "length";
    private static final int LIMIT = 1_000_000;

    private final CopyConfig config;

    /**
     * The task.
     *
     * @param config its settings
     */
    public CopyTask(CopyConfig config) {
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
        return List.of(new SizeRange(LENGTH, config.minLength(), config.maxLength(), LIMIT));
    }

    /** Half the largest size of training, the largest, and 2.5 and 6 times that: 10, 20, 50 and 120 by default. */
    @Override
    public List<Size> cases() {
        return Stream.of(0.5, 1.0, 2.5, 6.0)
                .map(factor -> Math.clamp(Math.round(config.maxLength() * factor), config.minLength(), LIMIT))
                .distinct()
                .map(length -> Size.of(LENGTH, length))
                .toList();
    }

    @Override
    public int steps(Size size) {
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
        for (int step = 0; step < length; step++) {
            for (int bit = 0; bit < config.width(); bit++) {
                float value = random.nextBoolean() ? 1 : 0;
                into.input(step, bit, value);
            }
        }
        into.input(length, config.width(), 1);
        answer(size, into);
    }

    @Override
    public boolean answer(Size size, Sequence sequence) {
        int length = size.get(LENGTH);
        for (int step = 0; step < length; step++) {
            for (int bit = 0; bit < config.width(); bit++) {
                sequence.target(length + 1 + step, bit, sequence.input()[step * inputs() + bit]);
            }
        }
        return true;
    }
}
