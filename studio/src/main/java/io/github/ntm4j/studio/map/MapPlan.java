package io.github.ntm4j.studio.map;

import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MemorySize;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.studio.machine.LoadedMachine;
import io.github.ntm4j.studio.machine.MachineId;
import io.github.ntm4j.studio.machine.Machines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A map that can be computed.
 *
 * @param task where sequences come from
 * @param cells what to compute, the cheapest first
 * @param count sequences in a cell
 * @param seed where they come from
 */
record MapPlan(Task task, List<Cell> cells, int count, long seed) {
    private static final int MOST_CELLS = 4096;

    /** Steps of all sequences of a machine with a memory of 128 x 20; of a larger one fewer. */
    private static final double MOST_STEPS = 2e7;

    private static final double USUAL_MEMORY = 128 * 20;

    /** Numbers in all memories of a map together. */
    private static final long MOST_MEMORY = 1 << 18;

    /**
     * A place on the map.
     *
     * @param column index of its value on the first axis
     * @param row index of its value on the second axis
     * @param size of its sequences
     * @param model the machine, with as many memory rows as belong here
     */
    record Cell(int column, int row, Size size, Model model) {
        /** Memory rows; 0 for a machine without. */
        int rows() {
            return model.machineConfig().memorySize().map(MemorySize::rows).orElse(0);
        }
    }

    /**
     * Bytes that a map takes: every thread has a machine at work for each number of rows.
     *
     * @param spec what somebody wants to know
     * @param machines whom it can ask
     * @param threads how many work at it
     */
    static long bytes(MapSpec spec, Machines machines, int threads) {
        LoadedMachine machine = machines.get(MachineId.parse(spec.model()), spec.wantedRows());
        List<Integer> rows = spec.valuesOf(MapSpec.ROWS);
        int batch = Math.min(spec.count(), MapSurvey.BATCH);
        double bytes = (double) threads * machine.sessionBytes(OptionalInt.empty(), batch);
        if (hasCapacity(machine.model())) {
            for (int value : Set.copyOf(rows)) {
                OptionalInt wanted = OptionalInt.of(value);
                bytes += (double) threads * machine.sessionBytes(wanted, batch) + machine.storedBytes(wanted);
            }
        }
        return (long) bytes;
    }

    /** Checks a map and puts its cells in order. */
    static MapPlan of(MapSpec spec, Machines machines) {
        List<Integer> across = spec.x().values();
        List<Integer> down = spec.down();
        if ((long) across.size() * down.size() > MOST_CELLS) {
            throw new UserException("map: expected at most " + MOST_CELLS + " cells, got " + across.size() + " x " + down.size());
        }
        LoadedMachine machine = machines.get(MachineId.parse(spec.model()), spec.wantedRows());
        Task task = machine.task(null);
        Map<Integer, Model> byRows = enlarged(spec, machine.model());
        List<Cell> cells = new ArrayList<>();
        for (int row = 0; row < down.size(); row++) {
            for (int column = 0; column < across.size(); column++) {
                Map<String, Integer> values = new LinkedHashMap<>(spec.at() == null ? Map.of() : spec.at());
                Model model = machine.model();
                for (MapSpec.Place place : spec.places(column, row)) {
                    if (place.name().equals(MapSpec.ROWS)) {
                        model = byRows.getOrDefault(place.value(), model);
                    } else {
                        values.put(place.name(), place.value());
                    }
                }
                cells.add(new Cell(column, row, size(task, values), model));
            }
        }
        MapPlan plan = new MapPlan(task, inOrder(task, cells), spec.count(), spec.seed() == null ? Run.MEASUREMENT_SEED : spec.seed());
        plan.requireFeasible();
        return plan;
    }

    private static Size size(Task task, Map<String, Integer> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.isEmpty() ? "" : ",").append(name).append('=').append(value));
        return text.isEmpty() ? task.largest() : task.parse(text.toString());
    }

    /** The machine with each number of rows that an axis names. */
    private static Map<Integer, Model> enlarged(MapSpec spec, Model model) {
        List<Integer> values = spec.valuesOf(MapSpec.ROWS);
        if (!values.isEmpty() && !hasCapacity(model)) {
            throw new UserException("axis rows: expected a machine with a memory, got " + model.machineConfig().name());
        }
        long memory = values.stream().mapToLong(r -> r).sum() * model.machineConfig().memorySize().map(MemorySize::width).orElse(0);
        if (memory > MOST_MEMORY) {
            throw new UserException("axis rows: expected at most " + MOST_MEMORY + " numbers in all memories together, got " + memory);
        }
        Map<Integer, Model> byRows = new HashMap<>();
        for (int rows : values) {
            byRows.computeIfAbsent(rows, r -> Model.load(model.file(), OptionalInt.of(r)));
        }
        return byRows;
    }

    private static boolean hasCapacity(Model model) {
        return model.machineConfig().kind().capacityOf(model.machineConfig()).isPresent();
    }

    private static List<Cell> inOrder(Task task, List<Cell> cells) {
        Comparator<Cell> cheapest = Comparator.comparingDouble(cell -> cost(task, cell));
        return cells.stream().sorted(cheapest.thenComparingInt(Cell::row).thenComparingInt(Cell::column)).toList();
    }

    /** Steps, as dear as those of the usual memory. */
    private static double cost(Task task, Cell cell) {
        double memory = cell.model.machineConfig().memorySize().map(MemorySize::cells).orElse(0L);
        return task.steps(cell.size) * Math.max(1, memory / USUAL_MEMORY);
    }

    private void requireFeasible() {
        double steps = count * cells.stream().mapToDouble(cell -> cost(task, cell)).sum();
        if (steps > MOST_STEPS) {
            throw new UserException(String.format(
                    Locale.ROOT,
                    "map: expected at most %,.0f steps of this machine, got %,.0f; take smaller ranges, wider steps or fewer sequences",
                    MOST_STEPS,
                    steps));
        }
    }

    /** What the values of a cell are called where it is reported. */
    static SequencedMap<String, Object> at(Cell cell) {
        SequencedMap<String, Object> at = new LinkedHashMap<>(cell.size.values());
        if (cell.rows() > 0) {
            at.put(MapSpec.ROWS, cell.rows());
        }
        return at;
    }
}
