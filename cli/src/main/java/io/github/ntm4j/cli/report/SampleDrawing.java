package io.github.ntm4j.cli.report;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A sequence of a task in characters: a line for each channel, a column for each step. */
public final class SampleDrawing {
    private static final int COLUMNS = 48;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ZERO = "·";
    private static final String ONE = "█";
    private static final String NOT_COUNTED = " ";
    private static final String INDENT = "        ";

    private SampleDrawing() {}

    /** A random sequence of a size that fits in a terminal. */
    public static List<String> of(Task task) {
        Size size = fitting(task);
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(size, Random64.of(1, "drawing", 0), sequence);
        List<String> lines = new ArrayList<>();
        draw(lines, "input   ", sequence, sequence.input(), task.inputs(), step -> true);
        draw(lines, "target  ", sequence, sequence.target(), task.outputs(), step -> sequence.mask()[step] > 0);
        lines.add(INDENT + size + ", a column for each step");
        return lines;
    }

    private static void draw(
            List<String> lines, String name, Sequence sequence, float[] values, int channels, IntPredicate counts) {
        for (int channel = 0; channel < channels; channel++) {
            StringBuilder line = new StringBuilder(channel == 0 ? name : INDENT);
            for (int step = 0; step < sequence.steps(); step++) {
                line.append(counts.test(step) ? character(values[step * channels + channel]) : NOT_COUNTED);
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    /** The largest size of training, or one in proportion to it. */
    private static Size fitting(Task task) {
        Size size = task.largest();
        for (int percent = 95; task.steps(size) > COLUMNS && percent > 0; percent -= 5) {
            for (SizeRange range : task.sizes()) {
                size = size.with(range.name(), Math.max(range.least(), range.max() * percent / 100));
            }
        }
        return size;
    }

    private static String character(float value) {
        if (value == 0) {
            return ZERO;
        }
        if (value == 1) {
            return ONE;
        }
        int level = (int) ((Math.clamp(value, -1f, 1f) + 1) / 2 * (BARS.length() - 1) + 0.5f);
        return BARS.substring(level, level + 1);
    }
}
