package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.Elementary;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * The cross-entropy in nats of one symbol of many, {@code loss = mask * sum over j of y(j) (log sum e^z - z(j))}, for
 * probabilities {@code softmax(z)} and targets y, usually 1 at the symbol and 0 elsewhere. The derivative by {@code z(j)} is
 * {@code mask * (softmax(z)(j) * sum y - y(j))}.
 *
 * <p>With the largest logit z(m), {@code log sum e^z = z(m) + log(1 + r)}, where r is the sum of the other probabilities over
 * that of m. The loss is taken from {@code z(m) - z(j)} and from r, neither from the logarithm of a probability, which may be
 * zero, nor from that of the whole sum, which rounds to 1: so it is accurate for symbols that are nearly impossible and for
 * those that are nearly certain. What {@link AddressingKernels#LEAST_EXPONENT} cuts off is worth less than 2^-64 nats per
 * symbol.
 */
public final class SymbolCrossEntropy implements Operation {
    private final Tape tape;
    private final Tensor logits;
    private final Tensor targets;
    private final Tensor mask;
    private final Tensor loss;

    private SymbolCrossEntropy(Tape tape, Tensor logits, Tensor targets, Tensor mask) {
        this.tape = tape;
        this.logits = logits;
        this.targets = targets;
        this.mask = mask;
        this.loss = tape.allocate(logits.batch(), 1, 1);
        tape.reserveScratch(Rows.padded(logits.size()));
    }

    /**
     * Records the loss of one step. Where the mask is zero, the loss is zero and nothing is added to derivatives, whatever the
     * logits are.
     *
     * @param tape the tape
     * @param logits {@code [batch][1][symbols]}
     * @param targets how much each symbol counts, at least 0, {@code [batch][1][symbols]}, without derivatives
     * @param mask how much the step counts, {@code [batch][1][1]}, without derivatives
     * @return nats, {@code [batch][1][1]}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor of(Tape tape, Tensor logits, Tensor targets, Tensor mask) {
        logits.require("logits", logits.batch(), 1, logits.size());
        targets.require("targets", logits.batch(), 1, logits.size());
        mask.require("mask", logits.batch(), 1, 1);
        SymbolCrossEntropy operation = new SymbolCrossEntropy(tape, logits, targets, mask);
        tape.record(operation);
        return operation.loss;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        float[] probability = tape.scratch();
        for (int b = 0; b < logits.batch(); b++) {
            float weight = values[mask.at(b, 0)];
            float nats = 0;
            if (weight != 0) {
                int z = logits.at(b, 0);
                tape.kernels().addressing().softmax(1f, values, z, logits.size(), probability, 0);
                nats = nats(values, z, targets.at(b, 0), probability);
            }
            values[loss.at(b, 0)] = weight * nats;
        }
    }

    /** The loss of one sequence. Its sums are in double precision: however many symbols there are, they round once. */
    private float nats(float[] values, int z, int y, float[] probability) {
        int largest = 0;
        for (int j = 1; j < logits.size(); j++) {
            if (values[z + j] > values[z + largest]) {
                largest = j;
            }
        }
        double others = 0;
        double total = 0;
        double distance = 0;
        for (int j = 0; j < logits.size(); j++) {
            double target = values[y + j];
            others += j == largest ? 0 : probability[j];
            total += target;
            distance += target * ((double) values[z + largest] - values[z + j]);
        }
        // log(1 + r), by way of log r: softplus is accurate where r is small
        float above = Elementary.softplus(Elementary.log((float) (others / probability[largest])));
        return (float) (total * above + distance);
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] probability = tape.scratch();
        for (int b = 0; b < logits.batch(); b++) {
            float scale = values[mask.at(b, 0)] * gradients[loss.gradientAt(b, 0)];
            if (scale == 0) {
                continue;
            }
            int y = targets.at(b, 0);
            int dz = logits.gradientAt(b, 0);
            tape.kernels().addressing().softmax(1f, values, logits.at(b, 0), logits.size(), probability, 0);
            float total = total(values, y);
            for (int j = 0; j < logits.size(); j++) {
                gradients[dz + j] = Math.fma(scale, Math.fma(probability[j], total, -values[y + j]), gradients[dz + j]);
            }
        }
    }

    private float total(float[] values, int y) {
        double total = 0;
        for (int j = 0; j < targets.size(); j++) {
            total += values[y + j];
        }
        return (float) total;
    }
}
