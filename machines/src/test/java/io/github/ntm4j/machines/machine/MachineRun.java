package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.LstmController;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.ntm.InitialMemory;
import io.github.ntm4j.machines.ntm.NtmMachine;
import io.github.ntm4j.machines.ntm.NtmMemoryState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Sequences through a machine of the project, recorded on a tape and run backwards. */
final class MachineRun {
    private static final String INITIAL_MEMORY = "initial_memory";

    private final Tape tape;
    private final Sequences sequences;
    private final int batch;
    private final List<List<Map<String, double[]>>> steps = new ArrayList<>();
    private final List<Tensor> losses = new ArrayList<>();
    private float[] parameterGradients = new float[0];

    private MachineRun(Machine machine, KernelProvider provider, Sequences sequences) {
        this.tape = new Tape(machine.parameters(), provider.create(), true);
        this.sequences = sequences;
        this.batch = sequences.batch();
    }

    /** Runs a machine forwards and backwards, from the state that it begins with. */
    static Outcome of(Machine machine, KernelProvider provider, Sequences sequences) {
        MachineRun run = new MachineRun(machine, provider, sequences);
        return run.outcome(machine, run.recordAll(StepMachine.required(machine, "a reference")));
    }

    /**
     * The same from given weightings.
     *
     * @param weightings of every head, read heads first
     */
    static Outcome of(NtmMachine<?> machine, KernelProvider provider, Sequences sequences, SequencedMap<String, double[]> weightings) {
        return new MachineRun(machine, provider, sequences).from(machine, weightings);
    }

    private <C extends State> Outcome from(NtmMachine<C> machine, SequencedMap<String, double[]> weightings) {
        MachineState<C, NtmMemoryState> initial = machine.initialState(tape, batch);
        NtmMemoryState own = initial.memory();
        List<Tensor> given = new ArrayList<>();
        List<double[]> rows = List.copyOf(weightings.values());
        int head = 0;
        for (Tensor weighting : own.weightings()) {
            Tensor leaf = tape.allocate(batch, weighting.lines(), weighting.size());
            for (int line = 0; line < leaf.lines(); line++) {
                for (int b = 0; b < batch; b++) {
                    fill(leaf, b, line, rows.get(head));
                }
                head++;
            }
            given.add(leaf);
        }
        MachineState<C, NtmMemoryState> first =
                new MachineState<>(initial.controller(), new NtmMemoryState(own.memory(), given, own.reads()));
        record(machine, first);
        Outcome outcome = outcome(machine, first);
        List<double[]> derivatives = given.stream().flatMap(leaf -> lines(leaf).stream()).toList();
        int i = 0;
        for (String name : weightings.keySet()) {
            outcome.gradients().put(name, derivatives.get(i++));
        }
        return outcome;
    }

    private <S extends State> S recordAll(StepMachine<S> machine) {
        S first = machine.initialState(tape, batch);
        record(machine, first);
        return first;
    }

    private <S extends State> void record(StepMachine<S> machine, S first) {
        S state = first;
        for (int t = 0; t < sequences.steps(); t++) {
            Tensor input = tape.allocateValues(batch, 1, machine.inputs());
            Tensor target = tape.allocateValues(batch, 1, machine.outputs());
            Tensor mask = tape.allocateValues(batch, 1, 1);
            for (int b = 0; b < batch; b++) {
                fill(input, b, 0, sequences.inputs()[t][b]);
                fill(target, b, 0, sequences.targets()[t][b]);
                fill(mask, b, 0, sequences.counted()[t] ? 1 : 0);
            }
            Step<S> step = machine.step(tape, input, state);
            state = step.state();
            losses.add(BitCrossEntropy.of(tape, step.output(), target, mask));
            List<Map<String, double[]>> parts = new ArrayList<>();
            for (int b = 0; b < batch; b++) {
                parts.add(parts(state, step.output(), b));
            }
            steps.add(parts);
        }
    }

    private void fill(Tensor tensor, int b, int line, double... vector) {
        for (int i = 0; i < vector.length; i++) {
            tape.values()[tensor.at(b, line) + i] = (float) vector[i];
        }
    }

    private Map<String, double[]> parts(State state, Tensor logits, int b) {
        SequencedMap<String, double[]> parts = new LinkedHashMap<>();
        State controller = state instanceof MachineState<?, ?> machine ? machine.controller() : state;
        List<Tensor> none = List.of();
        parts.put("hidden", flat(controller instanceof LstmController.Layers lstm ? lstm.hidden() : none, b));
        parts.put("cells", flat(controller instanceof LstmController.Layers lstm ? lstm.cells() : none, b));
        NtmMemoryState ntm = memory(state);
        parts.put("memory", ntm == null ? new double[0] : transposed(flat(List.of(ntm.memory()), b), ntm.memory().size()));
        parts.put("weightings", flat(ntm == null ? none : ntm.weightings(), b));
        parts.put("reads", flat(ntm == null ? none : List.of(ntm.reads()), b));
        float[] probabilities = new float[logits.size()];
        tape.kernels().elements().activate(Activation.SIGMOID, tape.values(), logits.at(b, 0), logits.size(), probabilities, 0);
        parts.put("output", widened(probabilities));
        return parts;
    }

    private static @Nullable NtmMemoryState memory(State state) {
        return state instanceof MachineState<?, ?>(var controller, NtmMemoryState memory) ? memory : null;
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

    private static double[] widened(float[] vector) {
        double[] wide = new double[vector.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = vector[i];
        }
        return wide;
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

    /** Derivatives by a place before the first step, summed over the sequences, line by line. */
    private List<double[]> lines(Tensor leaf) {
        List<double[]> lines = new ArrayList<>();
        for (int line = 0; line < leaf.lines(); line++) {
            double[] derivative = new double[leaf.size()];
            for (int b = 0; b < batch; b++) {
                for (int i = 0; i < derivative.length; i++) {
                    derivative[i] += tape.gradients()[leaf.gradientAt(b, line) + i];
                }
            }
            lines.add(derivative);
        }
        return lines;
    }

    private Outcome outcome(Machine machine, State first) {
        double nats = 0;
        for (Tensor loss : losses) {
            for (int b = 0; b < batch; b++) {
                nats += tape.values()[loss.at(b, 0)];
                tape.gradients()[loss.gradientAt(b, 0)] = 1;
            }
        }
        parameterGradients = new float[machine.parameters().size()];
        tape.backward(tape.mark(), parameterGradients);
        SequencedMap<String, double[]> gradients = new LinkedHashMap<>();
        for (Entry entry : machine.parameters().entries()) {
            gradients.put(entry.name(), widened(entry.read(parameterGradients)));
        }
        NtmMemoryState ntm = memory(first);
        if (ntm != null && machine instanceof NtmMachine<?> typed
                && typed.config().start().memory() == InitialMemory.RANDOM) {
            // Stays as drawn: nothing for training to take, but on the tape there is a derivative.
            if (DoubleStream.of(gradients.get(INITIAL_MEMORY)).anyMatch(d -> d != 0)) {
                throw new AssertionError("derivative by a memory that stays as drawn");
            }
            double[] flat = lines(ntm.memory()).stream().flatMapToDouble(DoubleStream::of).toArray();
            gradients.put(INITIAL_MEMORY, transposed(flat, ntm.memory().size()));
        }
        return new Outcome(steps, nats, gradients);
    }
}
