package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.OptimiserKernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.optimiser.Adam;
import io.github.ntm4j.engine.optimiser.GravesRmsProp;
import io.github.ntm4j.engine.optimiser.Optimiser;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.machine.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An update is made to the bit, or everything stays as it was. */
final class DescentTest {
    private static final long SEED = 13;

    private static Descent descent(Machine machine, Workers workers, Object... settings) {
        TrainingConfig config = training(settings);
        return new Descent(machine, config, new Chunks(machine.parameters().size(), workers, KernelProvider.SIMD));
    }

    private static Machine small() {
        return machine(ntm(), SmallTraining.COPY.create(), SEED);
    }

    private static Entry entry(Machine machine, String name) {
        return machine.parameters().entries().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    }

    private static void set(Entry entry, float[] buffer, float value) {
        float[] values = entry.read(buffer);
        values[values.length - 1] = value;
        entry.write(values, buffer);
    }

    private static float[] gradient(Machine machine, Random64 random, double size) {
        float[] gradient = new float[machine.parameters().size()];
        for (Entry entry : machine.parameters().entries()) {
            float[] values = entry.read(gradient);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * size);
            }
            entry.write(values, gradient);
        }
        return gradient;
    }

    private static double norm(float[] gradient) {
        double sum = 0;
        for (float g : gradient) {
            sum += (double) g * g;
        }
        return Math.sqrt(sum);
    }

    private static SequencedMap<String, float[]> copies(Machine machine, Descent descent) {
        SequencedMap<String, float[]> copies = new LinkedHashMap<>();
        copies.put("weights", machine.parameters().values().clone());
        descent.moments().forEach((name, values) -> copies.put(name, values.clone()));
        return copies;
    }

    /** Weights are pulled to zero by a share of themselves, added to what is left of the gradient after it was cut; biases and initial states are not. */
    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "adam"})
    void weightsDecayAndNothingElseDoes(String rule) {
        Machine decaying = small();
        Machine plain = small();
        Random64 random = Random64.of(SEED, "gradient", 0);
        OptimiserKernels kernels = KernelProvider.PORTABLE.create().optimiser();
        float share = 0.01f;
        try (Workers workers = new Workers(2)) {
            Descent one = descent(decaying, workers, "optimiser", rule, "clip", "norm", "clip_limit", 0.5, "weight_decay", share);
            Descent other = descent(plain, workers, "optimiser", rule, "clip", "none");
            for (int update = 1; update <= 4; update++) {
                float[] gradient = gradient(decaying, random, 0.1);
                double norm = norm(gradient);
                float[] cut = gradient.clone();
                kernels.scale((float) (0.5f / norm), cut, Rows.FIRST, cut.length);
                for (Entry entry : plain.parameters().entries()) {
                    float[] weights = entry.read(plain.parameters().values());
                    float[] derivatives = entry.read(cut);
                    boolean pulled = entry.name().contains(".weight");
                    for (int i = 0; i < weights.length; i++) {
                        derivatives[i] = pulled ? Math.fma(share, weights[i], derivatives[i]) : derivatives[i];
                    }
                    entry.write(derivatives, cut);
                }
                assertThat(one.follow(gradient, norm, 0.01f, update)).isTrue();
                assertThat(other.follow(cut, norm(cut), 0.01f, update)).isTrue();
                assertThat(decaying.parameters().values()).isEqualTo(plain.parameters().values());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rmsprop, weights, 3.4e38, output.bias",
        "rmsprop, steps, 3.4e38, 'output.bias'",
        "adam, weights, -3.4028235e38, output.bias",
        "rmsprop, weights, NaN, output.bias",
        "rmsprop, means, NaN, output.bias",
        "rmsprop, weights, 3.4e38, output.weight",
        "adam, weights, -3.4e38, controller.lstm_0.weight_hidden"
    })
    void anUpdateThatLeavesTheNumbersIsUndoneToTheBit(String rule, String buffer, float value, String parameter) {
        Machine machine = small();
        try (Workers workers = new Workers(2)) {
            Descent descent = descent(machine, workers, "optimiser", rule, "learning_rate", 10, "clip", "none", "epsilon", 1e-12);
            Entry bias = entry(machine, parameter);
            set(bias, buffer.equals("weights") ? machine.parameters().values() : descent.moments().get(buffer), value);
            if (buffer.equals("steps")) {
                set(bias, machine.parameters().values(), 3e38f);
            }
            if (rule.equals("rmsprop") && buffer.equals("weights")) {
                set(bias, descent.moments().get("steps"), 3e37f);
            }
            if (rule.equals("adam")) {
                set(bias, descent.moments().get("means"), 1e31f);
            }
            descent.refresh();
            SequencedMap<String, float[]> before = copies(machine, descent);
            float[] gradient = gradient(machine, Random64.of(SEED, "gradient", 0), 1e-3);
            assertThat(descent.follow(gradient, norm(gradient), 10, 1)).isFalse();
            assertThat(descent.broken()).startsWith(parameter);
            copies(machine, descent).forEach((name, after) -> assertThat(after).as(name).containsExactly(before.get(name)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "adam"})
    void numbersThatAreLargeAndStayFiniteAreNoReasonToUndoAnything(String rule) {
        Machine machine = small();
        try (Workers workers = new Workers(1)) {
            Descent descent = descent(machine, workers, "optimiser", rule);
            set(entry(machine, "output.bias"), machine.parameters().values(), 3e38f);
            descent.refresh();
            float[] before = machine.parameters().values().clone();
            for (int update = 1; update <= 3; update++) {
                float[] gradient = gradient(machine, Random64.of(SEED, "gradient", update), 1e-3);
                assertThat(descent.follow(gradient, norm(gradient), 1e-3f, update)).isTrue();
            }
            assertThat(machine.parameters().values()).isNotEqualTo(before);
        }
    }

    /** Without this bound an update could lead to infinity without being looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "adam"})
    void noStepIsLargerThanTheOptimiserSays(String rule) {
        Random64 random = Random64.of(SEED, "steps", 0);
        int floats = Rows.FIRST + 64;
        for (float epsilon : new float[] {1e-12f, 1e-4f, 1}) {
            Optimiser optimiser = rule.equals("adam") ? new Adam(floats, 0.9f, 0.999f, epsilon) : new GravesRmsProp(floats, 0.95f, 0.9f, epsilon);
            float[] weights = new float[floats];
            double moment = 0;
            for (int update = 1; update <= 200; update++) {
                double size = Math.pow(10, random.nextDouble() * 20 - 10);
                float[] gradient = new float[floats];
                double largest = 0;
                for (int i = Rows.FIRST; i < floats; i++) {
                    gradient[i] = random.nextDouble() < 0.3 ? 0 : (float) (random.nextGaussian() * size);
                    largest = Math.max(largest, Math.abs(gradient[i]));
                }
                double bound = optimiser.largestStep(0.1f, update, largest, moment);
                float[] before = weights.clone();
                optimiser.update(KernelProvider.PORTABLE.create().optimiser(), 0.1f, update, gradient, weights, Rows.FIRST, floats);
                for (int i = Rows.FIRST; i < floats; i++) {
                    double rounding = Math.ulp(Math.max(Math.abs(before[i]), Math.abs(weights[i])));
                    assertThat(Math.abs((double) weights[i] - before[i])).as("update %d", update).isLessThanOrEqualTo(1.0001 * bound + rounding);
                }
                for (float[] values : List.copyOf(optimiser.moments().values())) {
                    for (float value : values) {
                        moment = Math.max(moment, Math.abs(value));
                    }
                }
            }
        }
    }
}
