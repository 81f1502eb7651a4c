package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.distributions;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.oneHot;
import static io.github.ntm4j.engine.operation.Values.uniform;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Losses of a step: samples, and the equations in double precision. */
final class LossSamples {
    /** Sizes that the catalogue does not have. */
    private static final int[] MORE_SIZES = {6, 13, 207};

    private static final float[] MASKS = {0f, 0.3f, 1f};

    private LossSamples() {}

    static List<Subject> subjects() {
        return List.of(
                subject("BitCrossEntropy", BitCrossEntropy.class, LossSamples::bitCrossEntropy)
                        .withExtreme(ElementSamples.extreme("extreme BitCrossEntropy", LossSamples::extremeBits)),
                subject("SymbolCrossEntropy", SymbolCrossEntropy.class, LossSamples::symbolCrossEntropy)
                        .withExtreme(extremeSymbols()),
                subject("SquaredError", SquaredError.class, LossSamples::squaredError).withExtreme(extremeReals()));
    }

    private static Subject subject(
            String name, Class<? extends Operation> operation, Subject.Sized sized) {
        List<Sample> more = new ArrayList<>();
        for (int size : MORE_SIZES) {
            for (int heads = 1; heads <= 2; heads++) {
                more.add(sized.of(size, MASKS.length, heads));
            }
        }
        return Subject.of(name, operation, sized).with(more);
    }

    /** A loss of outputs, targets and a mask. */
    interface Loss {
        Tensor of(Tape tape, Tensor outputs, Tensor targets, Tensor mask);
    }

    /** Its equation for one sequence, but for the mask. */
    interface Equation {
        double of(Array3 outputs, Array3 targets, int b);
    }

    private static Sample sample(
            String description, Loss loss, Equation equation, Operand outputs, float[] targets, float[] mask) {
        int batch = outputs.batch();
        return Sample.of(
                description,
                List.of(
                        outputs,
                        Operand.plain("targets", batch, 1, outputs.size(), targets),
                        Operand.plain("mask", batch, 1, 1, mask)),
                (tape, x) -> List.of(loss.of(tape, x.get(0), x.get(1), x.get(2))),
                x -> {
                    Array3 result = new Array3(batch, 1, 1);
                    for (int b = 0; b < batch; b++) {
                        result.set(b, 0, 0, x.get(2).at(b, 0, 0) * equation.of(x.get(0), x.get(1), b));
                    }
                    return List.of(result);
                });
    }

    /** All masks in turn; for a single sequence not zero. */
    private static float[] masks(int batch, int heads) {
        float[] mask = new float[batch];
        for (int b = 0; b < batch; b++) {
            mask[b] = MASKS[(b + heads) % MASKS.length];
        }
        return mask;
    }

    private static Sample bitCrossEntropy(int size, int batch, int heads) {
        String description = Subject.described("BitCrossEntropy", size, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] targets = uniform(random, 0, 1, batch * size);
        for (int i = 0; i < targets.length; i += 2) {
            targets[i] = Math.round(targets[i]);
        }
        Operand logits = Operand.columns("logits", batch, 1, size, normal(random, batch * size));
        return sample(description, BitCrossEntropy::of, LossSamples::natsOfBits, logits, targets, masks(batch, heads));
    }

    private static Sample extremeBits(float[] values, String description) {
        float[] targets = new float[values.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i % 2;
        }
        Operand logits = Operand.columns("logits", 1, 1, values.length, values);
        return sample(description, BitCrossEntropy::of, LossSamples::natsOfBits, logits, targets, new float[] {1f});
    }

    /** The likelihood of the targets, as the sum over both values of each bit. */
    private static double natsOfBits(Array3 logits, Array3 targets, int b) {
        double sum = 0;
        for (int j = 0; j < logits.size; j++) {
            double probability = 1 / (1 + Math.exp(-logits.at(b, 0, j)));
            double target = targets.at(b, 0, j);
            sum -= target * Math.log(probability) + (1 - target) * Math.log(1 - probability);
        }
        return sum;
    }

    /** One symbol, or for two heads numbers that add up to anything: a distribution is a case of them. */
    private static Sample symbolCrossEntropy(int size, int batch, int heads) {
        String description = Subject.described("SymbolCrossEntropy", size, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] targets = heads == 1 ? oneHot(random, batch, size) : uniform(random, 0, 1, batch * size);
        Operand logits = Operand.columns("logits", batch, 1, size, normal(random, batch * size));
        return sample(description, SymbolCrossEntropy::of, LossSamples::natsOfSymbols, logits, targets, masks(batch, heads));
    }

    /** Extreme numbers, and lines at the ends of what logits usually are, with one symbol or all of them as the target. */
    private static List<Sample> extremeSymbols() {
        List<Sample> samples = new ArrayList<>(ElementSamples.extreme("extreme SymbolCrossEntropy", (values, description) -> {
            float[] targets = distributions(Values.random(description), 1, values.length);
            return symbols(description, values, targets);
        }));
        for (int size : new int[] {1, 6, 13, 207}) {
            float[][] lines = {
                Values.all(80f, size), Values.all(-80f, size), Values.all(0f, size), oneOf(80f, -80f, size), oneOf(-80f, 80f, size)
            };
            for (int i = 0; i < lines.length; i++) {
                String description = "extreme SymbolCrossEntropy [" + size + "], line " + i;
                samples.add(symbols(description + ", first", lines[i], oneOf(1f, 0f, size)));
                samples.add(symbols(description + ", all", lines[i], Values.all(1f / size, size)));
            }
        }
        return samples;
    }

    private static float[] oneOf(float first, float others, int size) {
        float[] line = Values.all(others, size);
        line[0] = first;
        return line;
    }

    private static Sample symbols(String description, float[] values, float[] targets) {
        Operand logits = Operand.columns("logits", 1, 1, values.length, values);
        return sample(description, SymbolCrossEntropy::of, LossSamples::natsOfSymbols, logits, targets, new float[] {1f});
    }

    /** The likelihood of the targets, from the probabilities. */
    private static double natsOfSymbols(Array3 logits, Array3 targets, int b) {
        double sum = 0;
        for (int j = 0; j < logits.size; j++) {
            sum += Math.exp(logits.at(b, 0, j));
        }
        double nats = 0;
        for (int j = 0; j < logits.size; j++) {
            nats -= targets.at(b, 0, j) * Math.log(Math.exp(logits.at(b, 0, j)) / sum);
        }
        return nats;
    }

    private static Sample squaredError(int size, int batch, int heads) {
        String description = Subject.described("SquaredError", size, batch, heads);
        RandomGenerator random = Values.random(description);
        Operand outputs = Operand.columns("outputs", batch, 1, size, normal(random, batch * size));
        float[] targets = normal(random, batch * size);
        return sample(description, SquaredError::of, LossSamples::halfSquares, outputs, targets, masks(batch, heads));
    }

    /** Errors up to the root of the largest float. */
    private static List<Sample> extremeReals() {
        List<Sample> samples = new ArrayList<>();
        for (float value : new float[] {0f, -0f, 1e-38f, 1e-7f, 80f, 1e4f, 1e18f}) {
            for (float sign : new float[] {1, -1}) {
                String description = "extreme SquaredError, " + sign + " times " + value;
                Operand outputs = Operand.columns("outputs", 1, 1, 9, Values.all(sign * value, 9));
                samples.add(sample(
                        description, SquaredError::of, LossSamples::halfSquares, outputs, oneOf(value, -value, 9), new float[] {1f}));
            }
        }
        return samples;
    }

    private static double halfSquares(Array3 outputs, Array3 targets, int b) {
        double sum = 0;
        for (int j = 0; j < outputs.size; j++) {
            sum += Math.pow(outputs.at(b, 0, j) - targets.at(b, 0, j), 2) / 2;
        }
        return sum;
    }
}
