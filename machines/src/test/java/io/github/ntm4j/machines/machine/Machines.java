package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Machines of all kinds for tests, described as users describe them. */
public final class Machines {
    private Machines() {}

    /** The settings of a machine: those of its preset, changed as the {@code key=value} say. */
    public static MachineConfig config(String... assignments) {
        ConfigTree tree = ConfigTree.EMPTY;
        for (String assignment : assignments) {
            tree = tree.with(ConfigTree.assignment(assignment));
        }
        return MachineKinds.of(tree);
    }

    /** Writes a machine with its settings as files of models have them. */
    public static void write(Machine machine, MachineConfig config, Path file) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of("type", config.name()));
        settings.putAll(Settings.describe((Record) config));
        List<StoredTensor> tensors = machine.parameters().entries().stream()
                .map(entry -> new StoredTensor(entry.name(), entry.shape(), entry.read(machine.parameters().values())))
                .toList();
        Safetensors.of(Map.of("config", ConfigWriter.toJson(Map.of("preset", "default", "machine", settings))), tensors).write(file);
    }

    /**
     * Gives every parameter, biases and initial states too, values that depend on the seed and its name alone, so that machines that share
     * a parameter share its values.
     */
    public static void draw(Parameters parameters, long seed) {
        for (Entry entry : parameters.entries()) {
            Random64 random = Random64.of(seed, entry.name(), 0);
            boolean weights = entry.name().contains("weight") && !entry.name().endsWith("weighting");
            double limit = weights ? 1.5 / Math.sqrt(entry.shape().getLast()) : 0.5;
            float[] elements = new float[entry.elements()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = random.nextFloat(-limit, limit);
            }
            entry.write(elements, parameters.values());
        }
        parameters.refresh();
    }

    /** The parameters as doubles, by name. */
    public static SequencedMap<String, double[]> values(Parameters parameters) {
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        for (Entry entry : parameters.entries()) {
            float[] elements = entry.read(parameters.values());
            double[] wide = new double[elements.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = elements[i];
            }
            values.put(entry.name(), wide);
        }
        return values;
    }

    /** Sets the parameters of some names. */
    public static void set(Parameters parameters, SequencedMap<String, double[]> values) {
        for (Entry entry : parameters.entries()) {
            double[] wide = values.get(entry.name());
            float[] elements = new float[wide.length];
            for (int i = 0; i < wide.length; i++) {
                elements[i] = (float) wide[i];
            }
            entry.write(elements, parameters.values());
        }
        parameters.refresh();
    }
}
