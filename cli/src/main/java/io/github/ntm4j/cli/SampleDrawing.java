package io.github.ntm4j.cli;

import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.SizeRange;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.engine.random.Random64;
import java.util.ArrayList;
import java.util.List;

/** A sequence of a task in characters: a line for each channel, a column for each step. */
final class SampleDrawing {
    private static final int COLUMNS = 48;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ZERO = "·";
    private static final String ONE = "█";
    private static final String NOT_COUNTED = " ";

    private SampleDrawing() {}

    /** A random sequence of a size that fits in a terminal. */
    static List<String> of(Task task) {
        Size size = fitting(task);
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(size, Random64.of(1, "drawing", 0), sequence);
        List<String> lines = new ArrayList<>();
        for (int channel = 0; channel < task.inputs(); channel++) {
            StringBuilder line = new StringBuilder(channel == 0 ? "input   " : "        ");
            for (int step = 0; step < sequence.steps(); step++) {
                line.append(character(sequence.input()[step * task.inputs() + channel]));
            }
            lines.add(line.toString());
        }
        for (int channel = 0; channel < task.outputs(); channel++) {
            StringBuilder line = new StringBuilder(channel == 0 ? "target  " : "        ");
            for (int step = 0; step < sequence.steps(); step++) {
                boolean counts = sequence.mask()[step] > 0;
                line.append(counts ? character(sequence.target()[step * task.outputs() + channel]) : NOT_COUNTED);
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add("        " + size + ", a column for each step");
        return lines;
    }

    /** The largest size of training, or one in proportion to it. */
    private static Size fitting(Task task) {
        Size size = task.largest();
        for (int percent = 95; task.steps(size) > COLUMNS && percent > 0; percent -= 5) {
            for (SizeRange range : task.sizes()) {
                size = size.with(range.name(), Math.max(task.least(range), range.max() * percent / 100));
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
