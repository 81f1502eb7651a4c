package io.github.ntm4j.lab.picture;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Values over time: one column a step, one row a channel or memory row. What is not a number has no value.
 *
 * @param columns steps
 * @param rows channels
 * @param values {@code [rows * columns]}, row by row from the top
 */
record HeatMap(int columns, int rows, float[] values) {
    /**
     * The transpose of {@code perStep}, {@code [steps][...]}, with the {@code rows} channels that {@code channel} picks.
     */
    static HeatMap of(float[][] perStep, int rows, IntUnaryOperator channel) {
        int columns = perStep.length;
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            int picked = channel.applyAsInt(row);
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] = perStep[column][picked];
            }
        }
        return new HeatMap(columns, rows, values);
    }

    /**
     * A smaller map in which each value stands for {@code acrossTime} steps and {@code acrossRows} rows: the one of largest
     * magnitude, so that a narrow focus or a lone error never disappears.
     */
    HeatMap pooled(int acrossTime, int acrossRows) {
        if (acrossTime == 1 && acrossRows == 1) {
            return this;
        }
        int pooledColumns = Math.ceilDiv(columns, acrossTime);
        int pooledRows = Math.ceilDiv(rows, acrossRows);
        float[] pooled = new float[pooledRows * pooledColumns];
        Arrays.fill(pooled, Float.NaN);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = row / acrossRows * pooledColumns + column / acrossTime;
                float value = values[row * columns + column];
                if (Float.isNaN(pooled[at]) || Math.abs(value) > Math.abs(pooled[at])) {
                    pooled[at] = value;
                }
            }
        }
        return new HeatMap(pooledColumns, pooledRows, pooled);
    }

    /** The map in colours. */
    Cells coloured(ColourScale scale) {
        int[] rgb = new int[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = scale.colour(values[i]).rgb();
        }
        return new Cells(columns, rows, rgb);
    }
}
