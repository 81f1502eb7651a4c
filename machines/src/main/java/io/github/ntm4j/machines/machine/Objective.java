package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.operation.SquaredError;
import io.github.ntm4j.engine.operation.SymbolCrossEntropy;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * What the outputs z of a machine stand for, and what it costs when they differ from the targets y. Training follows the gradient of
 * {@link #loss}; evaluations compute the same cost in double precision.
 */
public enum Objective {
    /** Independent bits of probability {@code sigmoid(z)}: cross-entropy, {@code sum over j of softplus(z(j)) - y(j) z(j)}. */
    BITS("bits", "bit errors", 1 / Math.log(2)) {
        @Override
        public Tensor loss(Tape tape, Tensor outputs, Tensor targets, Tensor mask) {
            return BitCrossEntropy.of(tape, outputs, targets, mask);
        }

        @Override
        public double loss(float[] outputs, int at, float[] targets, int from, int width) {
            requireParts(outputs, at, targets, from, width);
            double nats = 0;
            for (int j = 0; j < width; j++) {
                double z = outputs[at + j];
                double softplus = Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
                nats += softplus - targets[from + j] * z;
            }
            return nats;
        }

        @Override
        public int errors(float[] outputs, int at, float[] targets, int from, int width) {
            requireParts(outputs, at, targets, from, width);
            int wrong = 0;
            for (int j = 0; j < width; j++) {
                float z = outputs[at + j];
                boolean right = targets[from + j] > 0.5f ? z > 0 : z <= 0;
                wrong += right ? 0 : 1;
            }
            return wrong;
        }

        @Override
        public void answer(float[] outputs, int at, int width) {
            Arguments.part("outputs", outputs, "at", at, Arguments.atLeast("width", 1, width));
            for (int j = 0; j < width; j++) {
                outputs[at + j] = (float) (1 / (1 + StrictMath.exp(-outputs[at + j])));
            }
        }
    },

    /** One symbol of several, of probability {@code softmax(z)}: cross-entropy, {@code log(sum exp z) - sum over j of y(j) z(j)}. */
    SYMBOLS("bits", "symbol errors", 1 / Math.log(2)) {
        @Override
        public Tensor loss(Tape tape, Tensor outputs, Tensor targets, Tensor mask) {
            return SymbolCrossEntropy.of(tape, outputs, targets, mask);
        }

        @Override
        public double loss(float[] outputs, int at, float[] targets, int from, int width) {
            requireParts(outputs, at, targets, from, width);
            double most = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < width; j++) {
                most = Math.max(most, outputs[at + j]);
            }
            double sum = 0;
            double weight = 0;
            double chosen = 0;
            for (int j = 0; j < width; j++) {
                sum += StrictMath.exp(outputs[at + j] - most);
                weight += targets[from + j];
                chosen += targets[from + j] * (double) outputs[at + j];
            }
            return weight * (most + StrictMath.log(sum)) - chosen;
        }

        @Override
        public int errors(float[] outputs, int at, float[] targets, int from, int width) {
            requireParts(outputs, at, targets, from, width);
            for (int j = 0; j < width; j++) {
                if (Float.isNaN(outputs[at + j])) {
                    return 1;
                }
            }
            return symbol(outputs, at, width) == symbol(targets, from, width) ? 0 : 1;
        }

        @Override
        public int decisions(int width) {
            return 1;
        }

        @Override
        public void answer(float[] outputs, int at, int width) {
            Arguments.part("outputs", outputs, "at", at, Arguments.atLeast("width", 1, width));
            double most = outputs[at + symbol(outputs, at, width)];
            double sum = 0;
            for (int j = 0; j < width; j++) {
                sum += StrictMath.exp(outputs[at + j] - most);
            }
            for (int j = 0; j < width; j++) {
                outputs[at + j] = (float) (StrictMath.exp(outputs[at + j] - most) / sum);
            }
        }
    },

    /** Real numbers, the outputs as they are: half the squared error, {@code sum over j of (z(j) - y(j))^2 / 2}. */
    REALS("squared error", "", 2) {
        @Override
        public Tensor loss(Tape tape, Tensor outputs, Tensor targets, Tensor mask) {
            return SquaredError.of(tape, outputs, targets, mask);
        }

        @Override
        public double loss(float[] outputs, int at, float[] targets, int from, int width) {
            requireParts(outputs, at, targets, from, width);
            double sum = 0;
            for (int j = 0; j < width; j++) {
                double difference = (double) outputs[at + j] - targets[from + j];
                sum += difference * difference / 2;
            }
            return sum;
        }

        @Override
        public int errors(float[] outputs, int at, float[] targets, int from, int width) {
            requireParts(outputs, at, targets, from, width);
            return 0;
        }

        @Override
        public void answer(float[] outputs, int at, int width) {
            Arguments.part("outputs", outputs, "at", at, Arguments.atLeast("width", 1, width));
        }
    };

    private static final String PER_SEQUENCE = "_per_sequence";
    private static final double CLIP = 0x1p-24;

    private final String unit;
    private final String errorWord;
    private final double unitsPerLoss;

    Objective(String unit, String errorWord, double unitsPerLoss) {
        this.unit = unit;
        this.errorWord = errorWord;
        this.unitsPerLoss = unitsPerLoss;
    }

    /**
     * Records the loss of one step.
     *
     * @param tape the tape
     * @param outputs {@code [batch][1][outputs]}
     * @param targets {@code [batch][1][outputs]}, without derivatives
     * @param mask how much the step counts, {@code [batch][1][1]}, without derivatives
     * @return the loss of each sequence, {@code [batch][1][1]}
     */
    public abstract Tensor loss(Tape tape, Tensor outputs, Tensor targets, Tensor mask);

    /**
     * The loss of one step in double precision, as if it counted in full.
     *
     * @param outputs holds the outputs
     * @param at offset of the first
     * @param targets holds the targets
     * @param from offset of the first
     * @param width how many there are
     * @return nats, or half the squared error
     */
    public abstract double loss(float[] outputs, int at, float[] targets, int from, int width);

    /**
     * How much of one step is wrong: bits after rounding, or the symbol if another is more probable. Real numbers are never wrong, only far
     * from the target; what is not a number is wrong.
     *
     * @param outputs holds the outputs
     * @param at offset of the first
     * @param targets holds the targets
     * @param from offset of the first
     * @param width how many there are
     * @return from 0 to {@link #decisions}
     */
    public abstract int errors(float[] outputs, int at, float[] targets, int from, int width);

    /**
     * Makes of outputs what they stand for: probabilities of bits or symbols, or the numbers themselves.
     *
     * @param outputs holds the outputs, which are replaced
     * @param at offset of the first
     * @param width how many there are
     */
    public abstract void answer(float[] outputs, int at, int width);

    /**
     * How many things a step can have wrong.
     *
     * @param width number of outputs
     * @return the outputs, or 1 for a symbol
     */
    public int decisions(int width) {
        return width;
    }

    /**
     * In what evaluations and reports give the cost of a sequence.
     *
     * @return {@code bits}, or {@code squared error}
     */
    public String unit() {
        return unit;
    }

    /**
     * What {@link #errors} counts.
     *
     * @return {@code bit errors} or {@code symbol errors}; empty where nothing is wrong or right
     */
    public String errorWord() {
        return errorWord;
    }

    /**
     * What files call the cost of a sequence.
     *
     * @return {@code bits_per_sequence}, or {@code squared_error_per_sequence}
     */
    public String costKey() {
        return key(unit) + PER_SEQUENCE;
    }

    /**
     * What files call that cost above the optimum.
     *
     * @return {@code excess_bits}, or {@code excess_squared_error}
     */
    public String excessKey() {
        return "excess_" + key(unit);
    }

    /**
     * What files call the errors of a sequence.
     *
     * @return {@code bit_errors_per_sequence} or {@code symbol_errors_per_sequence}
     */
    public String errorKey() {
        return key(errorWord) + PER_SEQUENCE;
    }

    /**
     * How much of an answer is wrong, when bits are rounded at 0.5; what is not a number is wrong.
     *
     * @param answer probabilities or real numbers, as {@link #answer} makes them
     * @param target as many numbers
     * @return from 0 to {@link #decisions}
     */
    public int errorsOf(float[] answer, float[] target) {
        if (this != BITS) {
            return errors(answer, 0, target, 0, answer.length);
        }
        int wrong = 0;
        for (int j = 0; j < answer.length; j++) {
            boolean right = target[j] >= 0.5f ? answer[j] >= 0.5f : answer[j] < 0.5f;
            wrong += right ? 0 : 1;
        }
        return wrong;
    }

    /**
     * What an answer costs, in nats or as the squared error. Probabilities are clipped to [2^-24, 1 - 2^-24], the resolution of a float near
     * 1, so a single bit costs at most 24 bits.
     *
     * @param answer probabilities or real numbers, as {@link #answer} makes them
     * @param target as many numbers
     * @return the sum
     */
    public double costOf(float[] answer, float[] target) {
        double cost = 0;
        for (int j = 0; j < answer.length; j++) {
            double probability = Math.clamp((double) answer[j], CLIP, 1 - CLIP);
            cost += switch (this) {
                case BITS -> -(target[j] * StrictMath.log(probability) + (1 - (double) target[j]) * StrictMath.log(1 - probability));
                case SYMBOLS -> -target[j] * StrictMath.log(probability);
                case REALS -> ((double) answer[j] - target[j]) * ((double) answer[j] - target[j]);
            };
        }
        return cost;
    }

    private static void requireParts(float[] outputs, int at, float[] targets, int from, int width) {
        Arguments.part("outputs", outputs, "at", at, Arguments.atLeast("width", 1, width));
        Arguments.part("targets", targets, "from", from, width);
    }

    private static String key(String words) {
        return words.replace(' ', '_');
    }

    /**
     * Whether there is something to be wrong or right.
     *
     * @return false for real numbers
     */
    public boolean countsErrors() {
        return !errorWord.isEmpty();
    }

    /**
     * Units of cost in one of loss: a nat is 1.44 bits, half a squared error half a squared error.
     *
     * @return the factor
     */
    public double unitsPerLoss() {
        return unitsPerLoss;
    }

    /**
     * The most probable symbol.
     *
     * @param values one for each symbol, probabilities or what they are made of
     * @param at offset of the first
     * @param width number of symbols, at least 1
     * @return the first of the largest
     */
    public static int symbol(float[] values, int at, int width) {
        Arguments.part("values", values, "at", at, Arguments.atLeast("width", 1, width));
        int best = 0;
        for (int j = 1; j < width; j++) {
            if (values[at + j] > values[at + best]) {
                best = j;
            }
        }
        return best;
    }
}
