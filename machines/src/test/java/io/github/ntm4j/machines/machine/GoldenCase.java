package io.github.ntm4j.machines.machine;

import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.ntm.NtmConfig;
import io.github.ntm4j.machines.ntm.NtmMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values that another implementation (pytorch-ntm, in float64) computed on random weights, in this project's names and conventions: its two
 * LSTM biases add up, and its shift columns are ours in reverse order.
 *
 * @param config settings of the same machine
 * @param inputs width of its input
 * @param outputs width of its output
 * @param parameters by name
 * @param weightings of every head before the first step, read heads first
 * @param sequences what it was given
 * @param outcome what it did
 */
record GoldenCase(
        NtmConfig config,
        int inputs,
        int outputs,
        SequencedMap<String, double[]> parameters,
        SequencedMap<String, double[]> weightings,
        Sequences sequences,
        Outcome outcome) {

    static GoldenCase read(String name) {
        return new Reader(root(name)).read();
    }

    private static JsonNode root(String name) {
        try (InputStream in = GoldenCase.class.getResourceAsStream("/golden/" + name + ".json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parameters as that implementation stores them: its names, its shapes, its conventions. */
    static List<StoredTensor> stored(String name) {
        List<StoredTensor> tensors = new ArrayList<>();
        root(name).get("parameters").forEachEntry((parameter, node) -> {
            if (!parameter.endsWith("weighting")) {
                List<Integer> shape = new ArrayList<>();
                node.get("shape").forEach(axis -> shape.add(axis.asInt()));
                double[] wide = Reader.numbers(node.get("value"));
                float[] data = new float[wide.length];
                for (int i = 0; i < wide.length; i++) {
                    data[i] = (float) wide[i];
                }
                tensors.add(new StoredTensor(parameter, shape, data));
            }
        });
        return tensors;
    }

    /** A machine of the project with these parameters. */
    NtmMachine<?> machine() {
        NtmMachine<?> machine = (NtmMachine<?>) config.build(inputs, outputs);
        Machines.set(machine.parameters(), parameters);
        return machine;
    }

    /** Turns a file into a case. */
    private static final class Reader {
        private static final int SHIFTS = 3;

        private final JsonNode root;
        private final int layers;
        private final int width;
        private final int readHeads;
        private final int writeHeads;

        Reader(JsonNode root) {
            this.root = root;
            this.layers = setting("controller_layers");
            this.width = setting("memory_width");
            this.readHeads = setting("read_heads");
            this.writeHeads = setting("write_heads");
        }

        private int setting(String name) {
            return root.get("config").get(name).asInt();
        }

        GoldenCase read() {
            MachineConfig config = Machines.config(
                    "preset=pytorch-ntm",
                    "machine.controller_size=" + setting("controller_size"),
                    "machine.controller_layers=" + layers,
                    "machine.rows=" + setting("memory_rows"),
                    "machine.width=" + width,
                    "machine.read_heads=" + readHeads,
                    "machine.write_heads=" + writeHeads);
            SequencedMap<String, double[]> gradients = parameters("gradient");
            gradients.putAll(weightings("gradient"));
            return new GoldenCase(
                    (NtmConfig) config,
                    setting("inputs"),
                    setting("outputs"),
                    parameters("value"),
                    weightings("value"),
                    sequences(),
                    new Outcome(steps(), root.get("loss_nats_summed").asDouble(), gradients));
        }

        private double[] parameter(String name, String what) {
            return numbers(root.get("parameters").get(name).get(what));
        }

        private SequencedMap<String, double[]> parameters(String what) {
            SequencedMap<String, double[]> ours = new LinkedHashMap<>();
            for (int i = 0; i < layers; i++) {
                String to = "controller.lstm_" + i;
                ours.put(to + ".weight_input", parameter("controller.lstm.weight_ih_l" + i, what));
                ours.put(to + ".weight_hidden", parameter("controller.lstm.weight_hh_l" + i, what));
                ours.put(to + ".bias", bias(i, what));
                ours.put(to + ".initial_hidden", numbers(root.get("parameters").get("controller.initial_h").get(what).get(i)));
                ours.put(to + ".initial_cell", numbers(root.get("parameters").get("controller.initial_c").get(what).get(i)));
            }
            for (String head : heads()) {
                ours.put(head + ".weight", shiftsReversed(parameter(head + ".weight", what), setting("controller_size")));
                ours.put(head + ".bias", shiftsReversed(parameter(head + ".bias", what), 1));
            }
            ours.put("output.weight", parameter("output.weight", what));
            ours.put("output.bias", parameter("output.bias", what));
            ours.put("initial_memory", parameter("initial_memory", what));
            DoubleStream reads = DoubleStream.empty();
            for (int i = 0; i < readHeads; i++) {
                reads = DoubleStream.concat(reads, DoubleStream.of(parameter("initial_read_" + i, what)));
            }
            ours.put("initial_read", reads.toArray());
            return ours;
        }

        /** Biases add up; the derivative by the sum is the derivative by each. */
        private double[] bias(int layer, String what) {
            double[] bias = parameter("controller.lstm.bias_ih_l" + layer, what);
            double[] second = parameter("controller.lstm.bias_hh_l" + layer, what);
            for (int i = 0; i < bias.length; i++) {
                bias[i] = what.equals("value") ? bias[i] + second[i] : (bias[i] + second[i]) / 2;
            }
            return bias;
        }

        private double[] shiftsReversed(double[] rows, int columns) {
            double[] ours = rows.clone();
            for (int s = 0; s < SHIFTS; s++) {
                System.arraycopy(rows, (width + 2 + s) * columns, ours, (width + 2 + SHIFTS - 1 - s) * columns, columns);
            }
            return ours;
        }

        private List<String> heads() {
            List<String> heads = new ArrayList<>();
            for (int i = 0; i < readHeads; i++) {
                heads.add("read_head_" + i);
            }
            for (int i = 0; i < writeHeads; i++) {
                heads.add("write_head_" + i);
            }
            return heads;
        }

        private SequencedMap<String, double[]> weightings(String what) {
            SequencedMap<String, double[]> weightings = new LinkedHashMap<>();
            for (String head : heads()) {
                weightings.put(head + ".initial_weighting", parameter(head + ".initial_weighting", what));
            }
            return weightings;
        }

        private Sequences sequences() {
            JsonNode inputs = root.get("inputs");
            JsonNode targets = root.get("targets");
            int steps = inputs.size();
            int first = steps - targets.size();
            Sequences sequences = new Sequences(new double[steps][][], new double[steps][][], new boolean[steps]);
            for (int t = 0; t < steps; t++) {
                sequences.counted()[t] = t >= first;
                sequences.inputs()[t] = vectors(inputs.get(t));
                sequences.targets()[t] = vectors(targets.get(Math.max(0, t - first)));
            }
            return sequences;
        }

        private List<List<Map<String, double[]>>> steps() {
            List<List<Map<String, double[]>>> steps = new ArrayList<>();
            for (JsonNode step : root.get("steps")) {
                List<Map<String, double[]>> sequences = new ArrayList<>();
                for (int b = 0; b < setting("batch"); b++) {
                    SequencedMap<String, double[]> parts = new LinkedHashMap<>();
                    parts.put("hidden", ofSequence(step.get("controller_h"), b));
                    parts.put("cells", ofSequence(step.get("controller_c"), b));
                    parts.put("memory", numbers(step.get("memory").get(b)));
                    parts.put("weightings", ofSequence(step.get("weightings"), b));
                    parts.put("reads", ofSequence(step.get("reads"), b));
                    parts.put("output", numbers(step.get("output").get(b)));
                    sequences.add(parts);
                }
                steps.add(sequences);
            }
            return steps;
        }

        /** One sequence's part of {@code [layers or heads][batch][...]}. */
        private static double[] ofSequence(JsonNode all, int b) {
            DoubleStream.Builder part = DoubleStream.builder();
            all.forEach(one -> collect(one.get(b), part));
            return part.build().toArray();
        }

        private static double[][] vectors(JsonNode all) {
            double[][] vectors = new double[all.size()][];
            for (int b = 0; b < vectors.length; b++) {
                vectors[b] = numbers(all.get(b));
            }
            return vectors;
        }

        private static double[] numbers(JsonNode node) {
            DoubleStream.Builder numbers = DoubleStream.builder();
            collect(node, numbers);
            return numbers.build().toArray();
        }

        private static void collect(JsonNode node, DoubleStream.Builder numbers) {
            if (node.isArray()) {
                node.forEach(child -> collect(child, numbers));
            } else {
                numbers.add(node.asDouble());
            }
        }
    }
}
