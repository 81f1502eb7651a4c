package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Scan;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.dnc.AllocationSettings.UsageGradient;
import io.github.ntm4j.machines.memory.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory of the Differentiable Neural Computer in plain arithmetic, a line per equation: what the fused operations of {@link Dnc} compute. */
final class TermDnc implements Memory<DncState> {
    private static final double EPSILON = 1e-6;

    private final DncConfig config;
    private final InterfaceLayer interfaceLayer;
    private final DncStart start;

    TermDnc(Parameters parameters, int controllerSize, DncConfig config) {
        this.config = config;
        this.interfaceLayer = new InterfaceLayer(parameters, controllerSize, config);
        this.start = new DncStart(parameters, config);
    }

    @Override
    public int readWidth() {
        return config.store().readHeads() * config.store().width();
    }

    @Override
    public DncState initialState(Tape tape, int batch) {
        return start.state(tape, batch);
    }

    @Override
    public void initialise(Random64 random) {
        interfaceLayer.initialise(random);
    }

    @Override
    public DncState step(Tape tape, Tensor hidden, DncState last) {
        int rows = config.store().rows();
        Interface xi = interfaceLayer.of(tape, hidden); // eq. 2
        Term before = Term.of(tape, last.weightings());
        Term written = Term.of(tape, last.writes());
        Term used = Term.of(tape, last.usage());
        Term old = Term.of(tape, last.memory());
        Term freed = before.times(Term.of(tape, xi.freeGates())).complement();
        Term retention = freed.lines(0, 1);
        for (int i = 1; i < config.store().readHeads(); i++) {
            retention = retention.times(freed.lines(i, 1)); // eq. 3
        }
        Term seen = config.allocation().usageGradient() == UsageGradient.STOP ? written.stop() : written;
        Term usage = used.plus(seen).minus(used.times(seen)).times(retention); // eq. 4
        Term s = usage.times(1 - EPSILON).plus(EPSILON);
        Term order = s.order(1.0 / 4096);
        Term before5 = s.gather(order).runningProduct(Scan.Way.EXCLUSIVE);
        Term allocation = s.complement().gather(order).times(before5).scatter(order, rows); // eq. 5
        Term lookup = content(tape, xi.writeKeys(), xi.writeMasks(), xi.writeStrengths(), old);
        Term gate = Term.of(tape, xi.allocationGates());
        Term write = gate.times(allocation).plus(gate.complement().times(lookup)).times(Term.of(tape, xi.writeGates())); // eq. 6
        Term erase = Term.of(tape, xi.erases()).transposed();
        Term kept = config.allocation().deallocate() ? old.times(retention) : old;
        Term memory = kept.times(erase.times(write).complement()).plus(Term.of(tape, xi.writeVectors()).transposed().times(write)); // eq. 7
        Term precedence = Term.of(tape, last.precedences().getFirst());
        Term link = write.column().plus(write).complement().times(Term.of(tape, last.links().getFirst()))
                .plus(write.column().times(precedence)).times(Term.of(tape, offDiagonal(tape, hidden.batch(), rows))); // eq. 8
        Term next = write.sum().complement().times(precedence).plus(write); // eq. 9
        Term forward = sharpened(tape, before.against(link), xi.forwardSharpness()); // eq. 10
        Term backward = sharpened(tape, before.through(link), xi.backwardSharpness());
        Term content = content(tape, xi.readKeys(), xi.readMasks(), xi.readStrengths(), memory);
        Term modes = Term.of(tape, xi.readModes());
        Term weighting = modes.slice(0, 1).times(backward)
                .plus(modes.slice(1, 1).times(content))
                .plus(modes.slice(2, 1).times(forward)); // eq. 11
        Term reads = weighting.against(memory); // eq. 12
        return new DncState(
                memory.at(), usage.at(), write.at(), List.of(next.at()), List.of(link.at()), weighting.at(), reads.at(), last.histories());
    }

    private static Term content(Tape tape, Tensor keys, @Nullable Tensor masks, Tensor strengths, Term memory) {
        Term mask = masks == null ? Term.of(tape, keys).times(0).plus(1) : Term.of(tape, masks);
        Term key = Term.of(tape, keys).times(mask);
        Term products = key.times(mask).through(memory);
        Term norms = key.square().sum().squareRoot().times(mask.square().through(memory.square()).squareRoot());
        return products.over(norms.plus(EPSILON)).times(Term.of(tape, strengths)).softmax();
    }

    private static Term sharpened(Tape tape, Term weighting, @Nullable Tensor sharpness) {
        return sharpness == null ? weighting : weighting.plus(EPSILON).log().times(Term.of(tape, sharpness)).softmax();
    }

    private static Tensor offDiagonal(Tape tape, int batch, int rows) {
        float[] ones = new float[rows * rows];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = i % (rows + 1) == 0 ? 0 : 1;
        }
        return Constant.of(tape, batch, rows, ones);
    }
}
