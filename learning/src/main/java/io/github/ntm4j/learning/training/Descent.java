package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.optimiser.Adam;
import io.github.ntm4j.engine.optimiser.GravesRmsProp;
import io.github.ntm4j.engine.optimiser.Optimiser;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.machine.Machine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Cuts gradients, adds what weights decay by, and follows them. An update after which a weight or a moment were not finite is undone.
 *
 * <p>Most updates cost nothing for that: a bound of the magnitudes is carried from update to update, by what the optimiser can change at
 * most. Only when the bound comes near the largest float are the magnitudes measured, and only when they really are as large does an update
 * go ahead of a copy of everything. Rounding moves a running mean by a few hundredths of itself at most, for which the limit leaves room.
 */
final class Descent {
    private static final double LIMIT = 1e37;
    /** The norm of a gradient is a sum of floats, which is a little off. */
    private static final double SLACK = 1.001;

    private final Machine machine;
    private final TrainingConfig config;
    private final Chunks chunks;
    private final Optimiser optimiser;
    /** Of each weight, what is added to its gradient; nothing without weight decay. */
    private final float[] decay;
    private final boolean[] cut;
    /** Bounds of the magnitudes; infinite where nothing is known. */
    private double weight = Double.POSITIVE_INFINITY;
    private double moment = Double.POSITIVE_INFINITY;
    private String broken = "";

    /**
     * Without history.
     *
     * @param machine whose parameters change
     * @param config the settings
     * @param chunks loops over the parameters
     */
    Descent(Machine machine, TrainingConfig config, Chunks chunks) {
        this.machine = machine;
        this.config = config;
        this.chunks = chunks;
        this.cut = new boolean[chunks.count()];
        this.decay = decay(machine.parameters(), config.optimiser().weightDecay());
        int size = machine.parameters().size();
        this.optimiser =
                switch (config.optimiser().rule()) {
                    case RMSPROP -> new GravesRmsProp(
                            size, (float) config.optimiser().decay(), (float) config.optimiser().momentum(), (float) config.optimiser().epsilon());
                    case ADAM -> new Adam(
                            size, (float) config.optimiser().beta1(), (float) config.optimiser().beta2(), (float) config.optimiser().epsilon());
                };
    }

    private static float[] decay(Parameters parameters, double share) {
        if (share == 0) {
            return new float[0];
        }
        float[] shares = new float[parameters.size()];
        for (Entry entry : parameters.entries()) {
            if (entry.isWeights()) {
                float[] same = new float[entry.elements()];
                Arrays.fill(same, (float) share);
                entry.write(same, shares);
            }
        }
        return shares;
    }

    /** The moments of the optimiser by name: the buffers themselves. */
    SequencedMap<String, float[]> moments() {
        return optimiser.moments();
    }

    /** Somebody else has changed weights or moments. */
    void refresh() {
        machine.parameters().refresh();
        weight = Double.POSITIVE_INFINITY;
        moment = Double.POSITIVE_INFINITY;
    }

    /**
     * Cuts a gradient and follows it.
     *
     * @param gradient the derivatives; cut in place
     * @param norm their norm, finite
     * @param rate the learning rate
     * @param update how many updates the moments hold with this one
     * @return whether everything is finite; if not, it is as it was before
     */
    boolean follow(float[] gradient, double norm, float rate, long update) {
        double largest = SLACK * (config.gradient().clip() == TrainingConfig.Clipping.NONE ? norm : Math.min(norm, config.gradient().clipLimit()));
        if (!bound(largest, rate, update)) {
            measure();
            if (!bound(largest, rate, update)) {
                return followWithCare(gradient, norm, rate, update);
            }
        }
        step(gradient, norm, rate, update);
        return true;
    }

    /** Whether some of the last gradient was cut. */
    boolean clipped() {
        boolean anything = false;
        for (boolean c : cut) {
            anything |= c;
        }
        return anything;
    }

    /** Which parameter or moment was not finite after the last update that was undone. */
    String broken() {
        return broken;
    }

    /** Carries the bounds over an update, unless it might leave the limit. */
    private boolean bound(double cut, float rate, long update) {
        double gradient = decay.length == 0 ? cut : cut + config.optimiser().weightDecay() * weight;
        double step = optimiser.largestStep(rate, update, gradient, moment);
        double nextWeight = weight + step;
        double nextMoment = Math.max(Math.max(moment, step), Math.max(gradient, gradient * gradient));
        boolean within = nextWeight < LIMIT && nextMoment < LIMIT;
        if (within) {
            weight = nextWeight;
            moment = nextMoment;
        }
        return within;
    }

    private boolean followWithCare(float[] gradient, double norm, float rate, long update) {
        float[] weights = machine.parameters().values();
        GoodState before = GoodState.like(weights, moments());
        before.take(weights, moments());
        step(gradient, norm, rate, update);
        measure();
        if (Double.isFinite(weight) && Double.isFinite(moment)) {
            return true;
        }
        broken = firstNonFinite();
        before.give(weights, moments());
        refresh();
        return false;
    }

    private void step(float[] gradient, double norm, float rate, long update) {
        float limit = (float) config.gradient().clipLimit();
        boolean tooLong = config.gradient().clip() == TrainingConfig.Clipping.NORM && norm > limit;
        chunks.run((chunk, from, to, kernels) -> {
            if (tooLong) {
                kernels.optimiser().scale((float) (limit / norm), gradient, from, to);
            }
            cut[chunk] = config.gradient().clip() == TrainingConfig.Clipping.ELEMENTWISE
                    ? kernels.optimiser().clip(limit, gradient, from, to)
                    : tooLong;
            if (decay.length > 0) {
                kernels.optimiser().decay(decay, machine.parameters().values(), gradient, from, to);
            }
            optimiser.update(kernels.optimiser(), rate, update, gradient, machine.parameters().values(), from, to);
        });
        machine.parameters().refresh();
    }

    private void measure() {
        weight = magnitude(machine.parameters().values());
        moment = moments().values().stream().mapToDouble(Descent::magnitude).reduce(0, Math::max);
    }

    /** The largest magnitude; NaN if there is a NaN. */
    private static double magnitude(float[] buffer) {
        float largest = 0;
        for (int i = Rows.FIRST; i < buffer.length; i++) {
            largest = Math.max(largest, Math.abs(buffer[i]));
        }
        return largest;
    }

    private String firstNonFinite() {
        SequencedMap<String, float[]> buffers = new LinkedHashMap<>();
        buffers.put("", machine.parameters().values());
        moments().forEach((name, values) -> buffers.put(", " + name + " of the optimiser", values));
        for (Map.Entry<String, float[]> buffer : buffers.entrySet()) {
            for (Entry entry : machine.parameters().entries()) {
                if (!finite(entry.read(buffer.getValue()))) {
                    return entry.name() + buffer.getKey();
                }
            }
        }
        return "a place between the parameters";
    }

    /** Whether all of some values are finite. */
    static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
