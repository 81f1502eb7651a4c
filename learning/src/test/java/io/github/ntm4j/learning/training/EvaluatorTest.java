package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.constantMachine;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluatorTest {
    private static final Task TASK = COPY.create();
    private static final Size SIZE = Size.of("length", 4);

    private static Evaluation evaluate(Machine machine, int threads, KernelProvider provider, int count, long first) {
        try (Evaluator evaluator = new Evaluator(machine, TASK, threads, provider)) {
            return evaluator.evaluate(SIZE, count, 9, "test", first);
        }
    }

    /** The same by the book: one sequence after the other, -log2 p of every target bit, and rounded probabilities. */
    private static Evaluation byHand(Machine machine, int count, long first) {
        Session session = new Session(machine, 1, KernelProvider.PORTABLE);
        Sequence sequence = new Sequence(TASK.inputs(), TASK.outputs());
        double bits = 0;
        int errors = 0;
        int exact = 0;
        double squaredBits = 0;
        double squaredErrors = 0;
        for (int i = 0; i < count; i++) {
            TASK.generate(SIZE, Random64.of(9, "test", first + i), sequence);
            session.reset();
            int errorsBefore = errors;
            double bitsBefore = bits;
            for (int t = 0; t < sequence.steps(); t++) {
                session.step(sequence.input(), t * TASK.inputs(), TASK.inputs());
                for (int j = 0; j < TASK.outputs() && t > 4; j++) {
                    double probability = 1 / (1 + Math.exp(-session.logit(0, j)));
                    boolean one = sequence.target()[t * TASK.outputs() + j] == 1;
                    bits -= Math.log(one ? probability : 1 - probability) / Math.log(2);
                    errors += one == (probability > 0.5) ? 0 : 1;
                }
            }
            exact += errors == errorsBefore ? 1 : 0;
            squaredBits += Math.pow(bits - bitsBefore, 2);
            squaredErrors += Math.pow(errors - errorsBefore, 2);
        }
        double bitsError = standardError(count, bits, squaredBits);
        return new Evaluation(
                SIZE, count, bits / count, (double) errors / count, exact, 0, bitsError, standardError(count, errors, squaredErrors));
    }

    private static double standardError(int count, double sum, double squares) {
        return count == 1 ? 0 : Math.sqrt(Math.max(0, squares - sum * sum / count) / (count - 1) / count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 29})
    void anEvaluationIsTheAverageOverItsSequences(int count) {
        Machine machine = machine(ntm(), TASK, 1);
        Evaluation byHand = byHand(machine, count, 3);
        Evaluation evaluation = evaluate(machine, 2, KernelProvider.SIMD, count, 3);
        assertThat(evaluation.bitsPerSequence()).isCloseTo(byHand.bitsPerSequence(), within(1e-5)).isBetween(14.0, 20.0);
        assertThat(evaluation.bitErrorsPerSequence()).isEqualTo(byHand.bitErrorsPerSequence());
        assertThat(evaluation.exactSequences()).isEqualTo(byHand.exactSequences());
        assertThat(evaluation.sequences()).isEqualTo(count);
        assertThat(evaluation.at()).isEqualTo(SIZE);
    }

    @Test
    void threadsAndKernelsDoNotChangeAnEvaluation() {
        Machine machine = machine(ntm("read_heads", 2), TASK, 1);
        Evaluation one = evaluate(machine, 1, KernelProvider.PORTABLE, 45, 0);
        for (int threads = 1; threads <= 4; threads++) {
            for (KernelProvider provider : KernelProvider.values()) {
                assertThat(evaluate(machine, threads, provider, 45, 0)).as("%d threads, %s", threads, provider).isEqualTo(one);
            }
        }
    }

    @Test
    void theFirstSequenceIsTheOneAskedFor() {
        Machine machine = machine(ntm(), TASK, 1);
        Evaluation head = evaluate(machine, 1, KernelProvider.SIMD, 10, 0);
        Evaluation tail = evaluate(machine, 1, KernelProvider.SIMD, 5, 10);
        Evaluation all = evaluate(machine, 1, KernelProvider.SIMD, 15, 0);
        assertThat((10 * head.bitsPerSequence() + 5 * tail.bitsPerSequence()) / 15).isCloseTo(all.bitsPerSequence(), within(1e-9));
        assertThat(tail.bitsPerSequence()).isNotEqualTo(evaluate(machine, 1, KernelProvider.SIMD, 5, 0).bitsPerSequence());
    }

    @Test
    void anEvaluationLeavesTheMachineAlone() {
        Machine machine = machine(ntm("initial_memory", "random"), TASK, 1);
        float[] before = machine.parameters().values().clone();
        try (Evaluator evaluator = new Evaluator(machine, TASK, 1, KernelProvider.SIMD)) {
            Evaluation first = evaluator.evaluate(SIZE, 12, 9, "test", 0);
            Evaluation longer = evaluator.evaluate(Size.of("length", 30), 2, 9, "test", 0);
            assertThat(longer.bitsPerSequence()).isGreaterThan(first.bitsPerSequence());
            assertThat(evaluator.evaluate(SIZE, 12, 9, "test", 0)).isEqualTo(first);
        }
        assertThat(machine.parameters().values()).isEqualTo(before);
    }

    @Test
    void parametersThatChangedAreTakenIn() {
        Machine machine = machine(ntm("initial_memory", "learned"), TASK, 1);
        try (Evaluator evaluator = new Evaluator(machine, TASK, 1, KernelProvider.SIMD)) {
            Evaluation before = evaluator.evaluate(SIZE, 4, 9, "test", 0);
            machine.initialise(2);
            machine.parameters().refresh();
            Evaluation after = evaluator.evaluate(SIZE, 4, 9, "test", 0);
            assertThat(after.bitsPerSequence()).isNotEqualTo(before.bitsPerSequence());
            assertThat(after).isEqualTo(evaluate(machine, 1, KernelProvider.SIMD, 4, 0));
        }
    }

    @Test
    void aConstantAnswerCostsWhatItMust() {
        ScriptedTask task = new ScriptedTask(2, 3, 1, ScriptedTask.Script.BLANK, (number, into) -> {
            into.target(0, 0, 1);
            into.target(2, 1, number % 2);
            into.mask()[2] = 0.5f;
        });
        double yes = Math.log1p(Math.exp(-1)) / Math.log(2);
        double no = Math.log1p(Math.exp(1)) / Math.log(2);
        try (Evaluator evaluator = new Evaluator(constantMachine(2, 1), task, 1, KernelProvider.SIMD)) {
            Evaluation evaluation = evaluator.evaluate(task.largest(), 4, 1, "evaluation", 0);
            // Step 0 wants 1 and 0, at full weight; step 2 wants 0 and, of two sequences, a 1, at half weight. Every answer is 1.
            double even = yes + no + 0.5 * (no + no);
            double odd = yes + no + 0.5 * (no + yes);
            assertThat(evaluation.bitsPerSequence()).isCloseTo((even + odd) / 2, within(1e-9));
            assertThat(evaluation.bitErrorsPerSequence()).isEqualTo((3 + 2) / 2.0);
            assertThat(evaluation.exactSequences()).isZero();
        }
    }

    @Test
    void aLogitOfZeroSaysZeroAndOneThatIsNotANumberIsWrong() {
        ScriptedTask task = new ScriptedTask(1, 1, 1, ScriptedTask.Script.BLANK, (number, into) -> into.target(0, 0, number % 2));
        try (Evaluator zero = new Evaluator(constantMachine(1, 0), task, 1, KernelProvider.PORTABLE);
                Evaluator none = new Evaluator(constantMachine(1, Float.NaN), task, 1, KernelProvider.PORTABLE)) {
            assertThat(zero.evaluate(task.largest(), 10, 1, "evaluation", 0).bitErrorsPerSequence()).isEqualTo(0.5);
            assertThat(none.evaluate(task.largest(), 10, 1, "evaluation", 0).bitErrorsPerSequence()).isEqualTo(1);
        }
    }
}
