package io.github.ntm4j.engine.tape;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.ContentWeighting;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.operation.LstmCell;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.operation.Repeat;
import io.github.ntm4j.engine.operation.Softmax;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small Neural Turing Machine, recorded for some steps: what a tape is for. */
final class RecurrentMachine {
    private static final int BATCH = 2;
    private static final int INPUTS = 5;
    private static final int UNITS = 6;
    private static final int WIDTH = 4;
    private static final int ROWS = 9;
    private static final int HEAD = 3 * WIDTH + 6;

    final Parameters parameters = new Parameters();
    final Tape tape;
    final List<Tensor> losses = new ArrayList<>();
    final List<Tape.Mark> marks = new ArrayList<>();
    private final List<Tensor> inputs = new ArrayList<>();

    private final Matrix controller;
    private final Matrix head;
    private final Matrix output;
    private final Grid initialMemory;
    private final Grid initialWeighting;
    private final Grid initialState;

    /** Records some steps on inputs that a seed decides. */
    RecurrentMachine(int steps, long seed, KernelProvider provider, boolean training) {
        controller = parameters.addMatrix("controller", INPUTS + WIDTH + UNITS, 4, UNITS);
        head = parameters.addMatrix("head", UNITS, 1, HEAD);
        output = parameters.addMatrix("output", UNITS + WIDTH, 1, INPUTS);
        initialMemory = parameters.addGrid("memory", WIDTH, ROWS, true);
        initialWeighting = parameters.addGrid("weighting", 1, ROWS, true);
        initialState = parameters.addGrid("state", 1, UNITS, false);
        Random random = new Random(1);
        for (Matrix matrix : List.of(controller, head, output)) {
            for (int i = 0; i <= matrix.inputs(); i++) {
                for (int j = 0; j < matrix.groups() * matrix.groupSize(); j++) {
                    parameters.values()[matrix.at(i, j)] = (float) (0.5 * random.nextGaussian());
                }
            }
        }
        for (int m = 0; m < WIDTH; m++) {
            for (int n = 0; n < ROWS; n++) {
                parameters.values()[initialMemory.at(m) + n] = (float) random.nextGaussian();
            }
        }
        tape = new Tape(parameters, provider.create(), training);
        record(steps, seed);
    }

    private void record(int steps, long seed) {
        Tensor hidden = Repeat.of(tape, initialState, BATCH);
        Tensor cell = Repeat.of(tape, initialState, BATCH);
        Tensor memory = Repeat.of(tape, initialMemory, BATCH);
        Tensor weighting = Softmax.of(tape, Repeat.of(tape, initialWeighting, BATCH));
        Tensor read = Read.of(tape, memory, weighting);
        for (int step = 0; step < steps; step++) {
            Tensor input = tape.allocateValues(BATCH, 1, INPUTS);
            Tensor target = tape.allocateValues(BATCH, 1, INPUTS);
            Tensor mask = tape.allocateValues(BATCH, 1, 1);
            inputs.addAll(List.of(input, target, mask));
            fill(seed, step);
            Tensor gates = Linear.of(tape, controller, List.of(input, read, hidden));
            LstmCell.State state = LstmCell.of(tape, gates, cell);
            hidden = state.hidden();
            cell = state.cell();
            Tensor row = ActivateColumns.of(
                    tape,
                    Linear.of(tape, head, List.of(hidden)),
                    List.of(
                            Columns.of(0, WIDTH, Activation.TANH),
                            Columns.of(WIDTH, 1, Activation.SOFTPLUS),
                            Columns.of(WIDTH + 1, 1, Activation.SIGMOID),
                            Columns.softmax(WIDTH + 2, 3),
                            Columns.of(WIDTH + 5, 1, Activation.ONE_PLUS_SOFTPLUS),
                            Columns.of(WIDTH + 6, WIDTH, Activation.SIGMOID),
                            Columns.of(2 * WIDTH + 6, WIDTH, Activation.TANH)));
            Tensor content = ContentWeighting.of(tape, row.slice(0, WIDTH), row.slice(WIDTH, 1), memory).weighting();
            weighting = LocationWeighting.of(
                            tape,
                            content,
                            weighting,
                            row.slice(WIDTH + 1, 1),
                            row.slice(WIDTH + 2, 3),
                            row.slice(WIDTH + 5, 1))
                    .weighting();
            memory = EraseAdd.of(tape, memory, weighting, row.slice(WIDTH + 6, WIDTH), row.slice(2 * WIDTH + 6, WIDTH));
            read = Read.of(tape, memory, weighting);
            Tensor logits = Linear.of(tape, output, List.of(hidden, read));
            losses.add(BitCrossEntropy.of(tape, logits, target, mask));
            marks.add(tape.mark());
        }
    }

    /** Inputs, targets and mask of a step. */
    private void fill(long seed, int step) {
        Random random = new Random(seed + step);
        for (Tensor tensor : inputs.subList(3 * step, 3 * step + 3)) {
            for (int b = 0; b < BATCH; b++) {
                for (int i = 0; i < tensor.size(); i++) {
                    tape.values()[tensor.at(b, 0) + i] = random.nextInt(4) == 0 ? 0f : 1f;
                }
            }
        }
    }

    /** Runs the first steps on inputs of another seed. */
    void replay(int steps, long seed) {
        for (int step = 0; step < steps; step++) {
            fill(seed, step);
        }
        tape.forward(tape.start(), marks.get(steps - 1));
    }

    /** Derivatives of the sum of the losses of the first steps by the parameters. */
    float[] backward(int steps) {
        float[] gradients = new float[parameters.size()];
        deriveLosses(steps);
        tape.backward(marks.get(steps - 1), gradients);
        return gradients;
    }

    /** Derivatives of the sum of all losses, in two parts: the steps behind the cut, then those before it; 0 for no cut. */
    float[] backwardInParts(int cut) {
        float[] gradients = new float[parameters.size()];
        deriveLosses(marks.size());
        Tape.Mark end = marks.getLast();
        if (cut > 0) {
            tape.backward(end, marks.get(cut - 1), gradients);
            end = marks.get(cut - 1);
        }
        tape.backward(end, tape.start(), gradients);
        return gradients;
    }

    void deriveLosses(int steps) {
        tape.clearGradients(marks.get(steps - 1));
        for (Tensor loss : losses.subList(0, steps)) {
            for (int b = 0; b < BATCH; b++) {
                tape.gradients()[loss.gradientAt(b, 0)] = 1f;
            }
        }
    }

    /** The losses of the first steps, sequence by sequence. */
    float[] losses(int steps) {
        float[] read = new float[BATCH * steps];
        for (int i = 0; i < read.length; i++) {
            read[i] = tape.values()[losses.get(i / BATCH).at(i % BATCH, 0)];
        }
        return read;
    }
}
