package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;
import java.util.function.IntConsumer;

/** A task that says when an update begins: training draws one size for each. */
class WatchedTask implements Task {
    private final Task task;
    private final IntConsumer atUpdate;
    private int updates;

    WatchedTask(Task task, IntConsumer atUpdate) {
        this.task = task;
        this.atUpdate = atUpdate;
    }

    @Override
    public int inputs() {
        return task.inputs();
    }

    @Override
    public int outputs() {
        return task.outputs();
    }

    @Override
    public List<SizeRange> sizes() {
        return task.sizes();
    }

    @Override
    public int steps(Size size) {
        return task.steps(size);
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        task.generate(size, random, into);
    }

    @Override
    public Size draw(Random64 random, double reach) {
        atUpdate.accept(++updates);
        return task.draw(random, reach);
    }
}
