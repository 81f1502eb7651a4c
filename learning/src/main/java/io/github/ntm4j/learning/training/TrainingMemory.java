package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.RecordingSize;
import io.github.ntm4j.machines.machine.HeapRoom;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that the arrays of a training will take, known before it starts.
 *
 * @param steps steps of the longest training sequence
 * @param recordedSteps how many of them are recorded at a time
 * @param recordings bytes of the recorded steps, values and derivatives
 * @param states bytes of the states that are kept where segments begin
 * @param others bytes of everything else: weights and moments, now, of the last good state, and on their way to a checkpoint; derivatives,
 *     sequences, evaluation; and what java's own divisions of the heap and the program take
 * @param largestArray floats of the largest array
 */
public record TrainingMemory(
        int steps, int recordedSteps, long recordings, long states, long others, long largestArray) {
    /** What an optimiser keeps of each parameter, at most. */
    static final int MOMENTS = 3;

    /** Of a file that is made in one array, with room for its header. */
    private static final long LARGEST_FILE = 2047L << 20;

    /** A parameter of a machine takes this many: itself, turned for products, and its place in files. */
    private static final int MACHINE = 3;

    /** The place of a parameter in files takes as much as the parameter. */
    private static final int PLACES = 1;

    /**
     * Sizes up a training.
     *
     * @param machine the machine
     * @param task the task
     * @param config the settings
     * @param threads number of threads
     * @return the memory
     * @throws UserException if a single step is beyond the largest array
     */
    public static TrainingMemory of(Machine machine, Task task, TrainingConfig config, int threads) {
        return new Sizes(machine, task, config, threads).memory(config.course().segment());
    }

    /**
     * Bytes in all.
     *
     * @return the sum
     */
    public long bytes() {
        return recordings + states + others;
    }

    /**
     * Refuses a training that cannot fit.
     *
     * @param heap bytes that Java can have
     * @param machine the machine
     * @param task the task
     * @param config the settings
     * @param threads number of threads
     * @throws UserException if it needs more, or an array larger than Java has them; says what would help
     */
    public static void requireWithin(long heap, Machine machine, Task task, TrainingConfig config, int threads) {
        Sizes sizes = new Sizes(machine, task, config, threads);
        requireOneFile(machine, config);
        TrainingMemory memory = sizes.memory(config.course().segment());
        if (memory.fits(heap)) {
            return;
        }
        List<String> advice = new ArrayList<>();
        TrainingMemory least = sizes.segmented() ? sizes.memory(sizes.bestSegment()) : memory;
        if (least.fits(heap)) {
            advice.add("set training.segment=" + least.recordedSteps + ", which needs " + HeapRoom.mebibytes(least.bytes()));
        }
        if (memory.largestArray <= Tape.LARGEST_ARENA) {
            advice.add(HeapRoom.more(memory.bytes()));
        }
        advice.add("take a smaller training.batch, machine.rows or task size");
        throw new UserException("training on sequences of " + memory.steps + " steps needs " + HeapRoom.mebibytes(memory.bytes())
                + (memory.largestArray > Tape.LARGEST_ARENA ? " and arrays larger than java has them" : ", and java has "
                        + HeapRoom.mebibytes(heap)) + "; " + String.join(", or ", advice));
    }

    /** A checkpoint is made in one array. */
    private static void requireOneFile(Machine machine, TrainingConfig config) {
        long copies = config.rollbacks() > 0 ? 2 : 1;
        long moments = config.optimiser().rule() == TrainingConfig.Rule.ADAM ? MOMENTS - 1 : MOMENTS;
        long bytes = copies * (1 + moments) * machine.parameters().elements() * Float.BYTES;
        if (bytes > LARGEST_FILE) {
            throw new UserException("machine: a checkpoint of its " + machine.parameters().elements() + " parameters takes up to "
                    + HeapRoom.mebibytes(bytes) + ", and expected are at most 2047 MiB; take a smaller machine.controller_size"
                    + (copies > 1 ? ", or training.rollbacks=0" : ""));
        }
    }

    private boolean fits(long heap) {
        return bytes() <= heap && largestArray <= Tape.LARGEST_ARENA;
    }

    /** What the figures are made of. */
    private static final class Sizes {
        private final int steps;
        private final long others;
        private final List<RecordingSize> recordings = new ArrayList<>();
        private final int threads;

        Sizes(Machine machine, Task task, TrainingConfig config, int threads) {
            Arguments.given("machine", machine);
            Arguments.given("task", task);
            Arguments.given("config", config);
            Arguments.atLeast("threads", 1, threads);
            int batch = config.course().batch();
            Shards shards = Shards.of(batch, machine.parameters().size());
            this.steps = task.practice().steps(task.largest());
            this.threads = Math.min(threads, shards.count());
            RecordingSize evaluation;
            long longest = task.cases().stream().filter(at -> task.testSequences(at) > 0).mapToLong(task::steps).max().orElse(steps);
            try {
                Desk desk = config.desk(task.objective(), shards.size(), KernelProvider.PORTABLE);
                recordings.add(machine.size(desk, true));
                if (!shards.even()) {
                    recordings.add(machine.size(desk.of(shards.last()), true));
                }
                evaluation = machine.size(desk.of(Evaluator.BATCH), false);
            } catch (ArithmeticException tooLarge) {
                throw new UserException("a single step of the machine is larger than java's largest array; "
                        + "take a smaller training.batch, machine.rows or machine.width", tooLarge);
            }
            requireCountable(longest, evaluation);
            int copies = config.rollbacks() > 0 ? 2 : 1;
            long size = machine.parameters().size();
            long trained = copies * (1L + MOMENTS) * size;
            long shares = config.optimiser().weightDecay() > 0 ? size : 0;
            long weights = trained + shares + (shards.count() + PLACES) * size + machine.parameters().transposed().length;
            // Once as tensors and once as the bytes of the file.
            long checkpoint = 2 * trained;
            // What was learned is loaded and measured at the end, before the training gives its memory back.
            long measured = trained + MACHINE * size
                    + threads * (evaluation.values(longest) + Evaluator.BATCH * longest * (task.inputs() + task.outputs() + 1L));
            long sequences = (batch + (long) threads * Evaluator.BATCH) * steps * (task.inputs() + task.outputs() + 1L);
            this.others = weights + Math.max(checkpoint, measured) + sequences + threads * evaluation.values(steps);
        }

        /** Refuses sequences that are read as a whole and are too large for that; of others a step is counted already. */
        private void requireCountable(long longest, RecordingSize evaluation) {
            try {
                recordings.forEach(size -> size.values(steps));
                evaluation.values(longest);
            } catch (ArithmeticException tooLarge) {
                throw new UserException("sequences of " + Math.max(steps, longest) + " steps, which the machine reads as a whole, are larger "
                        + "than java's largest array; take a smaller training.batch or task size", tooLarge);
            }
        }

        TrainingMemory memory(int segment) {
            int recorded = segment == 0 || !segmented() ? steps : Math.min(segment, steps);
            long segments = (steps - 1L) / recorded + 1;
            long floats = 0;
            long states = 0;
            long largest = 0;
            for (RecordingSize size : recordings) {
                floats += size.values(recorded) + size.gradients(recorded);
                states += segments == 1 ? 0 : segments * size.state();
                largest = Math.max(largest, size.largest(recorded));
            }
            return new TrainingMemory(
                    steps,
                    recorded,
                    floats * threads * Float.BYTES,
                    states * threads * Float.BYTES,
                    HeapRoom.needed((floats + states) * threads * Float.BYTES + others * Float.BYTES, largest * Float.BYTES)
                            - (floats + states) * threads * Float.BYTES,
                    largest);
        }

        /** Whether sequences can be cut. */
        boolean segmented() {
            return recordings.getFirst().segmented();
        }

        /** The segment that needs the least memory: of s steps, {@code s step + steps / s state} floats. */
        int bestSegment() {
            RecordingSize size = recordings.getFirst();
            double ofStep = (size.values(steps) + size.gradients(steps) - size.values(0) - size.gradients(0)) / (double) steps;
            double ratio = size.state() / ofStep;
            return Math.clamp(Math.round(Math.sqrt(steps * ratio)), 1, steps);
        }
    }
}
