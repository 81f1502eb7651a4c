package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;

/** Sequences of tasks, and views of them. */
final class Samples {
    private Samples() {}

    static Sequence of(Task task, Size size, long index) {
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(size, Random64.of(1, "test", index), sequence);
        return sequence;
    }

    static float[] input(Sequence s, int step) {
        return Arrays.copyOfRange(s.input(), step * s.inputs(), (step + 1) * s.inputs());
    }

    static float[] target(Sequence s, int step) {
        return Arrays.copyOfRange(s.target(), step * s.outputs(), (step + 1) * s.outputs());
    }

    /** The steps that count. */
    static int[] counted(Sequence s) {
        return java.util.stream.IntStream.range(0, s.steps()).filter(step -> s.mask()[step] > 0).toArray();
    }
}
