package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;
import java.util.List;

/**
 * Values by their keys, then keys by their values (Csordas and Schmidhuber 2019): {@code pairs} of a key and a value, vectors of bits that a step
 * shows side by side, the keys all different; a flag on a channel of its own; the keys in another order, each answered with its value in the same
 * step; a flag on a second channel; the values in a third order, where the keys were, each answered with its key; both flags. Several keys may
 * have the same value, and then no machine knows which of them is wanted: {@link #optimum} is what that costs.
 */
public final class KeyValueTwoWayTask implements Task {
    private final KeyValueTwoWayConfig config;
    private final Pairs pairs;

    /**
     * The task.
     *
     * @param config its settings
     */
    public KeyValueTwoWayTask(KeyValueTwoWayConfig config) {
        this.config = config;
        this.pairs = new Pairs(config.width());
    }

    @Override
    public int inputs() {
        return 2 * config.width() + 2;
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
        return 3 * (size.get(Pairs.PAIRS) + 1);
    }

    /** The step of the first value that is asked with. */
    private static int values(int count) {
        return 2 * (count + 1);
    }

    @Override
    public int kept(Size size) {
        return size.get(Pairs.PAIRS);
    }

    /** Where several keys have a value, the one that is wanted is a matter of chance. */
    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int count = size.get(Pairs.PAIRS);
        int flag = 2 * config.width();
        into.clear(steps(size));
        pairs.show(count, random, into);
        into.input(count, flag, 1);
        pairs.ask(true, count, count + 1, random, into);
        into.input(2 * count + 1, flag + 1, 1);
        pairs.ask(false, count, values(count), random, into);
        into.input(3 * count + 2, flag, 1);
        into.input(3 * count + 2, flag + 1, 1);
        config.counted().mark(into);
    }

    /**
     * The value of the first pair with the key; of several keys with a value that which is the target already, or the first. None where a key or a
     * value is asked for that was not shown.
     */
    @Override
    public boolean answer(Size size, Sequence sequence) {
        int count = size.get(Pairs.PAIRS);
        for (int i = 0; i < count; i++) {
            if (!answer(true, count, count + 1 + i, sequence) || !answer(false, count, values(count) + i, sequence)) {
                return false;
            }
        }
        return true;
    }

    private boolean answer(boolean withKeys, int count, int step, Sequence sequence) {
        int[] asked = pairs.asked(withKeys, count, step, sequence);
        if (asked.length == 0) {
            return false;
        }
        if (withKeys || Arrays.stream(asked).noneMatch(pair -> pairs.isAnswered(pair, false, step, sequence))) {
            pairs.answer(asked[0], withKeys, step, sequence);
        }
        return true;
    }

    /** The best that bits told one by one can do: where several keys have the value, each bit is as likely one as it is one in these keys. */
    @Override
    public double optimum(Sequence sequence) {
        int count = sequence.steps() / 3 - 1;
        double nats = 0;
        for (int step = values(count); step < values(count) + count; step++) {
            int[] asked = pairs.asked(false, count, step, sequence);
            for (int bit = 0; bit < config.width(); bit++) {
                float target = sequence.target()[step * outputs() + bit];
                int channel = bit;
                long same = Arrays.stream(asked).filter(pair -> Pairs.at(pair, channel, sequence) == target).count();
                nats -= StrictMath.log((double) same / asked.length);
            }
        }
        return nats;
    }
}
