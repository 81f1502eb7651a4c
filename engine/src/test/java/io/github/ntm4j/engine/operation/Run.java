package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** A sample on a tape. */
final class Run {
    final Sample sample;
    final Parameters parameters = new Parameters();
    final Tape tape;
    final List<Operand.Placed> operands = new ArrayList<>();
    final List<Tensor> results;
    final Tape.Mark start;
    final Tape.Mark end;
    final float[] parameterGradients;

    /** Places the operands, records the operation, and so runs it forwards once. */
    Run(Sample sample, KernelProvider provider) {
        this.sample = sample;
        Sample.Recording recording = sample.construction().in(parameters);
        for (int i = 0; i < sample.weights().size(); i++) {
            parameters.entries().get(i).write(sample.weights().get(i).values(), parameters.values());
        }
        parameters.refresh();
        tape = new Tape(parameters, provider.create(), true);
        sample.operands().forEach(operand -> operands.add(operand.on(tape)));
        start = tape.start();
        results = recording.on(tape, operands.stream().map(Operand.Placed::tensor).toList());
        end = tape.mark();
        parameterGradients = new float[parameters.size()];
    }

    /** Puts the values of another sample of the same sizes in place of this run's own, and runs forwards again. */
    void replay(Sample other) {
        for (int i = 0; i < operands.size(); i++) {
            write(other.operands().get(i).values(), operands.get(i).tensor(), tape);
        }
        for (int i = 0; i < other.weights().size(); i++) {
            parameters.entries().get(i).write(other.weights().get(i).values(), parameters.values());
        }
        parameters.refresh();
        tape.forward(start, end);
    }

    /** Random derivatives of something by the results, none by those that are only there to be looked at. */
    static List<float[]> upstream(Run run, RandomGenerator random) {
        return run.results.stream()
                .map(r -> Values.normal(random, r.hasGradient() ? r.batch() * r.lines() * r.size() : 0))
                .toList();
    }

    /** Runs backwards from derivatives by the results, all others being zero. */
    void backward(List<float[]> upstream) {
        clear();
        addUpstream(upstream);
        tape.backward(end, parameterGradients);
    }

    void clear() {
        tape.clearGradients(end);
        Arrays.fill(parameterGradients, 0f);
    }

    void addUpstream(List<float[]> upstream) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).hasGradient()) {
                addDerivative(upstream.get(i), results.get(i));
            }
        }
    }

    void addDerivative(float[] elements, Tensor tensor) {
        float[] gradients = tape.gradients();
        for (int i = 0; i < elements.length; i++) {
            gradients[tensor.gradientAt(0, 0) + place(tensor, i)] += elements[i];
        }
    }

    float[] result(int index) {
        return read(tape.values(), results.get(index), results.get(index).at(0, 0));
    }

    float[] derivative(Tensor tensor) {
        return read(tape.gradients(), tensor, tensor.gradientAt(0, 0));
    }

    /** The derivative by an operand, or behind the operands by a weight; empty where none is kept. */
    float[] derivative(int index) {
        if (index < operands.size()) {
            Tensor tensor = operands.get(index).tensor();
            return tensor.hasGradient() ? derivative(tensor) : new float[0];
        }
        Entry entry = parameters.entries().get(index - operands.size());
        return entry.read(parameterGradients);
    }

    String name(int index) {
        return index < operands.size()
                ? sample.operands().get(index).name()
                : parameters.entries().get(index - operands.size()).name();
    }

    int derivatives() {
        return operands.size() + sample.weights().size();
    }

    float[] valuesInUse() {
        return Arrays.copyOf(tape.values(), tape.valueFloats());
    }

    float[] gradientsInUse() {
        return Arrays.copyOf(tape.gradients(), end.gradients());
    }

    static void write(float[] elements, Tensor tensor, Tape tape) {
        for (int i = 0; i < elements.length; i++) {
            tape.values()[tensor.at(0, 0) + place(tensor, i)] = elements[i];
        }
    }

    private static float[] read(float[] arena, Tensor tensor, int at) {
        float[] elements = new float[tensor.batch() * tensor.lines() * tensor.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = arena[at + place(tensor, i)];
        }
        return elements;
    }

    /** How far behind the first element of a tensor the i-th is. */
    private static int place(Tensor tensor, int i) {
        int line = i / tensor.size();
        return line / tensor.lines() * tensor.batchStride()
                + line % tensor.lines() * tensor.lineStride()
                + i % tensor.size();
    }
}
