package io.github.ntm4j.machines.signal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How the floats of a signal lie in its tensor. */
enum Layout {
    /** A line for each column. */
    COLUMNS {
        @Override
        boolean fits(Signal signal, int lines, int size) {
            return lines == signal.width() && size == signal.rows();
        }

        @Override
        String shape(Signal signal) {
            return signal.width() + " lines of " + signal.rows();
        }

        @Override
        void set(Signal signal, float[][] lines, int row, int column, float value) {
            lines[column][row] = value;
        }

        @Override
        void read(Signal signal, float[][] lines, int row, float[] target, int at) {
            for (int column = 0; column < lines.length; column++) {
                target[at + column] = lines[column][row];
            }
        }
    },
    /** A line for each row. */
    ROWS {
        @Override
        boolean fits(Signal signal, int lines, int size) {
            return lines == signal.rows() && size == signal.width();
        }

        @Override
        String shape(Signal signal) {
            return signal.rows() + " lines of " + signal.width();
        }

        @Override
        void set(Signal signal, float[][] lines, int row, int column, float value) {
            lines[row][column] = value;
        }

        @Override
        void read(Signal signal, float[][] lines, int row, float[] target, int at) {
            System.arraycopy(lines[row], 0, target, at, lines[row].length);
        }
    },
    /**
     * For each row the same number of entries side by side: a line with the columns that they are in, ascending and then -1, and a line with
     * what is there. All other cells are 0.
     */
    ENTRIES {
        @Override
        boolean fits(Signal signal, int lines, int size) {
            return lines == 2 && size % signal.rows() == 0;
        }

        @Override
        String shape(Signal signal) {
            return "2 lines of a multiple of " + signal.rows();
        }

        // A row that is full gives up its smallest entry.
        @Override
        void set(Signal signal, float[][] lines, int row, int column, float value) {
            int entries = lines[0].length / signal.rows();
            float[] cells = row(signal, lines, row);
            cells[column] = value;
            int[] there = largest(cells, entries);
            for (int k = 0; k < entries; k++) {
                lines[0][row * entries + k] = k < there.length ? there[k] : -1;
                lines[1][row * entries + k] = k < there.length ? cells[there[k]] : 0;
            }
        }

        @Override
        void swap(Signal signal, float[][] lines, int row, int other) {
            int entries = lines[0].length / signal.rows();
            for (float[] line : lines) {
                float[] kept = Arrays.copyOfRange(line, row * entries, (row + 1) * entries);
                System.arraycopy(line, other * entries, line, row * entries, entries);
                System.arraycopy(kept, 0, line, other * entries, entries);
            }
        }

        @Override
        void read(Signal signal, float[][] lines, int row, float[] target, int at) {
            int entries = lines[0].length / signal.rows();
            for (int k = row * entries; k < (row + 1) * entries && lines[0][k] >= 0 && lines[0][k] < signal.width(); k++) {
                target[at + (int) lines[0][k]] = lines[1][k];
            }
        }

        @Override
        float[][] numbers(float[][] lines) {
            return new float[][] {lines[1]};
        }
    };

    /** The places of so many cells, ascending: those that are not 0, and of too many the largest. */
    private static int[] largest(float[] cells, int count) {
        return IntStream.range(0, cells.length)
                .filter(j -> cells[j] != 0)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -Math.abs(cells[j])))
                .limit(count)
                .mapToInt(j -> j)
                .sorted()
                .toArray();
    }

    /** Whether a tensor is one of this signal. */
    abstract boolean fits(Signal signal, int lines, int size);

    /** What a tensor has to be like. */
    abstract String shape(Signal signal);

    abstract void set(Signal signal, float[][] lines, int row, int column, float value);

    void swap(Signal signal, float[][] lines, int row, int other) {
        float[] one = row(signal, lines, row);
        float[] two = row(signal, lines, other);
        for (int column = 0; column < signal.width(); column++) {
            set(signal, lines, row, column, two[column]);
            set(signal, lines, other, column, one[column]);
        }
    }

    /** Writes a row over zeros. */
    abstract void read(Signal signal, float[][] lines, int row, float[] target, int at);

    /** A copy of a row. */
    final float[] row(Signal signal, float[][] lines, int row) {
        float[] cells = new float[signal.width()];
        read(signal, lines, row, cells, 0);
        return cells;
    }

    /** Those lines that have the numbers themselves. */
    float[][] numbers(float[][] lines) {
        return lines;
    }
}
