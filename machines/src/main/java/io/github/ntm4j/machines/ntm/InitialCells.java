package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Repeat;
import io.github.ntm4j.engine.operation.Softmax;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory, weightings and reads before the first step, as the settings want them. */
final class InitialCells {
    private final MemoryStart start;
    private final Parameters parameters;
    private final Heads heads;
    private final @Nullable Grid memory;
    private final @Nullable Grid weighting;
    private final @Nullable Grid read;

    InitialCells(Parameters parameters, MemoryStart start, Heads heads) {
        this.start = start;
        this.parameters = parameters;
        this.heads = heads;
        boolean constant = start.memory() == InitialMemory.CONSTANT;
        boolean trainable = start.memory() == InitialMemory.LEARNED;
        memory = constant ? null : declare("initial_memory", heads.width(), start.rows(), trainable, true);
        weighting = start.weighting() == InitialWeighting.LEARNED ? declareWeightings() : null;
        boolean zero = start.read() == InitialRead.ZERO;
        read = zero ? null : declare("initial_read", heads.readHeads(), heads.width(), true, false);
    }

    private Grid declareWeightings() {
        int readers = heads.readHeads();
        Grid grid = parameters.addGrid("initial_weighting", heads.count(), start.rows(), true);
        parameters.declareLines("initial_read_weighting", grid, 0, readers);
        parameters.declareLines("initial_write_weighting", grid, readers, heads.count());
        return grid;
    }

    private Grid declare(String name, int lines, int size, boolean trainable, boolean transposed) {
        Grid grid = parameters.addGrid(name, lines, size, trainable);
        parameters.declareGrid(grid, transposed);
        return grid;
    }

    void initialise(Random64 random) {
        if (memory != null) {
            fill(memory, random, Math.abs(start.value()));
        }
        if (weighting != null) {
            fill(weighting, random, 1);
        }
    }

    private void fill(Grid grid, Random64 random, double limit) {
        for (int line = 0; line < grid.lines(); line++) {
            for (int j = 0; j < grid.size(); j++) {
                parameters.values()[grid.at(line) + j] = random.nextFloat(-limit, limit);
            }
        }
    }

    Tensor memory(Tape tape, int batch) {
        if (memory != null) {
            return Repeat.of(tape, memory, batch);
        }
        float[] cells = new float[heads.width() * start.rows()];
        Arrays.fill(cells, (float) start.value());
        return Constant.of(tape, batch, heads.width(), cells);
    }

    List<Tensor> weightings(Tape tape, int batch) {
        List<Tensor> weightings = new ArrayList<>();
        if (weighting != null) {
            Tensor learned = Softmax.of(tape, Repeat.of(tape, weighting, batch));
            int first = 0;
            for (int count : heads.banks()) {
                weightings.add(learned.lines(first, count));
                first += count;
            }
            return weightings;
        }
        for (int count : heads.banks()) {
            float[] weights = new float[count * start.rows()];
            switch (start.weighting()) {
                case UNIFORM -> Arrays.fill(weights, 1f / start.rows());
                case FIRST_ROW -> {
                    for (int head = 0; head < count; head++) {
                        weights[head * start.rows()] = 1;
                    }
                }
                case ZERO, LEARNED -> {}
            }
            weightings.add(Constant.of(tape, batch, count, weights));
        }
        return weightings;
    }

    Tensor reads(Tape tape, int batch) {
        if (read == null) {
            return Constant.of(tape, batch, heads.readHeads(), new float[heads.readHeads() * heads.width()]);
        }
        Tensor learned = Repeat.of(tape, read, batch);
        if (start.read() == InitialRead.LEARNED_TANH) {
            return ActivateColumns.of(tape, learned, List.of(Columns.of(0, heads.width(), Activation.TANH)));
        }
        return learned;
    }
}
