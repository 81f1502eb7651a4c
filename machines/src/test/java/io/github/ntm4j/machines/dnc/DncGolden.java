package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.dnc.AddressingSettings.Clip;
import io.github.ntm4j.machines.dnc.AddressingSettings.Cosine;
import io.github.ntm4j.machines.dnc.AddressingSettings.Strength;
import io.github.ntm4j.machines.dnc.AddressingSettings.Vectors;
import io.github.ntm4j.machines.dnc.AllocationSettings.UsageGradient;
import io.github.ntm4j.machines.dnc.AllocationSettings.UsageOrder;
import io.github.ntm4j.machines.dnc.LinkSettings.Links;
import io.github.ntm4j.machines.dnc.StoreSettings.Start;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.Squash;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Machines;
import io.github.ntm4j.machines.machine.Outcome;
import io.github.ntm4j.machines.machine.Sequences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values that an independent implementation computed in float64 on random weights, with our names of the parameters.
 *
 * @param name of the file
 * @param config settings of the same machine
 * @param inputs width of its input
 * @param outputs width of its output
 * @param parameters by name
 * @param sequences what it was given
 * @param outcome what it did: of each step the parts that the file has
 */
record DncGolden(
        String name,
        DncConfig config,
        int inputs,
        int outputs,
        SequencedMap<String, double[]> parameters,
        Sequences sequences,
        Outcome outcome) {
    static DncGolden read(Path file) {
        return new Reader(JsonMapper.shared().readTree(file)).read(file.getFileName().toString());
    }

    /** The parts of a step's state that are in the file. */
    Set<String> parts() {
        return outcome.steps().getFirst().getFirst().keySet();
    }

    /** A machine of the project with these parameters. */
    Machine machine() {
        Machine machine = config.build(inputs, outputs);
        Machines.set(machine.parameters(), parameters);
        return machine;
    }

    @Override
    public String toString() {
        return name;
    }

    private record Reader(JsonNode root) {
        DncGolden read(String name) {
            int inputs = size("inputs", 0);
            int outputs = size("outputs", 0);
            Outcome outcome = new Outcome(steps(), root.get("loss_nats_summed").asDouble(), parameters("gradient"));
            return new DncGolden(name, config(), inputs, outputs, parameters("value"), sequences(), outcome);
        }

        private int size(String name, int absent) {
            return root.get("config").path(name).asInt(absent);
        }

        private String option(String name, String absent) {
            return root.get("options").path(name).asString(absent);
        }

        private double number(String name, double absent) {
            return root.get("options").path(name).asDouble(absent);
        }

        private boolean is(String name, boolean absent) {
            return root.get("options").path(name).asBoolean(absent);
        }

        private <E extends Enum<E>> E word(Class<E> type, String name, String absent) {
            return Enum.valueOf(type, option(name, absent).toUpperCase(Locale.ROOT));
        }

        private DncConfig config() {
            boolean linked = StreamSupport.stream(root.get("interface_layout").spliterator(), false)
                    .anyMatch(part -> part.get(0).asString().equals("read_modes"));
            boolean learned = root.get("parameters").has("initial_memory");
            return new DncConfig(
                    DncConfig.Type.DNC,
                    new ControllerSettings(
                            ControllerSettings.Kind.LSTM,
                            size("controller_size", 0),
                            size("controller_layers", 1),
                            Squash.TANH,
                            0,
                            0,
                            is("feed_reads", true),
                            0,
                            Initialisation.XAVIER),
                    new StoreSettings(
                            size("rows", 0),
                            size("width", 0),
                            size("read_heads", 0),
                            size("write_heads", 1),
                            learned ? Start.LEARNED : Start.ZERO,
                            StoreSettings.Tendency.NONE,
                            0),
                    new AddressingSettings(
                            word(Strength.class, "strength", "oneplus"),
                            word(Vectors.class, "vectors", "linear"),
                            cosine(),
                            is("mask", false),
                            is("mask", false) ? number("mask_min", 0) : 0,
                            is("layer_norm", false),
                            clip(),
                            number("clip_value", 20)),
                    new AllocationSettings(
                            word(UsageGradient.class, "usage_gradient", "stop"),
                            UsageOrder.SORTED,
                            0,
                            number("allocation_epsilon", 1e-6),
                            is("deallocate", false)),
                    new LinkSettings(linked ? Links.DENSE : Links.NONE, 8, linked && is("sharpen", false)));
        }

        private Cosine cosine() {
            return switch (option("cosine", "denominator")) {
                case "denominator" -> Cosine.DENOMINATOR;
                case "norms" -> Cosine.NORMS;
                default -> Cosine.EXACT;
            };
        }

        private Clip clip() {
            return switch (option("clip", "none")) {
                case "interface" -> Clip.INTERFACE;
                case "state" -> Clip.STATE;
                case "none", "null", "" -> Clip.NONE;
                default -> Clip.HIDDEN;
            };
        }

        private SequencedMap<String, double[]> parameters(String what) {
            SequencedMap<String, double[]> ours = new LinkedHashMap<>();
            root.get("parameters").forEachEntry((name, node) -> ours.put(ourName(name), numbers(node.get(what))));
            return ours;
        }

        private static String ourName(String name) {
            return name.startsWith("controller.") ? "controller.lstm_0." + name.substring("controller.".length()) : name;
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
                for (int b = 0; b < size("batch", 1); b++) {
                    SequencedMap<String, double[]> parts = new LinkedHashMap<>();
                    int sequence = b;
                    step.forEachEntry((name, node) -> parts.put(name, numbers(node.get(sequence))));
                    sequences.add(parts);
                }
                steps.add(sequences);
            }
            return steps;
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
