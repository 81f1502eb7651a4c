package io.github.ntm4j.core.machine;

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
final class InitialMemoryState {
    /** Names of the parameters that depend on the number of rows. */
    static final String MEMORY = "initial_memory";

    static final String READ_WEIGHTING = "initial_read_weighting";
    static final String WRITE_WEIGHTING = "initial_write_weighting";
    private static final String READ = "initial_read";

    private final NtmConfig config;
    private final Parameters parameters;
    private final List<Integer> banks;
    private final @Nullable Grid memory;
    private final @Nullable Grid weighting;
    private final @Nullable Grid read;

    InitialMemoryState(Parameters parameters, NtmConfig config, List<Integer> banks) {
        this.config = config;
        this.parameters = parameters;
        this.banks = banks;
        boolean constant = config.initialMemory() == NtmConfig.InitialMemory.CONSTANT;
        boolean trainable = config.initialMemory() == NtmConfig.InitialMemory.LEARNED;
        memory = constant ? null : declare(MEMORY, config.width(), config.rows(), trainable, true);
        boolean learned = config.initialWeighting() == NtmConfig.InitialWeighting.LEARNED;
        weighting = learned ? declareWeightings() : null;
        boolean zero = config.initialRead() == NtmConfig.InitialRead.ZERO;
        read = zero ? null : declare(READ, config.readHeads(), config.width(), true, false);
    }

    private Grid declareWeightings() {
        int readers = config.readHeads();
        int heads = readers + config.writeHeads();
        Grid grid = parameters.addGrid("initial_weighting", heads, config.rows(), true);
        parameters.declareLines(READ_WEIGHTING, grid, 0, readers);
        parameters.declareLines(WRITE_WEIGHTING, grid, readers, heads);
        return grid;
    }

    private Grid declare(String name, int lines, int size, boolean trainable, boolean transposed) {
        Grid grid = parameters.addGrid(name, lines, size, trainable);
        parameters.declareGrid(grid, transposed);
        return grid;
    }

    void initialise(Random64 random) {
        if (memory != null) {
            double limit = Math.abs(config.initialMemoryValue());
            fill(memory, random, limit);
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
        float[] cells = new float[config.width() * config.rows()];
        Arrays.fill(cells, (float) config.initialMemoryValue());
        return Constant.of(tape, batch, config.width(), cells);
    }

    List<Tensor> weightings(Tape tape, int batch) {
        List<Tensor> weightings = new ArrayList<>();
        if (weighting != null) {
            Tensor learned = Softmax.of(tape, Repeat.of(tape, weighting, batch));
            int head = 0;
            for (int heads : banks) {
                weightings.add(learned.lines(head, heads));
                head += heads;
            }
            return weightings;
        }
        for (int heads : banks) {
            float[] weights = new float[heads * config.rows()];
            switch (config.initialWeighting()) {
                case UNIFORM -> Arrays.fill(weights, 1f / config.rows());
                case FIRST_ROW -> {
                    for (int head = 0; head < heads; head++) {
                        weights[head * config.rows()] = 1;
                    }
                }
                case ZERO, LEARNED -> {}
            }
            weightings.add(Constant.of(tape, batch, heads, weights));
        }
        return weightings;
    }

    Tensor reads(Tape tape, int batch) {
        if (read == null) {
            return Constant.of(tape, batch, config.readHeads(), new float[config.readHeads() * config.width()]);
        }
        Tensor learned = Repeat.of(tape, read, batch);
        if (config.initialRead() == NtmConfig.InitialRead.LEARNED_TANH) {
            return ActivateColumns.of(tape, learned, List.of(Columns.of(0, config.width(), Activation.TANH)));
        }
        return learned;
    }
}
