package io.github.ntm4j.core.benchmark;

import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.engine.operation.ContentWeighting;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.tape.Operation;
import java.util.Set;

/**
 * The least that parts of a training step can take. Operations are those of the equations, over the multiply-add peak. Bytes are those of
 * what is large: the weights of a linear map once for all sequences of a step, the memory and its derivative once for each time that an
 * operation reads or writes them; over the bandwidth of the measured size nearest to all that is touched between two uses. That is an
 * estimate: caches do not forget in order.
 */
final class Floors {
    /** Buffers of the size of the parameters: weights, gradient and the three moments of RMSProp. */
    private static final int BUFFERS = 5;

    private final double peakGflops;
    private final Bandwidth bandwidth;
    private final int batch;
    private final int steps;
    private final double forwardStep;
    private final double backwardStep;
    private final double recording;
    private final double parameters;
    private final double transposed;
    private final double gradients;

    /** Floors of a recording of some steps of a batch. */
    Floors(RecordedMachine recorded, int batch, int steps, double peakGflops, Bandwidth bandwidth) {
        this.peakGflops = peakGflops;
        this.bandwidth = bandwidth;
        this.batch = batch;
        this.steps = steps;
        parameters = bytes(recorded.machine().parameters().size());
        transposed = bytes(recorded.machine().parameters().transposed().length);
        gradients = bytes(recorded.tape().mark().gradients());
        double values = bytes(recorded.tape().valueFloats());
        forwardStep = parameters + values / steps;
        backwardStep = parameters + transposed + (values + gradients) / steps;
        recording = BUFFERS * parameters + transposed + values + gradients;
    }

    private static double bytes(double floats) {
        return floats * Float.BYTES;
    }

    /** The arithmetic of an operation, as often as it is in a step, forwards; {@code us} is what it takes. */
    Cost forward(Operation operation, MachineConfig config, double us, int timesAStep) {
        return switch (operation) {
            case Linear linear -> {
                Matrix m = linear.matrix();
                double weights = bytes((double) m.depth() * m.columns()) / batch;
                yield cost(us, multiplyAdds(m, m.inputs()), weights, bandwidth.of(forwardStep).readGbs());
            }
            case ContentWeighting _ when config instanceof NtmConfig ntm ->
                cost(us, Operations.content(ntm), memory(ntm) * timesAStep, bandwidth.of(forwardStep).readGbs());
            case LocationWeighting _ when config instanceof NtmConfig ntm -> cost(us, Operations.location(ntm), 0, 1);
            case Read _ when config instanceof NtmConfig ntm ->
                cost(us, Operations.read(ntm), memory(ntm) * timesAStep, bandwidth.of(forwardStep).readGbs());
            case EraseAdd _ when config instanceof NtmConfig ntm ->
                cost(us, Operations.write(ntm), 2 * memory(ntm) * timesAStep, bandwidth.of(forwardStep).updateGbs());
            default -> new Cost(us, 0, 0, 0);
        };
    }

    /** The same backwards. The memory operations each read the memory and its derivative and write the latter. */
    Cost backward(Operation operation, MachineConfig config, double us, int timesAStep) {
        double update = bandwidth.of(backwardStep).updateGbs();
        return switch (operation) {
            case Linear linear -> {
                Matrix m = linear.matrix();
                double weights = bytes((double) linear.inputsWithGradient() * m.columns()) / batch;
                yield cost(us, multiplyAdds(m, linear.inputsWithGradient()), weights, bandwidth.of(backwardStep).readGbs());
            }
            case ContentWeighting _ when config instanceof NtmConfig ntm ->
                cost(us, 2 * Operations.content(ntm), 3 * memory(ntm) * timesAStep, update);
            case LocationWeighting _ when config instanceof NtmConfig ntm -> cost(us, 2 * Operations.location(ntm), 0, 1);
            case Read _ when config instanceof NtmConfig ntm ->
                cost(us, 2 * Operations.read(ntm), 3 * memory(ntm) * timesAStep, update);
            case EraseAdd _ when config instanceof NtmConfig ntm ->
                cost(us, 2 * Operations.write(ntm), 3 * memory(ntm) * timesAStep, update);
            default -> new Cost(us, 0, 0, 0);
        };
    }

    private static long multiplyAdds(Matrix matrix, int inputs) {
        return (long) inputs * matrix.groups() * matrix.groupSize();
    }

    private static double memory(NtmConfig ntm) {
        return bytes((double) ntm.memory().rows() * ntm.memory().width());
    }

    /** The products of inputs and output derivatives of all steps: both are read once, and the weight derivatives written. */
    Cost weightGradients(Set<Matrix> matrices, double us) {
        long multiplyAdds = 0;
        double rows = 0;
        for (Matrix m : matrices) {
            multiplyAdds += multiplyAdds(m, m.inputs());
            rows += bytes(m.depth() + m.columns());
        }
        return cost(us, multiplyAdds, rows + perStep(parameters), bandwidth.of(recording).readGbs());
    }

    /** Writing zeros over the derivatives of all values. */
    Cost clearing(double us) {
        return cost(us, 0, perStep(gradients), bandwidth.of(recording).updateGbs());
    }

    /** Going through buffers of the size of the parameters, once for each time that one is read or written. */
    Cost update(int passes, double us) {
        return cost(us, 0, passes * perStep(parameters), bandwidth.of(recording).updateGbs());
    }

    /** Reading the weights and writing their transposed copies. */
    Cost transposing(double us) {
        return cost(us, 0, 2 * perStep(transposed), bandwidth.of(recording).updateGbs());
    }

    private double perStep(double bytes) {
        return bytes / batch / steps;
    }

    private Cost cost(double us, long multiplyAdds, double bytes, double gigabytesPerSecond) {
        double operations = 2.0 * multiplyAdds;
        return new Cost(us, operations, operations / peakGflops / 1e3, bytes / gigabytesPerSecond / 1e3);
    }
}
