package io.github.ntm4j.cli.report;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MemorySize;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Whether a memory has the rows that sequences need, and heads that find their places among so many. */
public final class RowsNotice {
    /** Weightings that are blurred have less than this in their largest weight, on average over steps and heads. */
    private static final double BLURRED = 0.5;

    /** With the rows of training they have at least this many times as much. */
    private static final double CLEARER = 1.25;

    private static final String WEIGHTING = ".weighting";

    private RowsNotice() {}

    /** A line if sequences of some sizes have more vectors to keep than there are rows. */
    public static Optional<String> tooFew(Model model, Task task, List<Size> sizes) {
        if (model.machineConfig().memorySize().isEmpty()) {
            return Optional.empty();
        }
        int rows = rows(model.machineConfig());
        List<Size> beyond = sizes.stream().filter(size -> task.kept(size) > rows).toList();
        if (beyond.isEmpty()) {
            return Optional.empty();
        }
        int most = beyond.stream().mapToInt(task::kept).max().orElseThrow();
        return Optional.of(beyond.stream().map(Size::toString).collect(Collectors.joining(", "))
                + (beyond.size() == 1 ? " has " : " have up to ") + Figures.count(most, "vector") + " to keep, and the memory "
                + Figures.count(rows, "row") + ": a machine that keeps one in each row will be wrong; give it more with --rows "
                + Math.max(most + 1, Integer.highestOneBit(most) << 1));
    }

    /**
     * A line if the machine was given more rows than in training, and its heads blur over them as they did not before.
     *
     * @param model the machine with more rows
     * @param task where a sequence comes from
     * @param size its size
     */
    public static Optional<String> blurred(Model model, Task task, Size size, KernelProvider kernels) {
        RunConfig run = RunConfig.of(model);
        if (run == null || rows(model.machineConfig()) <= rows(run.machine())) {
            return Optional.empty();
        }
        int rows = rows(run.machine());
        double now = focus(model, task, size, kernels);
        if (now >= BLURRED) {
            return Optional.empty();
        }
        Size small = task.kept(size) > rows ? task.largest() : size;
        double before = focus(Model.load(model.file(), OptionalInt.empty()), task, small, kernels);
        return before < Math.max(BLURRED, CLEARER * now)
                ? Optional.empty()
                : Optional.of("with " + Figures.count(rows(model.machineConfig()), "row") + " the heads blur: their largest weight is "
                        + Figures.measured(now) + " on average at " + size + ", and " + Figures.measured(before) + " at " + small
                        + " with the " + Figures.count(rows) + " of training; take fewer --rows");
    }

    private static int rows(MachineConfig machine) {
        return machine.memorySize().map(MemorySize::rows).orElse(0);
    }

    /** The largest weight of the heads, on average over the steps of a sequence. */
    private static double focus(Model model, Task task, Size size, KernelProvider kernels) {
        Sequence sequence = MachineAtWork.sequence(task, size, 1);
        Session session = new Session(model.machine(), 1, kernels);
        List<Tensor> weightings =
                session.names().entrySet().stream().filter(named -> named.getKey().endsWith(WEIGHTING)).map(Map.Entry::getValue).toList();
        double sum = 0;
        for (int t = 0; t < sequence.steps(); t++) {
            session.step(sequence.input(), t * task.inputs(), task.inputs());
            for (Tensor weighting : weightings) {
                sum += largest(session.value(weighting, 0)[0]);
            }
        }
        return sum / Math.max(1, sequence.steps() * weightings.size());
    }

    private static float largest(float[] weighting) {
        float largest = 0;
        for (float weight : weighting) {
            largest = Math.max(largest, weight);
        }
        return largest;
    }
}
