package io.github.ntm4j.learning.training;

import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Episode;
import io.github.ntm4j.machines.episode.NoiseSource;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Derivatives of a batch, shard by shard: the batch is cut into shards of a fixed size, each is run by whichever thread is free, and the
 * shards' derivatives are added in their order. So the sum has the same bits for any number of threads.
 */
final class Gradients {
    private final Workers workers;
    private final Shards cut;
    private final List<Lane> lanes = new ArrayList<>();
    private final float[][] shards;
    private final Chunks chunks;
    private final float[] squares;
    private final int steps;

    /** What one thread needs. */
    private record Lane(Episode whole, Episode rest) {}

    private final double[] losses;
    private final int[] errors;

    /**
     * Derivatives of batches.
     *
     * @param machine the machine
     * @param desk for the whole batch
     * @param largestSteps of the longest sequence
     * @param workers the threads
     */
    Gradients(Machine machine, Desk desk, int largestSteps, Workers workers) {
        int batch = desk.batch();
        this.workers = workers;
        this.chunks = new Chunks(machine.parameters().size(), workers, desk.provider());
        this.squares = new float[chunks.count()];
        this.steps = largestSteps;
        cut = Shards.of(batch, machine.parameters().size());
        shards = new float[cut.count()][machine.parameters().size()];
        losses = new double[batch];
        errors = new int[batch];
        for (int i = 0; i < Math.min(workers.count(), cut.count()); i++) {
            Episode last = machine.episode(desk.of(cut.last()));
            Episode whole = cut.even() ? last : machine.episode(desk.of(cut.size()));
            whole.extend(largestSteps);
            last.extend(largestSteps);
            lanes.add(new Lane(whole, last));
        }
    }

    /**
     * Runs a batch forwards and backwards.
     *
     * @param sequences the batch
     * @param noise where its random numbers come from
     * @param scale factor of the derivatives
     * @return the sum of the derivatives by the parameters; the buffer is used again by the next call
     */
    float[] of(Sequence[] sequences, NoiseSource noise, double scale) {
        for (Sequence sequence : sequences) {
            if (sequence.steps() > steps) {
                throw new IllegalStateException(
                        "a training sequence has " + sequence.steps() + " steps, the task's largest size has only " + steps);
            }
        }
        AtomicInteger next = new AtomicInteger();
        workers.run(lanes.size(), lane -> {
            for (int shard = next.getAndIncrement(); shard < shards.length; shard = next.getAndIncrement()) {
                Episode episode =
                        shard == shards.length - 1 ? lanes.get(lane).rest() : lanes.get(lane).whole();
                episode.run(sequences, cut.first(shard), noise, scale, shards[shard]);
                for (int b = 0; b < cut.sizeOf(shard); b++) {
                    losses[cut.first(shard) + b] = episode.loss(b);
                    errors[cut.first(shard) + b] = episode.errors(b);
                }
            }
        });
        float[] total = shards[0];
        chunks.run((chunk, from, to, kernels) -> {
            for (int shard = 1; shard < shards.length; shard++) {
                kernels.elements().add(shards[shard], from, to - from, total, from);
            }
            squares[chunk] = kernels.optimiser().sumOfSquares(total, from, to);
        });
        return total;
    }

    /** Loops over the sum, and over whatever is laid out like it. */
    Chunks chunks() {
        return chunks;
    }

    /** The norm of the last sum; not finite if one of its elements is not. */
    double norm() {
        double sum = 0;
        for (float s : squares) {
            sum += s;
        }
        return Math.sqrt(sum);
    }

    /** Loss of a sequence of the last batch. */
    double loss(int b) {
        return losses[b];
    }

    /** Loss of the last batch. */
    double loss() {
        double sum = 0;
        for (double n : losses) {
            sum += n;
        }
        return sum;
    }

    /** What the last batch had wrong. */
    long errors() {
        long sum = 0;
        for (int e : errors) {
            sum += e;
        }
        return sum;
    }
}
