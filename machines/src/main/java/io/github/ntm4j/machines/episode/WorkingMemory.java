package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.HeapRoom;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;

/** Memory that a machine takes to answer and to be watched, found out before it is taken. */
public final class WorkingMemory {
    private static final String LESS = "take fewer --rows or a smaller size";

    /** Parameters lie in a buffer, turned for products, have a place for files, and are still there as they were read. */
    public static final int COPIES = 4;

    /** Bytes of the arrays that a step of a trace consists of, apart from their floats. */
    private static final int STEP_BYTES = 2048;

    /** Bytes of the pixels of a picture, and of its file. */
    private static final long PICTURE_BYTES = 32L << 20;

    /** Beside a trace there are what is found in it and what is drawn of it. */
    private static final int VIEWS = 2;

    /** A trace leaves out the memory of each step where all of them would be more floats. */
    private static final long MOST_MEMORY = 1L << 28;

    private WorkingMemory() {}

    /**
     * Sees to it that a machine can be run on streams, any number of steps.
     *
     * @param machine the machine
     * @param streams how many at a time
     * @throws UserException if it needs more memory than there is
     */
    public static void requireSession(Machine machine, int streams) {
        long floats = floats(size(StepMachine.required(machine, "a session"), streams, 1), machine, 1);
        HeapRoom.require("running " + of(machine), bytes(floats), bytes(floats), LESS);
    }

    /**
     * Sees to it that a machine can answer a sequence.
     *
     * @param machine the machine
     * @param steps of the sequence
     * @throws UserException if it needs more memory than there is
     */
    public static void requireAnswer(Machine machine, long steps) {
        RecordingSize size = size(machine, 1, steps);
        HeapRoom.require("answering " + steps(steps), bytes(floats(size, machine, steps)), bytes(size.largest(steps)), LESS);
    }

    /**
     * Sees to it that what a machine does can be kept, step by step.
     *
     * @param machine the machine
     * @param steps of a sequence
     * @param memory whether the memory is kept at each step, too
     * @param traces how many of them are kept
     * @throws UserException if it needs more memory than there is
     */
    public static void requireTrace(Machine machine, long steps, boolean memory, int traces) {
        requireTrace(machine, steps, memory, traces, 0);
    }

    /**
     * Sees to it that what a machine does can be kept, step by step, and drawn.
     *
     * @param machine the machine
     * @param steps of a sequence
     * @param memory whether the memory is kept at each step, too
     * @param traces how many of them are kept
     * @throws UserException if it needs more memory than there is
     */
    public static void requireDrawing(Machine machine, long steps, boolean memory, int traces) {
        requireTrace(machine, steps, memory, traces, PICTURE_BYTES);
    }

    private static void requireTrace(Machine machine, long steps, boolean memory, int traces, long besides) {
        RecordingSize size = size(machine, 1, steps);
        long step = size.segmented() ? size.values(1) - size.values(0) : 0; // of whole sequences only the answer is kept
        long ofStep = memory && steps * size.state() <= MOST_MEMORY ? step : Math.max(0, step - size.state());
        long kept = steps * (ofStep + machine.inputs() + 2L * machine.outputs() + 1);
        long all = bytes(floats(size, machine, steps) + (traces + VIEWS) * kept) + traces * steps * STEP_BYTES + besides;
        HeapRoom.require("keeping what is done in " + steps(steps), all, bytes(size.largest(steps)), LESS);
    }

    /**
     * How many floats a machine has and takes beside those of others.
     *
     * @param size of its recordings
     * @param machine the machine
     * @param steps of the longest sequence
     * @return values of the recording and copies of the parameters
     */
    public static long floats(RecordingSize size, Machine machine, long steps) {
        return size.values(steps) + COPIES * (long) machine.parameters().size();
    }

    private static long bytes(long floats) {
        return floats * Float.BYTES;
    }

    private static String of(Machine machine) {
        return "a machine of " + machine.parameters().elements() + " parameters";
    }

    /**
     * What recordings of a machine take that only answers.
     *
     * @param machine the machine
     * @param streams how many sequences at a time
     * @param steps of the longest sequence
     * @return size that is known to be possible for so many steps
     * @throws UserException if an array would be larger than there can be
     */
    public static RecordingSize size(Machine machine, int streams, long steps) {
        try {
            RecordingSize size = machine.size(new Desk(Objective.BITS, streams, KernelProvider.PORTABLE), false);
            size.values(steps);
            return size;
        } catch (ArithmeticException tooLarge) {
            throw refusal("more than java's largest array holds, and java has " + heap(), tooLarge);
        } catch (OutOfMemoryError tooLarge) {
            throw refusal("more than the " + heap() + " that java has", tooLarge);
        }
    }

    private static String heap() {
        return HeapRoom.mebibytes(Runtime.getRuntime().maxMemory());
    }

    private static UserException refusal(String needs, Throwable tooLarge) {
        return new UserException("a single step of the machine needs " + needs + "; "
                + HeapRoom.more(2 * Runtime.getRuntime().maxMemory()) + ", or " + LESS, tooLarge);
    }

    /**
     * Words for the length of sequences.
     *
     * @param steps how many
     * @return such as {@code sequences of 20 steps}
     */
    public static String steps(long steps) {
        return "sequences of " + steps + (steps == 1 ? " step" : " steps");
    }
}
