package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.Curve;
import io.github.ntm4j.learning.run.CurvePoint;
import io.github.ntm4j.learning.run.SignalPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Learning curves that look as if a machine had learned to copy: a plateau, a sudden fall, some spikes, then nearly nothing. */
final class SampleCurves {
    private SampleCurves() {}

    /** A run of {@code seed} with {@code points} reports. */
    static Curve run(long seed, int points) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double fall = points * (0.25 + 0.4 * random.nextDouble());
        double width = points * 0.05;
        List<CurvePoint> training = new ArrayList<>();
        List<CurvePoint> evaluation = new ArrayList<>();
        List<SignalPoint> signals = new ArrayList<>();
        OptionalLong solvedAt = OptionalLong.empty();
        for (int i = 0; i < points; i++) {
            double share = 1 / (1 + Math.exp((i - fall) / width));
            double bits = (80 * share + 0.01 * Math.exp(0.3 * random.nextGaussian()))
                    * Math.exp(0.25 * random.nextGaussian()) * (random.nextInt(70) == 0 ? 4 : 1);
            long sequences = 100L * (i + 1);
            double errors = bits < 0.5 ? 0 : bits * 0.3;
            training.add(new CurvePoint(sequences, bits, errors));
            signals.add(new SignalPoint(sequences, 1e-3 * Math.min(1, (i + 1) / 20.0), (0.5 + 9 * share) * Math.exp(0.3 * random.nextGaussian())));
            if (i % 10 == 9) {
                double fresh = 80 * share * 1.2 + 0.012;
                evaluation.add(new CurvePoint(sequences, fresh, fresh < 0.4 ? 0 : fresh * 0.28));
                if (solvedAt.isEmpty() && fresh < 0.1) {
                    solvedAt = OptionalLong.of(sequences);
                }
            }
        }
        return new Curve("seed " + seed, training, evaluation, signals, solvedAt, List.of(), List.of());
    }
}
