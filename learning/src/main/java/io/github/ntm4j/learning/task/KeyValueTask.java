package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/**
 * Values by their keys (Csordas and Schmidhuber 2019): {@code pairs} of a key and a value, vectors of bits that a step shows side by side, the
 * keys all different; a flag on a channel of its own; the keys in another order, each answered with its value in the same step; a flag.
 */
public final class KeyValueTask implements Task {
    private final KeyValueConfig config;
    private final Pairs pairs;

    /**
     * The task.
     *
     * @param config its settings
     */
    public KeyValueTask(KeyValueConfig config) {
        this.config = config;
        this.pairs = new Pairs(config.width());
    }

    @Override
    public int inputs() {
        return 2 * config.width() + 1;
    }

    @Override
    public int outputs() {
        return config.width();
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(pairs.range(config.minPairs(), config.maxPairs()));
    }

    /** The largest size of training, and 1.5 and 2 times that: 16, 24 and 32 pairs by default. */
    @Override
    public List<Size> cases() {
        return pairs.cases(config.maxPairs());
    }

    @Override
    public int steps(Size size) {
        return 2 * (size.get(Pairs.PAIRS) + 1);
    }

    @Override
    public int kept(Size size) {
        return size.get(Pairs.PAIRS);
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int count = size.get(Pairs.PAIRS);
        into.clear(steps(size));
        pairs.show(count, random, into);
        into.input(count, 2 * config.width(), 1);
        pairs.ask(true, count, count + 1, random, into);
        into.input(2 * count + 1, 2 * config.width(), 1);
        config.counted().mark(into);
    }

    /** The value of the first pair with the key; none where a key is asked for that was not shown. */
    @Override
    public boolean answer(Size size, Sequence sequence) {
        int count = size.get(Pairs.PAIRS);
        for (int step = count + 1; step <= 2 * count; step++) {
            int[] asked = pairs.asked(true, count, step, sequence);
            if (asked.length == 0) {
                return false;
            }
            pairs.answer(asked[0], true, step, sequence);
        }
        return true;
    }
}
