package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Associative recall as Csordas and Schmidhuber (2019) have it: {@code blocks} of random vectors of bits, a separator on a channel of its own
 * between them and a query marker on another after the last; one of them but the last again, and a query marker; then steps without input in
 * which the machine answers with the block that followed it. Outputs have the two channels, too, and nothing is ever wanted there.
 */
public final class RecallBlocksTask implements Task {
    private static final String BLOCKS = "blocks";
    /** A single block has no successor. */
    private static final int LEAST = 2;

    private static final int LIMIT = 10_000;

    private final RecallBlocksConfig config;

    /**
     * The task.
     *
     * @param config its settings
     */
    public RecallBlocksTask(RecallBlocksConfig config) {
        this.config = config;
    }

    @Override
    public int inputs() {
        return config.width() + 2;
    }

    @Override
    public int outputs() {
        return config.width() + 2;
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(new SizeRange(BLOCKS, LEAST, config.minBlocks(), config.maxBlocks(), LIMIT));
    }

    /** The largest size of training, and 1.5 and 2 times that: 16, 24 and 32 blocks by default. */
    @Override
    public List<Size> cases() {
        return IntStream.of(2, 3, 4)
                .map(halves -> Math.min(LIMIT, config.maxBlocks() * halves / 2))
                .distinct()
                .mapToObj(blocks -> Size.of(BLOCKS, blocks))
                .toList();
    }

    private int stride() {
        return config.blockLength() + 1;
    }

    @Override
    public int steps(Size size) {
        return (size.get(BLOCKS) + 1) * stride() + config.blockLength();
    }

    @Override
    public int kept(Size size) {
        return size.get(BLOCKS) * config.blockLength();
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int blocks = size.get(BLOCKS);
        into.clear(steps(size));
        int asked = random.nextInt(0, blocks - 2);
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < config.blockLength(); i++) {
                for (int bit = 0; bit < config.width(); bit++) {
                    float value = random.nextBoolean() ? 1 : 0;
                    into.input(block * stride() + i, bit, value);
                    if (block == asked) {
                        into.input(blocks * stride() + i, bit, value);
                    }
                }
            }
            boolean last = block == blocks - 1;
            into.input(block * stride() + config.blockLength(), config.width() + (last ? 1 : 0), 1);
        }
        into.input(blocks * stride() + config.blockLength(), config.width() + 1, 1);
        answer(asked, blocks, into);
    }

    /** The block behind the first one that is like the query. */
    @Override
    public boolean answer(Size size, Sequence sequence) {
        int blocks = size.get(BLOCKS);
        for (int block = 0; block < blocks - 1; block++) {
            if (isAsked(block, blocks, sequence)) {
                answer(block, blocks, sequence);
                return true;
            }
        }
        return false;
    }

    private boolean isAsked(int block, int blocks, Sequence sequence) {
        for (int i = 0; i < config.blockLength(); i++) {
            for (int bit = 0; bit < config.width(); bit++) {
                float value = sequence.input()[(block * stride() + i) * inputs() + bit];
                if (value != sequence.input()[(blocks * stride() + i) * inputs() + bit]) {
                    return false;
                }
            }
        }
        return true;
    }

    private void answer(int asked, int blocks, Sequence into) {
        int from = (asked + 1) * stride();
        int to = (blocks + 1) * stride();
        for (int i = 0; i < config.blockLength(); i++) {
            for (int bit = 0; bit < config.width(); bit++) {
                into.target(to + i, bit, into.input()[(from + i) * inputs() + bit]);
            }
        }
        config.counted().mark(into);
    }
}
