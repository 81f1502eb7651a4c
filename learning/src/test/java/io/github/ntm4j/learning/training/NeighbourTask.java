package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/** Do the bit before and the bit after differ? Who has not seen what comes next can only guess. */
public record NeighbourTask(int longest) implements Task {
    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(new SizeRange("length", 3, longest, 1000));
    }

    @Override
    public int steps(Size size) {
        return size.get("length");
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        into.clear(steps(size));
        for (int t = 0; t < into.steps(); t++) {
            into.input(t, 0, random.nextBoolean() ? 1 : -1);
        }
        for (int t = 1; t < into.steps() - 1; t++) {
            into.target(t, 0, into.input()[t - 1] == into.input()[t + 1] ? 0 : 1);
        }
    }
}
