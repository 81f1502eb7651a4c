package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Half the squared distance of outputs from real numbers, {@code loss = mask * sum over j of (z(j) - y(j))^2 / 2}. But for a
 * constant it is the cross-entropy in nats of normal distributions of variance one around the outputs. The derivative by
 * {@code z(j)} is {@code mask * (z(j) - y(j))}.
 */
public final class SquaredError implements Operation {
    private final Tape tape;
    private final Tensor outputs;
    private final Tensor targets;
    private final Tensor mask;
    private final Tensor loss;

    private SquaredError(Tape tape, Tensor outputs, Tensor targets, Tensor mask) {
        this.tape = tape;
        this.outputs = outputs;
        this.targets = targets;
        this.mask = mask;
        this.loss = tape.allocate(outputs.batch(), 1, 1);
    }

    /**
     * Records the loss of one step. Where the mask is zero, the loss is zero and nothing is added to derivatives, whatever the
     * outputs are.
     *
     * @param tape the tape
     * @param outputs {@code [batch][1][outputs]}
     * @param targets {@code [batch][1][outputs]}, without derivatives
     * @param mask how much the step counts, {@code [batch][1][1]}, without derivatives
     * @return the loss, {@code [batch][1][1]}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor of(Tape tape, Tensor outputs, Tensor targets, Tensor mask) {
        outputs.require("outputs", outputs.batch(), 1, outputs.size());
        targets.require("targets", outputs.batch(), 1, outputs.size());
        mask.require("mask", outputs.batch(), 1, 1);
        SquaredError operation = new SquaredError(tape, outputs, targets, mask);
        tape.record(operation);
        return operation.loss;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < outputs.batch(); b++) {
            float weight = values[mask.at(b, 0)];
            double sum = 0; // in double precision: however many outputs there are, it rounds once
            if (weight != 0) {
                int z = outputs.at(b, 0);
                int y = targets.at(b, 0);
                for (int j = 0; j < outputs.size(); j++) {
                    double error = (double) values[z + j] - values[y + j];
                    sum += error * error;
                }
            }
            values[loss.at(b, 0)] = weight * (float) (sum / 2);
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < outputs.batch(); b++) {
            float scale = values[mask.at(b, 0)] * gradients[loss.gradientAt(b, 0)];
            if (scale == 0) {
                continue;
            }
            int z = outputs.at(b, 0);
            int y = targets.at(b, 0);
            int dz = outputs.gradientAt(b, 0);
            for (int j = 0; j < outputs.size(); j++) {
                gradients[dz + j] = Math.fma(scale, values[z + j] - values[y + j], gradients[dz + j]);
            }
        }
    }
}
