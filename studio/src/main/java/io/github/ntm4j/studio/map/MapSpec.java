package io.github.ntm4j.studio.map;

import io.github.ntm4j.machines.config.UserException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know about how a machine generalises.
 *
 * @param model name of the machine
 * @param rows another number of memory rows than it was trained with
 * @param x what changes from column to column
 * @param y what changes from row to row; one row if there is none
 * @param at parameters that are the same everywhere; what is not named is as large as in training
 * @param sequences how many sequences each cell is measured on
 * @param seed where they come from
 */
public record MapSpec(
        String model,
        @Nullable Integer rows,
        Axis x,
        @Nullable Axis y,
        @Nullable Map<String, Integer> at,
        @Nullable Integer sequences,
        @Nullable Long seed) {
    /** What an axis is called that changes the memory instead of the sequences. */
    public static final String ROWS = "rows";

    private static final int MOST_VALUES = 200;
    private static final int MOST_SEQUENCES = 1000;
    private static final int SEQUENCES = 10;

    /**
     * An axis.
     *
     * @param name a parameter of the task, or {@link #ROWS}
     * @param values what it is set to, in turn
     */
    public record Axis(String name, List<Integer> values) {
        /** Checks that there are values, and not too many. */
        public Axis {
            if (name == null) {
                throw new UserException("axis: expected a name, found none");
            }
            if (values == null || values.isEmpty() || values.size() > MOST_VALUES) {
                throw new UserException("axis " + UserException.quote(name) + ": expected 1 to " + MOST_VALUES + " values, got "
                        + (values == null ? 0 : values.size()));
            }
            if (values.stream().anyMatch(Objects::isNull)) {
                throw new UserException("axis " + UserException.quote(name) + ": expected whole numbers, got null");
            }
        }
    }

    /** Checks what can be checked without the machine. */
    public MapSpec {
        if (model == null) {
            throw new UserException("model: expected the name of a machine, found none");
        }
        if (x == null) {
            throw new UserException("x: expected an axis such as {\"name\":\"length\",\"values\":[1,2,3]}, found none");
        }
        if (y != null && y.name.equals(x.name)) {
            throw new UserException("y: expected another axis than x, got " + UserException.quote(x.name) + " twice");
        }
        if (sequences != null && (sequences < 1 || sequences > MOST_SEQUENCES)) {
            throw new UserException("sequences: expected 1 to " + MOST_SEQUENCES + ", got " + sequences);
        }
    }

    /** Sequences in a cell. */
    int count() {
        return sequences == null ? SEQUENCES : sequences;
    }

    /** Number of memory rows where no axis says it. */
    OptionalInt wantedRows() {
        return rows == null ? OptionalInt.empty() : OptionalInt.of(rows);
    }

    /** A value of an axis. */
    record Place(String name, int value) {}

    /** What the axes say of a cell. */
    List<Place> places(int column, int row) {
        Place across = new Place(x.name, x.values.get(column));
        return y == null ? List.of(across) : List.of(across, new Place(y.name, y.values.get(row)));
    }

    /** What a parameter is set to, if it has an axis. */
    List<Integer> valuesOf(String name) {
        if (x.name.equals(name)) {
            return x.values;
        }
        return y != null && y.name.equals(name) ? y.values : List.of();
    }

    /** All values of the second axis; one that stands for none if there is no second axis. */
    List<Integer> down() {
        return y == null ? List.of(0) : y.values;
    }
}
