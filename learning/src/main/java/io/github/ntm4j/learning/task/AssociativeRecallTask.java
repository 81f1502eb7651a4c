package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Associative recall (Graves et al. 2014, section 4.3): {@code items}, each a delimiter on a channel of its own and some random vectors of bits;
 * then one of them but the last again, between two query delimiters on another channel; then silence in which the machine answers with the item
 * that followed it.
 */
public final class AssociativeRecallTask implements Task {
    private static final String ITEMS = "items";
    /** A single item has no successor. */
    private static final int LEAST = 2;

    private static final int LIMIT = 10_000;
    /** The numbers of items of the paper's figure 11. */
    private static final int[] CASES = {6, 8, 10, 12, 15, 20};

    private final AssociativeRecallConfig config;

    /**
     * The task.
     *
     * @param config its settings
     */
    public AssociativeRecallTask(AssociativeRecallConfig config) {
        this.config = config;
    }

    @Override
    public int inputs() {
        return config.width() + 2;
    }

    @Override
    public int outputs() {
        return config.width();
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(new SizeRange(ITEMS, LEAST, config.minItems(), config.maxItems(), LIMIT));
    }

    @Override
    public List<Size> cases() {
        return IntStream.concat(
                        IntStream.of(config.maxItems()),
                        IntStream.of(CASES).filter(items -> items > config.maxItems()))
                .mapToObj(items -> Size.of(ITEMS, items))
                .toList();
    }

    @Override
    public int steps(Size size) {
        return (size.get(ITEMS) + 1) * (config.itemLength() + 1) + 1 + config.itemLength();
    }

    @Override
    public int kept(Size size) {
        return size.get(ITEMS) * config.itemLength();
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int items = size.get(ITEMS);
        int length = config.itemLength();
        int stride = length + 1;
        into.clear(steps(size));
        int query = random.nextInt(0, items - 2);
        int queryAt = items * stride;
        for (int item = 0; item < items; item++) {
            into.input(item * stride, config.width(), 1);
            for (int i = 0; i < length; i++) {
                for (int bit = 0; bit < config.width(); bit++) {
                    float value = random.nextBoolean() ? 1 : 0;
                    into.input(item * stride + 1 + i, bit, value);
                    if (item == query) {
                        into.input(queryAt + 1 + i, bit, value);
                    }
                }
            }
        }
        into.input(queryAt, config.width() + 1, 1);
        into.input(queryAt + stride, config.width() + 1, 1);
        answer(query, items, into);
    }

    /** The item behind the first one that is like the query. */
    @Override
    public boolean answer(Size size, Sequence sequence) {
        int items = size.get(ITEMS);
        for (int item = 0; item < items - 1; item++) {
            if (asked(item, items, sequence)) {
                answer(item, items, sequence);
                return true;
            }
        }
        return false;
    }

    private boolean asked(int item, int items, Sequence sequence) {
        int stride = config.itemLength() + 1;
        for (int i = 1; i < stride; i++) {
            for (int bit = 0; bit < config.width(); bit++) {
                float value = sequence.input()[(item * stride + i) * inputs() + bit];
                if (value != sequence.input()[(items * stride + i) * inputs() + bit]) {
                    return false;
                }
            }
        }
        return true;
    }

    private void answer(int query, int items, Sequence into) {
        int stride = config.itemLength() + 1;
        int from = (query + 1) * stride + 1;
        int to = (items + 1) * stride + 1;
        for (int i = 0; i < config.itemLength(); i++) {
            for (int bit = 0; bit < config.width(); bit++) {
                into.target(to + i, bit, into.input()[(from + i) * inputs() + bit]);
            }
        }
    }
}
