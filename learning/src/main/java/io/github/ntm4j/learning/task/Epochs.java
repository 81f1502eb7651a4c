package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.data.Sequences;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The order in which training sees the sequences of a file: epoch after epoch, each in an order of its own. Stretches of {@value #BATCHES}
 * batches are sorted by length, so that the sequences of a batch are alike and little is run behind their ends, and the batches of a stretch
 * are shuffled again. Where a batch is found depends on the seed and on how many sequences came before it, on nothing else.
 */
final class Epochs {
    private static final int BATCHES = 64;

    private final Sequences file;
    private final int[] sequences;
    private int[] order;
    private long orderOf = -1;
    private int[] stretch = new int[0];
    private long stretchOf = -1;
    private long stretchSeed;

    /**
     * An order of sequences.
     *
     * @param file where they are
     * @param sequences their numbers there
     */
    Epochs(Sequences file, int[] sequences) {
        this.file = file;
        this.sequences = sequences;
        this.order = sequences;
    }

    int sequences() {
        return sequences.length;
    }

    /** Reads the batch that follows {@code first} sequences. */
    void fill(Sequence[] batch, long seed, long first, Random64 random) {
        int size = batch.length;
        long number = first / size;
        if (stretchOf != number / BATCHES || stretchSeed != seed || stretch.length != size * BATCHES) {
            prepare(seed, number / BATCHES, size, random);
        }
        int from = (int) (number % BATCHES) * size;
        for (int i = 0; i < size; i++) {
            DataTask.fill(batch[i], file.read(stretch[from + i]));
        }
    }

    private void prepare(long seed, long number, int size, Random64 random) {
        int length = Math.multiplyExact(size, BATCHES);
        if (stretchSeed != seed) {
            orderOf = -1;
        }
        int[] drawn = new int[length];
        for (int i = 0; i < length; i++) {
            drawn[i] = at(seed, number * length + i, random);
        }
        int[] byLength = Arrays.stream(drawn)
                .boxed()
                .sorted(Comparator.comparingInt(file::steps))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] batches = IntStream.range(0, BATCHES).toArray();
        random.restart(seed, "batches", number);
        shuffle(batches, random);
        stretch = new int[length];
        for (int b = 0; b < BATCHES; b++) {
            System.arraycopy(byLength, batches[b] * size, stretch, b * size, size);
        }
        stretchOf = number;
        stretchSeed = seed;
    }

    /** The sequence at a place in the epochs, one after the other. */
    private int at(long seed, long place, Random64 random) {
        long epoch = place / sequences.length;
        if (orderOf != epoch) {
            order = sequences.clone();
            random.restart(seed, "epoch", epoch);
            shuffle(order, random);
            orderOf = epoch;
        }
        return order[(int) (place % sequences.length)];
    }

    private static void shuffle(int[] values, Random64 random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(0, i);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
