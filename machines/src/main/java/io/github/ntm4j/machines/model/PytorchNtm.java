package io.github.ntm4j.machines.model;

import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Machines in the layout of pytorch-ntm: the same equations, other names. Its LSTM has two biases, which add up; its shift column 0 moves the
 * focus to the next higher row, where ours moves it down, so the columns are reversed; weightings begin at zero. What its heads put their
 * parameters through changed from revision to revision, and the files do not say of which they are: that is what a reading decides.
 */
final class PytorchNtm {
    private static final String LSTM = "controller.lstm.";
    private static final String FIRST = LSTM + "weight_ih_l0";
    private static final String MEMORY = "initial_memory";

    private static final String PRESET = "preset";
    /** What the presets that are readings of such files begin with. */
    private static final String READING = "pytorch-ntm";

    private final Safetensors stored;
    private final Path file;
    private final Map<String, StoredTensor> ours = new LinkedHashMap<>();

    private PytorchNtm(Safetensors stored, Path file) {
        this.stored = stored;
        this.file = file;
    }

    static boolean matches(Safetensors stored) {
        return !stored.metadata().containsKey(ModelFormat.CONFIG) && stored.tensors().containsKey(FIRST);
    }

    static Model load(Safetensors stored, Path file, OptionalInt rows, @Nullable String reading, Consumer<String> notices) {
        PytorchNtm converter = new PytorchNtm(stored, file);
        String preset = reading == null ? converter.named() : reading;
        if (!readings().contains(preset)) {
            throw new UserException(file + ": a model of pytorch-ntm, read by one of the presets " + names() + ", got "
                    + preset);
        }
        Model model = converter.convert(rows, NtmConfig.LSTM_KIND.preset(preset));
        String others = readings().stream().filter(other -> !other.equals(preset)).map(PytorchNtm::revisions).collect(Collectors.joining(" or "));
        notices.accept(file + ": a model of pytorch-ntm, read as a model of " + revisions(preset) + "; if another made it, take "
                + others + " (docs/checkpoint-format.md)");
        return model;
    }

    /** The reading that the file names, or the newest. */
    private String named() {
        String name = stored.metadata().get(PRESET);
        if (name == null) {
            return readings().getFirst();
        }
        return MachineKinds.presets(MachineKinds.all().values().stream()).keySet().stream().filter(name::equals).findFirst().orElseThrow(() ->
                new UserException(file + " (" + PRESET + "): expected one of " + names() + ", found " + UserException.quote(name)));
    }

    private static List<String> readings() {
        return MachineKinds.presets(Stream.of(NtmConfig.LSTM_KIND)).keySet().stream().filter(preset -> preset.startsWith(READING)).toList();
    }

    private static String names() {
        return readings().stream().collect(Collectors.joining(", "));
    }

    /** Which revisions a reading is for. */
    private static String revisions(String reading) {
        String which = switch (reading) {
            case READING + "-relu" -> "its revision 74477a6, as the models it published";
            case READING + "-softplus-shift" -> "its revision 7e7290a";
            default -> "its last revisions";
        };
        return which + " (--preset " + reading + ")";
    }

    private Model convert(OptionalInt rows, NtmConfig preset) {
        StoredTensor memory = tensor(MEMORY, 2);
        int width = memory.shape().get(1);
        int size = tensor(LSTM + "weight_hh_l0", 2).shape().get(1);
        if (tensor(LSTM + "weight_hh_l0", 2).shape().get(0) != 4L * size) {
            throw new UserException(file + ": tensor " + LSTM + "weight_hh_l0: expected four rows for each of its columns, found "
                    + tensor(LSTM + "weight_hh_l0", 2).shape());
        }
        int layers = count(LSTM + "weight_ih_l");
        int reads = count("read_head_", ".weight");
        int writes = count("write_head_", ".weight");
        int shifts = tensor("read_head_0.weight", 2).shape().get(0) - width - 3;
        if (shifts < 1 || shifts % 2 == 0 || reads < 1 || writes < 1) {
            throw new UserException(file + ": expected heads of width + 3 + an odd number of shifts columns, found "
                    + tensor("read_head_0.weight", 2).shape());
        }
        ours.put(MEMORY, memory);
        for (int i = 0; i < layers; i++) {
            layer(i, layers, size);
        }
        for (int i = 0; i < reads; i++) {
            head("read_head_" + i, width, shifts);
        }
        for (int i = 0; i < writes; i++) {
            head("write_head_" + i, width, shifts);
        }
        ours.put("output.weight", tensor("output.weight", 2));
        ours.put("output.bias", tensor("output.bias", 1));
        initialReads(reads, width);
        NtmConfig config = new NtmConfig(
                preset.type(),
                new NtmConfig.Controller(size, layers, preset.controller().activation()),
                new NtmConfig.Memory(memory.shape().get(0), width, reads, writes, shifts / 2),
                preset.start(),
                preset.heads(),
                preset.outputClip(),
                preset.weights());
        Safetensors converted = Safetensors.of(Map.of(), List.copyOf(ours.values()));
        return Model.build(file, converted, config, ConfigTree.EMPTY, rows);
    }

    private void layer(int i, int layers, int size) {
        String to = "controller.lstm_" + i;
        put(to + ".weight_input", tensor(LSTM + "weight_ih_l" + i, 2));
        put(to + ".weight_hidden", tensor(LSTM + "weight_hh_l" + i, 2));
        float[] bias = tensor(LSTM + "bias_ih_l" + i, 1).data().clone();
        float[] second = tensor(LSTM + "bias_hh_l" + i, 1).data();
        if (bias.length != second.length) {
            throw new UserException(file + ": expected two biases of one length in layer " + i + ", found " + bias.length + " and "
                    + second.length);
        }
        for (int j = 0; j < bias.length; j++) {
            bias[j] += second[j];
        }
        ours.put(to + ".bias", StoredTensor.of(to + ".bias", bias, bias.length));
        state(to + ".initial_hidden", tensor("controller.initial_h", 3), i, layers, size);
        state(to + ".initial_cell", tensor("controller.initial_c", 3), i, layers, size);
    }

    private void state(String name, StoredTensor all, int layer, int layers, int size) {
        List<Integer> shape = List.of(layers, 1, size);
        if (!all.shape().equals(shape)) {
            throw new UserException(file + ": tensor " + all.name() + ": expected shape " + shape + ", found " + all.shape());
        }
        float[] one = new float[size];
        System.arraycopy(all.data(), layer * size, one, 0, size);
        ours.put(name, StoredTensor.of(name, one, 1, size));
    }

    private void head(String name, int width, int shifts) {
        StoredTensor weight = tensor(name + ".weight", 2);
        StoredTensor bias = tensor(name + ".bias", 1);
        put(name + ".weight", new StoredTensor(name + ".weight", weight.shape(), reversed(weight, width + 2, shifts)));
        put(name + ".bias", new StoredTensor(name + ".bias", bias.shape(), reversed(bias, width + 2, shifts)));
    }

    /** A tensor with some of its rows in reverse order. */
    private float[] reversed(StoredTensor tensor, int from, int count) {
        int columns = tensor.shape().size() == 2 ? tensor.shape().get(1) : 1;
        if (tensor.shape().get(0) < from + count) {
            throw new UserException(file + ": tensor " + tensor.name() + ": expected at least " + (from + count) + " rows, found shape "
                    + tensor.shape());
        }
        float[] data = tensor.data().clone();
        for (int i = 0; i < count; i++) {
            System.arraycopy(tensor.data(), (from + count - 1 - i) * columns, data, (from + i) * columns, columns);
        }
        return data;
    }

    private void initialReads(int heads, int width) {
        float[] reads = new float[heads * width];
        for (int i = 0; i < heads; i++) {
            StoredTensor read = tensor("initial_read_" + i, 2);
            if (read.data().length != width) {
                throw new UserException(file + ": tensor " + read.name() + ": expected " + width + " numbers, found shape " + read.shape());
            }
            System.arraycopy(read.data(), 0, reads, i * width, width);
        }
        ours.put("initial_read", StoredTensor.of("initial_read", reads, heads, width));
    }

    private void put(String name, StoredTensor tensor) {
        ours.put(name, new StoredTensor(name, tensor.shape(), tensor.data()));
    }

    private StoredTensor tensor(String name, int axes) {
        stored.requireRead(name, file.toString());
        StoredTensor tensor = stored.tensors().get(name);
        if (tensor == null || tensor.shape().size() != axes || tensor.shape().contains(0)) {
            throw new UserException(file + ": expected a tensor " + name + " with " + axes + (axes == 1 ? " axis" : " axes")
                    + " and not empty, found " + (tensor == null ? "none" : "shape " + tensor.shape()));
        }
        return tensor;
    }

    private int count(String prefix) {
        return count(prefix, "");
    }

    private int count(String prefix, String suffix) {
        List<String> found = new ArrayList<>();
        while (stored.tensors().containsKey(prefix + found.size() + suffix)) {
            found.add(prefix + found.size() + suffix);
        }
        return found.size();
    }
}
