package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.Answerer;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answerer says to a question that its machine cannot have been trained on. */
class AnswererTest {
    private static final String TEXT = "input_form: text, input_alphabet: abc, target_form: text, target_alphabet: abc, targets: symbols, layout: after";
    private static final String SYMBOLS = "input_form: symbols, input_width: 3, target_form: symbols, target_width: 3, targets: symbols";
    private static final String VECTORS = "input_form: vectors, input_width: 2, target_form: vectors, target_width: 2, targets: bits";
    private static final SequenceSide ABC = new SequenceSide.Text("abc".codePoints().toArray());

    /** A machine with its first values that could have been trained on such data. */
    private static Answerer answerer(String data, int limit) {
        RunConfig config = RunConfig.resolve(Yaml.parse(
                "{task: {name: data, " + data + "}, machine: {rows: 8, width: 4, controller_size: 8}}", "test"));
        DataConfig task = (DataConfig) config.task();
        Machine machine = config.machine().build(task.form().coding().inputs(), task.form().coding().outputs());
        machine.initialise(1);
        Model model = new Model(machine, config.machine(), ConfigTree.of(config.toMap(), "model"), Path.of("model"), Map.of(), Map.of());
        return new Answerer(model, limit, KernelProvider.PORTABLE);
    }

    private static SequenceLine line(SequenceSide input) {
        return new SequenceLine(input, null, null, 1);
    }

    private static void refused(String data, SequenceSide input, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> answerer(data, 10).answer(line(input))).withMessage(message);
    }

    @Test
    void aFormThatTheMachineWasNotTrainedOnIsNamed() {
        SequenceSide symbols = new SequenceSide.Symbols(new int[] {0, 1});
        SequenceSide vectors = new SequenceSide.Vectors(new float[4], 2, 2);
        refused(TEXT, symbols, "line.input: expected text, got symbols");
        refused(TEXT, vectors, "line.input: expected text, got vectors");
        refused(SYMBOLS, ABC, "line.input: expected symbols, got text");
        refused(SYMBOLS, vectors, "line.input: expected symbols, got vectors");
        refused(VECTORS, ABC, "line.input: expected vectors, got text");
        refused(VECTORS, symbols, "line.input: expected vectors, got symbols");
    }

    @Test
    void vectorsHaveTheMachinesWidthAndAreFinite() {
        refused(VECTORS, new SequenceSide.Vectors(new float[6], 2, 3), "line.input.width: expected 2, got 3");
        refused(
                VECTORS, new SequenceSide.Vectors(new float[] {0, 1, Float.NaN, 0}, 2, 2),
                "line.input.values: expected finite numbers, got NaN at 2");
    }

    @Test
    void aQuestionHasAStepUnlessTheAnswerFollows() {
        assertThat(answerer(TEXT, 10).answer(line(new SequenceSide.Text(new int[0]))).steps()).isBetween(2, 11);
        refused(SYMBOLS, new SequenceSide.Symbols(new int[0]), "line.input.steps: expected at least 1, got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> answerer(TEXT, 10).answer(null)).withMessage("line: expected one, got null");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MIN_VALUE})
    void aSymbolThatTheMachineDoesNotKnowIsNamed(int symbol) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> answerer(SYMBOLS, 10).answer(line(new SequenceSide.Symbols(new int[] {0, symbol}))))
                .withMessage("input step 2: symbol " + symbol + "; expected 0 to 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -5})
    void anAnswerMayHaveAtLeastOneStep(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> answerer(TEXT, limit)).withMessage("limit: expected at least 1, got " + limit);
    }

    @Test
    void sidesSayWhatIsWrongWithThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceSide.Vectors(new float[3], 2, 2))
                .withMessage("values: expected at least 4 floats, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceSide.Symbols(null))
                .withMessage("symbols: expected one, got null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceSide.Text(new int[] {'a', -1}))
                .withMessage("characters: expected Unicode code points, got -1");
    }

    /** Each thread gets the answer that one alone gets, or is told that it is not alone; sooner or later two meet. */
    @Test
    void twoThreadsAtOnceAreNoticed() throws InterruptedException {
        SequenceLine question = line(new SequenceSide.Text("abc".repeat(3_000).codePoints().toArray()));
        Answerer answerer = answerer(TEXT, 10);
        float[] alone = answerer.answer(question).values();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        Runnable asking = () -> {
            try {
                if (!Arrays.equals(answerer.answer(question).values(), alone)) {
                    wrong.incrementAndGet();
                }
            } catch (IllegalStateException two) {
                refused.incrementAndGet();
            }
        };
        for (int i = 0; i < 1_000 && refused.get() == 0; i++) {
            Thread other = Thread.ofPlatform().start(asking);
            asking.run();
            other.join();
        }
        assertThat(wrong).hasValue(0);
        assertThat(refused.get()).isPositive();
        assertThat(answerer.answer(question).values()).isEqualTo(alone);
    }
}
