package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sequences of a pair of arrays, one for each place of their first axis.
 *
 * <pre>
 * inputs   [n][steps] or [n][steps][channels]; whole numbers of two axes are symbols; texts [n] or words [n][steps]
 * targets  [n] a label each, [n][steps] or [n][steps][outputs]
 * mask     [n][steps of the target], lengths [n], or null
 * </pre>
 */
final class ArraySequences {
    private final NpyArray inputs;
    private final @Nullable NpyArray targets;
    private final @Nullable NpyArray masks;
    private final @Nullable NpyArray lengths;
    private final SequenceFormat format;

    ArraySequences(
            NpyArray inputs,
            @Nullable NpyArray targets,
            @Nullable NpyArray masks,
            @Nullable NpyArray lengths,
            SequenceFormat format) {
        this.inputs = inputs;
        this.targets = targets;
        this.masks = masks;
        this.lengths = lengths;
        this.format = format;
        boolean texts = inputs.kind() == 'U';
        require(inputs, texts ? 1 : 2, texts ? 2 : 3, "[sequences][steps] or [sequences][steps][channels]");
        if (targets != null) {
            require(targets, 1, 3, "[sequences], [sequences][steps] or [sequences][steps][outputs]");
            requireAsMany(targets);
        }
        if (masks != null) {
            require(masks, 2, 2, "[sequences][steps]");
            requireAsMany(masks);
        }
        if (lengths != null) {
            require(lengths, 1, 1, "[sequences]");
            requireAsMany(lengths);
        }
    }

    private static void require(NpyArray array, int fewest, int most, String expected) {
        int axes = array.shape().size();
        if (axes < fewest || axes > most || array.shape().contains(0)) {
            throw new UserException(array.name() + ": has the form " + array.described() + "; expected " + expected);
        }
    }

    private void requireAsMany(NpyArray other) {
        if (!other.shape().getFirst().equals(inputs.shape().getFirst())) {
            throw new UserException(other.name() + ": has " + other.shape().getFirst() + " sequences, but there are "
                    + inputs.shape().getFirst() + " inputs");
        }
    }

    /** Adds all of them. */
    void addTo(List<SequenceLine> lines, HeldBytes held) {
        SequenceForm inputForm = inputForm();
        SequenceForm targetForm = targets == null ? null : targetForm(targets);
        int count = inputs.shape().getFirst();
        for (int i = 0; i < count; i++) {
            long number = lines.size() + 1L;
            SequenceSide input = input(i, inputForm, number);
            boolean cut = input.steps() < steps(inputs);
            int steps = cut && targets != null && steps(targets) == steps(inputs) ? input.steps() : targets == null ? 0 : steps(targets);
            SequenceSide target = targets == null || targetForm == null ? null : side(targets, i, steps, targetForm, "target", number);
            SequenceLine line = new SequenceLine(input, target, target == null ? null : mask(i, steps, number), number);
            held.add(line.bytes());
            lines.add(line);
        }
    }

    private SequenceForm inputForm() {
        if (format.inputForm() != null) {
            return format.inputForm();
        }
        if (inputs.kind() == 'U') {
            return inputs.shape().size() == 2 || !format.reading().separator().isEmpty() ? SequenceForm.WORDS : SequenceForm.TEXT;
        }
        return inputs.shape().size() == 2 && inputs.isWhole() && lowest(inputs) >= 0 ? SequenceForm.SYMBOLS : SequenceForm.VECTORS;
    }

    private SequenceForm targetForm(NpyArray array) {
        if (format.targetForm() != null) {
            return format.targetForm();
        }
        int axes = array.shape().size();
        if (array.kind() == 'U') {
            boolean text = axes == 1 && inputs.kind() == 'U' && format.reading().separator().isEmpty();
            return text ? SequenceForm.TEXT : SequenceForm.WORDS;
        }
        if (axes == 3 || array.kind() == 'f' || (axes == 2 && array.kind() == 'b')) {
            return axes == 1 && Arrays.equals(array.values(), rounded(array.values())) ? label(array) : SequenceForm.VECTORS;
        }
        return label(array);
    }

    private static float[] rounded(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Table.whole(values[i]) ? values[i] : Float.NaN;
        }
        return rounded;
    }

    private static SequenceForm label(NpyArray array) {
        return lowest(array) >= 0 ? SequenceForm.SYMBOLS : SequenceForm.WORDS;
    }

    private static float lowest(NpyArray array) {
        float lowest = 0;
        for (float value : array.values()) {
            lowest = Math.min(lowest, value);
        }
        return lowest;
    }

    private static int steps(NpyArray array) {
        return array.shape().size() == 1 ? 1 : array.shape().get(1);
    }

    private SequenceSide input(int sequence, SequenceForm form, long number) {
        int steps = steps(inputs);
        if (lengths != null) {
            float length = lengths.values()[sequence];
            if (!(length >= 1 && length <= steps)) {
                throw problem(number, "a length of " + length + "; expected 1 to " + steps);
            }
            steps = (int) length;
        } else if (inputs.kind() == 'f') {
            steps = withoutPadding(sequence, steps);
        }
        return side(inputs, sequence, steps, form, "input", number);
    }

    /** The steps up to the last that is not all NaN. */
    private int withoutPadding(int sequence, int steps) {
        int size = inputs.values().length / inputs.shape().getFirst();
        int width = size / steps;
        int end = size;
        while (end > width && Float.isNaN(inputs.values()[sequence * size + end - 1])) {
            end--;
        }
        return (end + width - 1) / width;
    }

    private SequenceSide side(NpyArray array, int sequence, int steps, SequenceForm form, String what, long number) {
        int size = 1;
        for (int axis : array.shape().subList(1, array.shape().size())) {
            size *= axis;
        }
        int from = sequence * size;
        if (array.kind() == 'U') {
            List<String> texts = array.texts().subList(from, from + (array.shape().size() == 1 ? 1 : steps));
            if (form != SequenceForm.TEXT && form != SequenceForm.WORDS) {
                throw problem(number, what + " is a text; expected " + form.expected());
            }
            return array.shape().size() == 1 && (form == SequenceForm.TEXT || !format.reading().separator().isEmpty())
                    ? form == SequenceForm.TEXT ? new SequenceSide.Text(texts.getFirst().codePoints().toArray())
                            : new SequenceSide.Words(format.reading().split(texts.getFirst()))
                    : new SequenceSide.Words(texts.stream().filter(word -> !word.isEmpty()).toList());
        }
        if (form == SequenceForm.VECTORS) {
            return vectors(array, from, size, steps, what, number);
        }
        if (array.shape().size() == 3 || form == SequenceForm.TEXT) {
            throw problem(number, what + " is an array " + array.described() + "; expected " + form.expected());
        }
        int[] symbols = new int[steps];
        List<String> words = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            float value = array.values()[from + t];
            if (!Table.whole(value) || (form == SequenceForm.SYMBOLS && value < 0)) {
                throw problem(number, what + " step " + (t + 1) + ": " + value + " is not a whole number from 0");
            }
            symbols[t] = (int) value;
            words.add(String.valueOf(symbols[t]));
        }
        return form == SequenceForm.SYMBOLS ? new SequenceSide.Symbols(symbols) : new SequenceSide.Words(words);
    }

    private SequenceSide vectors(NpyArray array, int from, int size, int steps, String what, long number) {
        // A target of two axes is a number for each step, or, where there are not as many as steps of the input, one vector.
        boolean isTarget = what.equals("target");
        boolean one = isTarget && array.shape().size() == 2 && steps(array) != steps(inputs);
        int rows = one ? 1 : steps;
        int width = one ? size : size / steps(array);
        float[] values = Arrays.copyOfRange(array.values(), from, from + rows * width);
        for (int i = 0; i < values.length; i++) {
            boolean masked = isTarget && Float.isNaN(values[i]);
            if (!Float.isFinite(values[i]) && !masked) {
                throw problem(number, what + " step " + (i / width + 1) + ": " + values[i] + " is not a finite number");
            }
            values[i] = masked ? 0 : values[i];
        }
        return new SequenceSide.Vectors(values, rows, width);
    }

    /** What counts: what a mask says, and no step with NaN. */
    private float @Nullable [] mask(int sequence, int steps, long number) {
        NpyArray wanted = targets;
        if (masks == null && (wanted == null || wanted.kind() != 'f' || !hasGap(wanted))) {
            return null;
        }
        float[] mask = new float[steps];
        Arrays.fill(mask, 1);
        if (masks != null) {
            if (steps(masks) < steps) {
                throw problem(number, "mask has " + steps(masks) + " numbers; expected one for each of " + steps + " steps");
            }
            for (int t = 0; t < steps; t++) {
                mask[t] = masks.values()[sequence * steps(masks) + t];
                if (!(mask[t] >= 0 && mask[t] <= 1)) {
                    throw problem(number, "mask step " + (t + 1) + ": " + mask[t] + " is not in 0 to 1");
                }
            }
        }
        if (wanted != null && wanted.kind() == 'f') {
            int width = wanted.values().length / wanted.shape().getFirst() / steps(wanted);
            for (int i = 0; i < steps * width; i++) {
                if (Float.isNaN(wanted.values()[sequence * steps(wanted) * width + i])) {
                    mask[i / width] = 0;
                }
            }
        }
        return mask;
    }

    private static boolean hasGap(NpyArray array) {
        for (float value : array.values()) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private UserException problem(long number, String what) {
        return new UserException(inputs.name().replaceFirst(", array '[^']*'$", "") + ", sequence " + number + ": " + what);
    }
}
