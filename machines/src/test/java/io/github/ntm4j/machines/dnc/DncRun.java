package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.LstmController;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineState;
import io.github.ntm4j.machines.machine.MemoryMachine;
import io.github.ntm4j.machines.machine.Outcome;
import io.github.ntm4j.machines.machine.Sequences;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Sequences through a Differentiable Neural Computer of the project, recorded on a tape and run backwards. */
final class DncRun {
    private final Tape tape;
    private final DncConfig config;
    private final Sequences sequences;
    private final Set<String> wanted;
    private final List<List<Map<String, double[]>>> steps = new ArrayList<>();
    private final List<Tensor> losses = new ArrayList<>();

    private DncRun(DncConfig config, MemoryMachine<?, DncState> machine, KernelProvider provider, Sequences sequences, Set<String> wanted) {
        this.tape = new Tape(machine.parameters(), provider.create(), true);
        this.config = config;
        this.sequences = sequences;
        this.wanted = wanted;
    }

    /**
     * What a machine does.
     *
     * @param wanted parts of each step by their names in golden files
     */
    static Outcome of(DncConfig config, Machine machine, KernelProvider provider, Sequences sequences, Set<String> wanted) {
        @SuppressWarnings("unchecked") // that is what such settings make
        MemoryMachine<?, DncState> dnc = (MemoryMachine<?, DncState>) machine;
        return new DncRun(config, dnc, provider, sequences, wanted).run(dnc);
    }

    private <C extends State> Outcome run(MemoryMachine<C, DncState> machine) {
        int batch = sequences.batch();
        MachineState<C, DncState> state = machine.initialState(tape, batch);
        for (int t = 0; t < sequences.steps(); t++) {
            Tensor input = tape.allocateValues(batch, 1, machine.inputs());
            Tensor target = tape.allocateValues(batch, 1, machine.outputs());
            Tensor mask = tape.allocateValues(batch, 1, 1);
            for (int b = 0; b < batch; b++) {
                fill(input, b, sequences.inputs()[t][b]);
                fill(target, b, sequences.targets()[t][b]);
                fill(mask, b, sequences.counted()[t] ? 1 : 0);
            }
            Step<MachineState<C, DncState>> step = machine.step(tape, input, state);
            state = step.state();
            losses.add(BitCrossEntropy.of(tape, step.output(), target, mask));
            List<Map<String, double[]>> parts = new ArrayList<>();
            for (int b = 0; b < batch; b++) {
                parts.add(parts(state, step.output(), b));
            }
            steps.add(parts);
        }
        return outcome(machine);
    }

    private void fill(Tensor tensor, int b, double... vector) {
        for (int i = 0; i < vector.length; i++) {
            tape.values()[tensor.at(b, 0) + i] = (float) vector[i];
        }
    }

    private Map<String, double[]> parts(MachineState<?, DncState> state, Tensor logits, int b) {
        SequencedMap<String, double[]> parts = new LinkedHashMap<>();
        if (state.controller() instanceof LstmController.Layers lstm) {
            parts.put("controller_h", flat(lstm.hidden(), b));
            parts.put("controller_c", flat(lstm.cells(), b));
        }
        DncState memory = state.memory();
        parts.put("memory", transposed(flat(List.of(memory.memory()), b), config.store().rows()));
        parts.put("write_weighting", flat(List.of(memory.writes()), b));
        parts.put("read_weighting", flat(List.of(memory.weightings()), b));
        parts.put("reads", flat(List.of(memory.reads()), b));
        parts.put("precedence", flat(memory.precedences(), b));
        parts.put("link", config.linking().links() == LinkSettings.Links.SPARSE ? tables(memory.links(), b) : flat(memory.links(), b));
        parts.put("logits", flat(List.of(logits), b));
        parts.put("interface", named("interface", b));
        parts.put("retention", named("memory/retention", b));
        parts.put("usage", named("memory/usage", b));
        parts.put("free_list", named("memory/free list", b));
        parts.put("allocation", named("write 1/allocation", b));
        parts.put("write_content", named("write ", config.store().writeHeads(), "content", b));
        int readHeads = config.store().readHeads();
        parts.put("read_content", named("read ", readHeads, "content", b));
        parts.put("read_modes", named("read ", readHeads, "mode", b));
        for (String name : List.of("forward", "backward", "forward_sharpened", "backward_sharpened")) {
            DoubleStream all = DoubleStream.empty();
            for (int i = 1; i <= readHeads; i++) {
                for (int k = 1; k <= memory.links().size(); k++) {
                    String of = "read " + i + "/" + name.replace('_', ' ') + (k == 1 ? "" : " " + k);
                    all = DoubleStream.concat(all, DoubleStream.of(named(of, b)));
                }
            }
            parts.put(name, all.toArray());
        }
        parts.keySet().retainAll(wanted);
        return parts;
    }

    private double[] named(String head, int heads, String name, int b) {
        DoubleStream all = DoubleStream.empty();
        for (int i = 1; i <= heads; i++) {
            all = DoubleStream.concat(all, DoubleStream.of(named(head + i + "/" + name, b)));
        }
        return all.toArray();
    }

    private double[] named(String name, int b) {
        Tensor tensor = tape.names().get(name);
        return tensor == null ? new double[0] : flat(List.of(tensor), b);
    }

    private double[] flat(List<Tensor> tensors, int b) {
        DoubleStream.Builder all = DoubleStream.builder();
        for (Tensor tensor : tensors) {
            for (int line = 0; line < tensor.lines(); line++) {
                for (int i = 0; i < tensor.size(); i++) {
                    all.add(tape.values()[tensor.at(b, line) + i]);
                }
            }
        }
        return all.build().toArray();
    }

    /** Sparse links as tables of rows by rows. */
    private double[] tables(List<Tensor> links, int b) {
        DoubleStream.Builder all = DoubleStream.builder();
        for (Tensor link : links) {
            Signals signals = new Signals();
            Signal table = signals.relation("link", signals.store("memory", config.store().rows(), 1)).inEntries();
            float[][] lines = new float[2][];
            for (int line = 0; line < 2; line++) {
                lines[line] = Arrays.copyOfRange(tape.values(), link.at(b, line), link.at(b, line) + link.size());
            }
            for (float cell : table.flat(lines)) {
                all.add(cell);
            }
        }
        return all.build().toArray();
    }

    /** {@code [width][rows]} as {@code [rows][width]}. */
    private static double[] transposed(double[] memory, int rows) {
        double[] result = new double[memory.length];
        int width = memory.length / rows;
        for (int i = 0; i < result.length; i++) {
            result[i] = memory[i % width * rows + i / width];
        }
        return result;
    }

    private Outcome outcome(Machine machine) {
        double nats = 0;
        for (Tensor loss : losses) {
            for (int b = 0; b < loss.batch(); b++) {
                nats += tape.values()[loss.at(b, 0)];
                tape.gradients()[loss.gradientAt(b, 0)] = 1;
            }
        }
        float[] parameterGradients = new float[machine.parameters().size()];
        tape.backward(tape.mark(), parameterGradients);
        SequencedMap<String, double[]> gradients = new LinkedHashMap<>();
        for (Entry entry : machine.parameters().entries()) {
            float[] elements = entry.read(parameterGradients);
            double[] wide = new double[elements.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = elements[i];
            }
            gradients.put(entry.name(), wide);
        }
        return new Outcome(steps, nats, gradients);
    }
}
