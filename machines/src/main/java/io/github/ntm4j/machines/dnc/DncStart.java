package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.LinkHistory;
import io.github.ntm4j.engine.operation.Repeat;
import io.github.ntm4j.engine.operation.SparseLink;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.dnc.LinkSettings.Links;
import io.github.ntm4j.machines.dnc.StoreSettings.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state before the first step, as the settings want it. */
final class DncStart {
    private static final double SMALL = 1e-6;

    private final Parameters parameters;
    private final StoreSettings store;
    private final LinkSettings linking;
    private final @Nullable Grid memory;
    private final @Nullable Grid weightings;

    /**
     * Declares, where the settings want them, {@code initial_memory [rows][width]}, or {@code initial_read_weighting [read heads][rows]} and
     * {@code initial_write_weighting [write heads][rows]}.
     */
    DncStart(Parameters parameters, DncConfig config) {
        this.parameters = parameters;
        this.store = config.store();
        this.linking = config.linking();
        boolean learned = store.start() == Start.LEARNED;
        boolean drawn = store.start() == Start.RANDOM;
        memory = learned ? parameters.addGrid("initial_memory", store.width(), store.rows(), true) : null;
        if (memory != null) {
            parameters.declareGrid(memory, true);
        }
        weightings = drawn ? parameters.addGrid("initial_weighting", store.readHeads() + store.writeHeads(), store.rows(), false) : null;
        if (weightings != null) {
            parameters.declareLines("initial_read_weighting", weightings, 0, store.readHeads());
            parameters.declareLines("initial_write_weighting", weightings, store.readHeads(), store.readHeads() + store.writeHeads());
        }
    }

    void initialise(Random64 random) {
        if (memory != null) {
            fill(memory, random, -SMALL, SMALL);
        }
        if (weightings != null) {
            fill(weightings, random, 0, 1.0 / store.rows());
        }
    }

    private void fill(Grid grid, Random64 random, double least, double greatest) {
        for (int line = 0; line < grid.lines(); line++) {
            for (int j = 0; j < grid.size(); j++) {
                parameters.values()[grid.at(line) + j] = random.nextFloat(least, greatest);
            }
        }
    }

    DncState state(Tape tape, int batch) {
        double everywhere = store.start() == Start.SMALL ? SMALL : 0;
        double cell = store.start() == Start.RANDOM ? 1.0 / ((double) store.rows() * store.width()) : everywhere;
        Tensor cells = memory != null ? Repeat.of(tape, memory, batch) : constant(tape, batch, store.width(), store.rows(), cell);
        Tensor usage = constant(tape, batch, 1, store.rows(), 0);
        Tensor drawn = weightings != null ? Repeat.of(tape, weightings, batch) : null;
        Tensor writes = drawn != null
                ? drawn.lines(store.readHeads(), store.writeHeads())
                : constant(tape, batch, store.writeHeads(), store.rows(), everywhere);
        List<Tensor> precedences = new ArrayList<>();
        List<Tensor> links = new ArrayList<>();
        List<LinkHistory> histories = new ArrayList<>();
        for (int k = 0; linking.links() != Links.NONE && k < store.writeHeads(); k++) {
            precedences.add(constant(tape, batch, 1, store.rows(), 0));
            if (linking.links() == Links.SPARSE) {
                links.add(SparseLink.empty(tape, batch, store.rows(), linking.linkEntries()));
            } else {
                links.add(constant(tape, batch, store.rows(), store.rows(), 0));
                histories.add(LinkHistory.of(tape.linkInterval(), store.rows()));
            }
        }
        Tensor readers = drawn != null
                ? drawn.lines(0, store.readHeads())
                : constant(tape, batch, store.readHeads(), store.rows(), everywhere);
        Tensor reads = constant(tape, batch, store.readHeads(), store.width(), everywhere);
        return new DncState(cells, usage, writes, precedences, links, readers, reads, histories);
    }

    private static Tensor constant(Tape tape, int batch, int lines, int size, double value) {
        float[] line = new float[size];
        Arrays.fill(line, (float) value);
        return Constant.ofEachLine(tape, batch, lines, line);
    }
}
