package io.github.ntm4j.cli.report;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.lab.picture.Caption;
import io.github.ntm4j.lab.picture.SequencePicture;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.WorkingMemory;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.model.Model;

/**
 * A machine at work on one sequence. The same seed gives the same sequence, whichever command asks.
 *
 * @param trace what it did
 * @param picture the same to look at
 * @param optimum the bits that the best predictor can expect to need on it; 0 where everything can be known
 */
public record MachineAtWork(Trace trace, SequencePicture picture, double optimum) {
    private static final String PURPOSE = "show";

    public static MachineAtWork on(Model model, Task task, String name, Size size, long seed, KernelProvider kernels) {
        WorkingMemory.requireDrawing(model.machine(), task.steps(size), true, 1);
        Sequence sequence = sequence(task, size, seed);
        Trace trace = new Tracer(model.machine(), model.objective(), kernels)
                .trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask());
        return new MachineAtWork(trace, SequencePicture.of(trace, caption(model, name, size)), task.optimum(sequence) / Math.log(2));
    }

    /** The sequence of a seed. */
    public static Sequence sequence(Task task, Size size, long seed) {
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(size, Random64.of(seed, PURPOSE, 0), sequence);
        return sequence;
    }

    /** The words of the picture of a model at a task of some name. */
    public static Caption caption(Model model, String name, Size size) {
        return Caption.of(name + ", " + words(size), machine(model.machineConfig()));
    }

    /** {@code length 20, repeats 5}. */
    static String words(Size size) {
        return size.toString().replace('=', ' ').replace(",", ", ");
    }

    private static String machine(MachineConfig machine) {
        return machine.name() + machine.memorySize().map(size -> ", memory " + size.rows() + " x " + size.width()).orElse("");
    }
}
