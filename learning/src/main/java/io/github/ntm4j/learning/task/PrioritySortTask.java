package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Priority sort (Graves et al. 2014, section 4.5): {@code items} random vectors of bits, each with a priority from -1 to 1 on a channel of its
 * own, then a delimiter on another; then silence in which the machine answers with the vectors of highest priority, the highest first. Whole
 * vectors are sorted.
 */
public final class PrioritySortTask implements Task {
    private static final String ITEMS = "items";
    private static final int LIMIT = 10_000;

    private final PrioritySortConfig config;

    /**
     * The task.
     *
     * @param config its settings
     */
    public PrioritySortTask(PrioritySortConfig config) {
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
        return List.of(new SizeRange(ITEMS, config.minItems(), config.maxItems(), LIMIT));
    }

    @Override
    public List<Size> cases() {
        return Stream.of(config.maxItems() / 2, config.maxItems(), Math.min(LIMIT, config.maxItems() * 3 / 2))
                .filter(items -> items >= 1)
                .distinct()
                .map(items -> Size.of(ITEMS, items))
                .toList();
    }

    private int answers(int items) {
        return (int) Math.max(1, Math.round(config.answerShare() * items));
    }

    @Override
    public int steps(Size size) {
        return size.get(ITEMS) + 1 + answers(size.get(ITEMS));
    }

    @Override
    public int kept(Size size) {
        return size.get(ITEMS);
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int items = size.get(ITEMS);
        into.clear(steps(size));
        for (int item = 0; item < items; item++) {
            for (int bit = 0; bit < config.width(); bit++) {
                into.input(item, bit, random.nextBoolean() ? 1 : 0);
            }
            into.input(item, config.width(), random.nextFloat(-1, 1));
        }
        into.input(items, config.width() + 1, 1);
        answer(size, into);
    }

    @Override
    public boolean answer(Size size, Sequence sequence) {
        int items = size.get(ITEMS);
        Comparator<Integer> byPriority = Comparator.comparingDouble(item -> -sequence.input()[item * inputs() + config.width()]);
        List<Integer> sorted = IntStream.range(0, items).boxed().sorted(byPriority).limit(answers(items)).toList();
        for (int place = 0; place < sorted.size(); place++) {
            int item = sorted.get(place);
            for (int bit = 0; bit < config.width(); bit++) {
                sequence.target(items + 1 + place, bit, sequence.input()[item * inputs() + bit]);
            }
        }
        return true;
    }
}
