package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A task of which a test writes every sequence, by its number in the stream of training or of evaluation. A stream is known by
 * its first number; a sequence from any other stream is refused.
 */
final class ScriptedTask implements Task {
    private static final long KNOWN = 2000;

    private final int outputs;
    private final int steps;
    private final Script training;
    private final Script evaluation;
    private final Map<Long, Long> trainingNumbers = new HashMap<>();
    private final Map<Long, Long> evaluationNumbers = new HashMap<>();
    private double optimum;

    /** Writes the sequence of a number into a buffer of zeros that counts nowhere. */
    interface Script {
        /** Nothing to learn from: no step counts. */
        Script BLANK = (number, into) -> {};

        void write(long number, Sequence into);
    }

    ScriptedTask(int outputs, int steps, long seed, Script training, Script evaluation) {
        this.outputs = outputs;
        this.steps = steps;
        this.training = training;
        this.evaluation = evaluation;
        for (long number = 0; number < KNOWN; number++) {
            trainingNumbers.put(Random64.of(seed, "sequence", number).nextLong(), number);
            evaluationNumbers.put(Random64.of(seed, "evaluation", number).nextLong(), number);
        }
    }

    /** Says that no machine can expect to reach less than this on any sequence. */
    ScriptedTask withOptimum(double nats) {
        optimum = nats;
        return this;
    }

    @Override
    public double optimum(Sequence sequence) {
        return optimum;
    }

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(new SizeRange("length", steps, steps, steps));
    }

    @Override
    public int steps(Size size) {
        return size.get("length");
    }

    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        into.clear(steps);
        long first = random.nextLong();
        if (trainingNumbers.containsKey(first)) {
            training.write(trainingNumbers.get(first), into);
        } else if (evaluationNumbers.containsKey(first)) {
            evaluation.write(evaluationNumbers.get(first), into);
        } else {
            throw new AssertionError("a sequence that is neither of training nor of evaluation, or beyond number " + KNOWN);
        }
    }
}
