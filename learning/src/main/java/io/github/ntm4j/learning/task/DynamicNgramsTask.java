package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/**
 * Dynamic n-grams (Graves et al. 2014, section 4.4): for every context of so many bits the probability of a one is drawn from
 * Beta(1/2, 1/2), and {@code length} bits are drawn from those probabilities, the first ones, without a full context, by fair coins. The machine
 * sees a bit and predicts the next. No machine can be sure: {@link #optimum} is the best that can be expected, the Bayesian estimate
 * {@code (ones + 1/2) / (zeros + ones + 1)} by what followed the context so far (Murphy 2012).
 */
public final class DynamicNgramsTask implements Task {
    private static final String LENGTH = "length";
    private static final int LIMIT = 1_000_000;

    private final DynamicNgramsConfig config;
    private final int contexts;

    /**
     * The task.
     *
     * @param config its settings
     */
    public DynamicNgramsTask(DynamicNgramsConfig config) {
        this.config = config;
        this.contexts = 1 << config.context();
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(new SizeRange(LENGTH, config.minLength(), config.maxLength(), LIMIT));
    }

    @Override
    public int steps(Size size) {
        return size.get(LENGTH);
    }

    /** How often a one came, for each context. */
    @Override
    public int kept(Size size) {
        return 1 << config.context();
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int length = size.get(LENGTH);
        into.clear(length);
        double[] one = new double[contexts];
        for (int i = 0; i < contexts; i++) {
            // the distribution function of Beta(1/2, 1/2) is 2/pi asin(sqrt(p))
            double root = StrictMath.sin(random.nextDouble() * Math.PI / 2);
            one[i] = root * root;
        }
        int context = 0;
        for (int step = 0; step < length; step++) {
            double probability = step < config.context() ? 0.5 : one[context];
            int bit = random.nextDouble() < probability ? 1 : 0;
            into.target(step, 0, bit);
            if (step + 1 < length) {
                into.input(step + 1, 0, bit);
            }
            context = (2 * context + bit) % contexts;
        }
    }

    /** Each bit is the answer to the step before it. What follows the last one is not in the inputs and stays as it is. */
    @Override
    public boolean answer(Size size, Sequence sequence) {
        for (int step = 0; step + 1 < size.get(LENGTH); step++) {
            sequence.target(step, 0, sequence.input()[step + 1]);
        }
        return true;
    }

    @Override
    public double optimum(Sequence sequence) {
        int[] zeros = new int[contexts];
        int[] ones = new int[contexts];
        int context = 0;
        double nats = 0;
        for (int step = 0; step < sequence.steps(); step++) {
            int bit = sequence.target()[step] > 0.5f ? 1 : 0;
            if (step < config.context()) {
                nats += StrictMath.log(2);
            } else {
                int seen = bit == 1 ? ones[context] : zeros[context];
                nats -= StrictMath.log((seen + 0.5) / (zeros[context] + ones[context] + 1));
                (bit == 1 ? ones : zeros)[context]++;
            }
            context = (2 * context + bit) % contexts;
        }
        return nats;
    }
}
