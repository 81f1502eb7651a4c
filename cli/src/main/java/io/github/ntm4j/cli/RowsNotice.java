package io.github.ntm4j.cli;

import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.run.Model;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.trace.HeadTrace;
import io.github.ntm4j.core.trace.Trace;
import io.github.ntm4j.core.trace.Tracer;
import io.github.ntm4j.core.training.WorkingMemory;
import io.github.ntm4j.engine.kernel.KernelProvider;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Whether a memory has the rows that sequences need, and heads that find their places among so many. */
final class RowsNotice {
    /** Weightings that are blurred have less than this in their largest weight, on average over steps and heads. */
    private static final double BLURRED = 0.5;

    /** With the rows of training they have at least this many times as much. */
    private static final double CLEARER = 1.25;

    private RowsNotice() {}

    /** A line if sequences of some sizes have more vectors to keep than there are rows. */
    static Optional<String> tooFew(Model model, Task task, List<Size> sizes) {
        if (!(model.machineConfig() instanceof NtmConfig ntm)) {
            return Optional.empty();
        }
        List<Size> beyond = sizes.stream().filter(size -> task.kept(size) > ntm.rows()).toList();
        if (beyond.isEmpty()) {
            return Optional.empty();
        }
        int most = beyond.stream().mapToInt(task::kept).max().orElseThrow();
        return Optional.of(beyond.stream().map(Size::toString).collect(Collectors.joining(", "))
                + (beyond.size() == 1 ? " has " : " have up to ") + Figures.count(most, "vector") + " to keep, and the memory "
                + Figures.count(ntm.rows(), "row") + ": a machine that keeps one in each row will be wrong; give it more with --rows "
                + Math.max(most + 1, Integer.highestOneBit(most) << 1));
    }

    /**
     * A line if the machine was given more rows than in training, and its heads blur over them as they did not before.
     *
     * @param model the machine with more rows
     * @param task where a sequence comes from
     * @param size its size
     */
    static Optional<String> blurred(Model model, Task task, Size size, KernelProvider kernels) {
        if (!(model.machineConfig() instanceof NtmConfig ntm) || model.run() == null
                || !(model.run().machine() instanceof NtmConfig trained) || ntm.rows() <= trained.rows()) {
            return Optional.empty();
        }
        double now = focus(model, task, size, kernels);
        if (now >= BLURRED) {
            return Optional.empty();
        }
        Size small = task.kept(size) > trained.rows() ? task.largest() : size;
        double before = focus(Model.load(model.file(), OptionalInt.empty()), task, small, kernels);
        return before < CLEARER * now
                ? Optional.empty()
                : Optional.of("with " + Figures.count(ntm.rows(), "row") + " the heads blur: their largest weight is "
                        + Figures.measured(now) + " on average at " + size + ", and " + Figures.measured(before) + " at " + small
                        + " with the " + Figures.count(trained.rows()) + " of training; take fewer --rows");
    }

    /** The largest weight of the heads, on average over the steps of a sequence. */
    static double focus(Model model, Task task, Size size, KernelProvider kernels) {
        WorkingMemory.requireTrace(model.machine(), task.steps(size), false, 1);
        Sequence sequence = MachineAtWork.sequence(task, size, 1);
        return focus(new Tracer(model.machine(), model.objective(), kernels)
                .trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask(), List.of(), false));
    }

    private static double focus(Trace trace) {
        double sum = 0;
        int weightings = 0;
        for (HeadTrace head : trace.heads()) {
            for (float[] weighting : head.weighting()) {
                float largest = 0;
                for (float weight : weighting) {
                    largest = Math.max(largest, weight);
                }
                sum += largest;
                weightings++;
            }
        }
        return weightings == 0 ? 1 : sum / weightings;
    }
}
