package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keys and values of bits as they stand in a sequence: a step for each pair, with the key on the first {@code width} channels and the value on
 * the next, a flag, and then steps that ask with a key or a value on the first channels.
 */
final class Pairs {
    static final String PAIRS = "pairs";

    private final int width;

    Pairs(int width) {
        this.width = width;
    }

    /** Refuses numbers of pairs for which there are no different keys. */
    static void check(int minPairs, int maxPairs, int width) {
        if (minPairs > maxPairs) {
            throw new UserException("task.min_pairs: expected at most task.max_pairs " + maxPairs + ", got " + minPairs);
        }
        if (width >= 1 && width < Integer.SIZE - 1 && maxPairs > 1 << width) {
            throw new UserException("task.max_pairs: expected at most " + (1 << width) + ", as no more keys of task.width " + width
                    + " are different, got " + maxPairs);
        }
    }

    /** How many pairs there may be. */
    SizeRange range(int minPairs, int maxPairs) {
        return new SizeRange(PAIRS, minPairs, maxPairs, 1 << width);
    }

    /** The largest size of training, and 1.5 and 2 times that, as far as there are keys. */
    List<Size> cases(int maxPairs) {
        return IntStream.of(2, 3, 4)
                .map(halves -> Math.min(1 << width, maxPairs * halves / 2))
                .distinct()
                .mapToObj(pairs -> Size.of(PAIRS, pairs))
                .toList();
    }

    /** Draws keys that differ and any values, and shows them in the first steps. */
    void show(int pairs, Random64 random, Sequence into) {
        BitSet known = new BitSet(1 << width);
        for (int step = 0; step < pairs; step++) {
            int key = random.nextInt(0, (1 << width) - 1);
            while (known.get(key)) {
                key = random.nextInt(0, (1 << width) - 1);
            }
            known.set(key);
            write(key, step, 0, into);
            write(random.nextInt(0, (1 << width) - 1), step, width, into);
        }
    }

    private void write(int bits, int step, int channel, Sequence into) {
        for (int bit = 0; bit < width; bit++) {
            into.input(step, channel + bit, (bits >> bit) & 1);
        }
    }

    /** Asks with the key or the value of each pair once, in an order of its own, from a step on, and sets the other as the target. */
    void ask(boolean withKeys, int pairs, int from, Random64 random, Sequence into) {
        int[] order = new int[pairs];
        for (int i = 0; i < pairs; i++) {
            int other = random.nextInt(0, i);
            order[i] = order[other];
            order[other] = i;
        }
        for (int i = 0; i < pairs; i++) {
            for (int bit = 0; bit < width; bit++) {
                into.input(from + i, bit, at(order[i], (withKeys ? 0 : width) + bit, into));
            }
            answer(order[i], withKeys, from + i, into);
        }
    }

    /** Sets the target of a step that asks. */
    void answer(int pair, boolean withKeys, int step, Sequence into) {
        for (int bit = 0; bit < width; bit++) {
            into.target(step, bit, at(pair, (withKeys ? width : 0) + bit, into));
        }
    }

    /** The pairs whose key or value is asked with at a step. */
    int[] asked(boolean withKeys, int pairs, int step, Sequence sequence) {
        int from = withKeys ? 0 : width;
        return IntStream.range(0, pairs)
                .filter(pair -> IntStream.range(0, width).allMatch(bit -> at(pair, from + bit, sequence) == at(step, bit, sequence)))
                .toArray();
    }

    /** Whether the target of a step is the answer of a pair. */
    boolean isAnswered(int pair, boolean withKeys, int step, Sequence sequence) {
        int from = withKeys ? width : 0;
        return IntStream.range(0, width)
                .allMatch(bit -> at(pair, from + bit, sequence) == sequence.target()[step * sequence.outputs() + bit]);
    }

    static float at(int step, int channel, Sequence sequence) {
        return sequence.input()[step * sequence.inputs() + channel];
    }
}
