package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/**
 * Sequences of one length with random bits everywhere: nothing to learn, something to compute.
 *
 * @param inputs width of an input vector
 * @param outputs width of a target vector
 * @param length steps of every sequence
 */
record RandomBits(int inputs, int outputs, int length) implements Task {
    private static final String LENGTH = "length";

    @Override
    public List<SizeRange> sizes() {
        return List.of(new SizeRange(LENGTH, length, length, length));
    }

    @Override
    public int steps(Size size) {
        return size.get(LENGTH);
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        into.clear(steps(size));
        for (int t = 0; t < into.steps(); t++) {
            for (int j = 0; j < inputs; j++) {
                into.input(t, j, random.nextBoolean() ? 1 : 0);
            }
            for (int j = 0; j < outputs; j++) {
                into.target(t, j, random.nextBoolean() ? 1 : 0);
            }
        }
    }
}
