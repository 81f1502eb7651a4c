package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.RecordingSize;
import io.github.ntm4j.machines.episode.WorkingMemory;
import io.github.ntm4j.machines.machine.HeapRoom;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import java.util.List;

/** Memory that measuring a machine and an update made again take, found out before it is taken. */
public final class MeasuringMemory {
    /** Bytes that the score of a sequence and its place in the order take. */
    private static final int SCORE_BYTES = 96;

    private MeasuringMemory() {}

    /**
     * Sees to it that a machine can be measured.
     *
     * @param machine the machine
     * @param task where sequences come from
     * @param sizes their sizes
     * @param sequences how many of each
     * @param threads number of threads
     * @throws UserException if it needs more memory than there is
     */
    public static void requireEvaluation(Machine machine, Task task, List<Size> sizes, long sequences, int threads) {
        long count = 0;
        long steps = 0;
        for (Size wanted : sizes) {
            long available = Math.min(sequences, task.testSequences(wanted));
            count = Math.max(count, available);
            steps = available == 0 ? steps : Math.max(steps, task.steps(wanted));
        }
        RecordingSize size = WorkingMemory.size(machine, Evaluator.BATCH, steps);
        long drawn = Evaluator.BATCH * steps * (task.inputs() + task.outputs() + 1);
        long all = bytes(WorkingMemory.floats(size, machine, steps) + threads * (size.values(steps) + drawn)) + SCORE_BYTES * count;
        long largest = Math.max(size.largest(steps), steps * Math.max(task.inputs(), task.outputs()));
        HeapRoom.require(
                "measuring " + WorkingMemory.steps(steps) + " with " + threads + (threads == 1 ? " thread" : " threads"),
                all,
                bytes(largest),
                "take fewer --sequences, --threads or --rows, or a smaller size");
    }

    /**
     * Sees to it that an update can be made again.
     *
     * @param machine the machine
     * @param objective what it is trained for
     * @param config the settings of the training
     * @param steps of the longest sequence of the batch
     * @param threads number of threads
     * @throws UserException if it needs more memory than there is
     */
    public static void requireReplay(Machine machine, Objective objective, TrainingConfig config, int steps, int threads) {
        Shards shards = Shards.of(config.course().batch(), machine.parameters().size());
        RecordingSize size;
        try {
            size = machine.size(config.desk(objective, shards.size(), KernelProvider.PORTABLE), true);
            size.values(steps);
        } catch (ArithmeticException tooLarge) {
            throw new UserException("a single step of the machine is larger than java's largest array", tooLarge);
        }
        long recorded = config.course().segment() == 0 || !size.segmented() ? steps : Math.min(config.course().segment(), steps);
        long recording = size.values(recorded) + size.gradients(recorded);
        long states = recorded == steps ? 0 : (steps / recorded + 1) * size.state();
        long weights = (2L * WorkingMemory.COPIES + 2 * TrainingMemory.MOMENTS + shards.count()) * machine.parameters().size();
        HeapRoom.require(
                "an update on " + WorkingMemory.steps(steps),
                bytes(Math.min(threads, shards.count()) * (recording + states) + weights),
                bytes(size.largest(recorded)),
                "take fewer --threads");
    }

    private static long bytes(long floats) {
        return floats * Float.BYTES;
    }
}
