package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Work;
import java.util.List;
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

    /** The arithmetic and the traffic of operations forwards, all of the recording; {@code us} is what they take in a step of a sequence. */
    Cost forward(List<Operation> operations, double us) {
        return cost(us, operations.stream().map(Operation::work).reduce(Work.NONE, Work::plus), bandwidth.of(forwardStep));
    }

    /** The same backwards. */
    Cost backward(List<Operation> operations, double us) {
        return cost(us, operations.stream().map(Operation::workBackward).reduce(Work.NONE, Work::plus), bandwidth.of(backwardStep));
    }

    private Cost cost(double us, Work work, Bandwidth.Level level) {
        double operations = 2.0 * work.multiplyAdds() / batch / steps;
        double trafficUs = perStep((double) work.read()) / level.readGbs() + perStep((double) work.updated()) / level.updateGbs();
        return new Cost(us, operations, operations / peakGflops / 1e3, trafficUs / 1e3);
    }

    private static long multiplyAdds(Matrix matrix, int inputs) {
        return (long) inputs * matrix.groups() * matrix.groupSize();
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
