package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * The cross-entropy in nats of independent bits, {@code loss = mask * sum over j of softplus(z(j)) - y(j) z(j)}, for
 * probabilities {@code sigmoid(z)} and targets y in [0, 1].
 */
public final class BitCrossEntropy implements Operation {
    private final Tape tape;
    private final Tensor logits;
    private final Tensor targets;
    private final Tensor mask;
    private final Tensor loss;

    /** Logits with their padding: kernels are faster over whole blocks. */
    private final int padded;

    private BitCrossEntropy(Tape tape, Tensor logits, Tensor targets, Tensor mask) {
        this.tape = tape;
        this.logits = logits;
        this.targets = targets;
        this.mask = mask;
        this.loss = tape.allocate(logits.batch(), 1, 1);
        this.padded = Rows.padded(logits.size());
        tape.reserveScratch(padded);
    }

    /**
     * Records the loss of one step.
     *
     * @param tape the tape
     * @param logits {@code [batch][1][outputs]}
     * @param targets {@code [batch][1][outputs]}, without derivatives
     * @param mask how much the step counts, {@code [batch][1][1]}, without derivatives
     * @return nats, {@code [batch][1][1]}
     */
    public static Tensor of(Tape tape, Tensor logits, Tensor targets, Tensor mask) {
        logits.require("logits", logits.batch(), 1, logits.size());
        targets.require("targets", logits.batch(), 1, logits.size());
        mask.require("mask", logits.batch(), 1, 1);
        BitCrossEntropy operation = new BitCrossEntropy(tape, logits, targets, mask);
        tape.record(operation);
        return operation.loss;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        float[] softplus = tape.scratch();
        for (int b = 0; b < logits.batch(); b++) {
            float weight = values[mask.at(b, 0)];
            float sum = 0;
            if (weight != 0) {
                int z = logits.at(b, 0);
                int y = targets.at(b, 0);
                tape.kernels().elements().activate(Activation.SOFTPLUS, values, z, padded, softplus, 0);
                for (int j = 0; j < logits.size(); j++) {
                    sum += Math.fma(-values[y + j], values[z + j], softplus[j]);
                }
            }
            values[loss.at(b, 0)] = weight * sum;
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] probability = tape.scratch();
        ElementKernels kernels = tape.kernels().elements();
        for (int b = 0; b < logits.batch(); b++) {
            float scale = values[mask.at(b, 0)] * gradients[loss.gradientAt(b, 0)];
            if (scale == 0) {
                continue;
            }
            int y = targets.at(b, 0);
            int dz = logits.gradientAt(b, 0);
            kernels.activate(Activation.SIGMOID, values, logits.at(b, 0), padded, probability, 0);
            for (int j = 0; j < logits.size(); j++) {
                gradients[dz + j] = Math.fma(scale, probability[j] - values[y + j], gradients[dz + j]);
            }
        }
    }
}
