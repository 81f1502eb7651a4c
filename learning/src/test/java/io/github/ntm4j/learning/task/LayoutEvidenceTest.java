package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.data.SequenceCoding.Layout;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a machine should answer is found out from the lines of a file, as far as they show it. */
final class LayoutEvidenceTest {
    private static final int LINES = 600;

    /** What shows the layout of lists of symbols, 1 to 12 of them, whose targets a rule makes. */
    private static LayoutEvidence.Choice choice(int symbols, UnaryOperator<int[]> rule) {
        return choice(symbols, 1, rule);
    }

    private static LayoutEvidence.Choice choice(int symbols, int shortest, UnaryOperator<int[]> rule) {
        LayoutEvidence evidence = new LayoutEvidence();
        Random64 random = Random64.of(7, "lists", 0);
        for (int line = 1; line <= LINES; line++) {
            int[] input = new int[random.nextInt(shortest, 12)];
            Arrays.setAll(input, _ -> random.nextInt(0, symbols - 1));
            evidence.see(line(input, rule.apply(input.clone()), null));
        }
        return evidence.choose(SequenceForm.SYMBOLS);
    }

    private static SequenceLine line(int[] input, int[] target, float[] mask) {
        return new SequenceLine(new SequenceSide.Symbols(input), new SequenceSide.Symbols(target), mask, 1);
    }

    private static int[] each(int[] list, IntUnaryOperator at) {
        return IntStream.range(0, list.length).map(at).toArray();
    }

    @Test
    void listsThatAreReversedSortedOrCopiedAreAnsweredAfter() {
        for (int symbols : new int[] {2, 8, 60}) {
            for (int shortest : new int[] {1, 5, 12}) {
                LayoutEvidence.Choice reversed = choice(symbols, shortest, list -> each(list, i -> list[list.length - 1 - i]));
                assertThat(reversed.layout()).isEqualTo(Layout.AFTER);
                assertThat(reversed.reason()).contains("its input in another order");
                assertThat(choice(symbols, shortest, list -> Arrays.stream(list).sorted().toArray()).layout()).isEqualTo(Layout.AFTER);
                assertThat(choice(symbols, shortest, list -> list).reason()).contains("its input again");
                assertThat(choice(symbols, shortest, list -> list).layout()).isEqualTo(Layout.AFTER);
            }
        }
    }

    @Test
    void whatDependsOnLaterInputsIsAnsweredAfterWhateverItIs() {
        assertThat(choice(8, list -> each(list, i -> 7 - list[list.length - 1 - i])).layout()).as("reversed and coded").isEqualTo(Layout.AFTER);
        assertThat(choice(2, list -> each(list, i -> Arrays.stream(list).sum() % 2)).layout()).as("parity of all").isEqualTo(Layout.AFTER);
        assertThat(choice(40, list -> each(list, i -> list[list.length - 1])).layout()).as("the last one").isEqualTo(Layout.AFTER);
        assertThat(choice(10, list -> each(list, i -> Arrays.stream(list).max().orElse(0))).layout()).as("the largest").isEqualTo(Layout.AFTER);
    }

    @Test
    void whatIsKnownWhenItsInputIsIsAnsweredDuring() {
        assertThat(choice(50, list -> each(list, i -> list[i] % 3))).isEqualTo(
                new LayoutEvidence.Choice(Layout.DURING, "as each target follows from the input of its step"));
        assertThat(choice(6, list -> each(list, i -> i == 0 ? 0 : list[i - 1])).reason()).isEqualTo("as each target follows from the last 2 inputs");
        assertThat(choice(2, list -> each(list, i -> Arrays.stream(list, 0, i + 1).sum() % 2)).reason())
                .as("a running parity")
                .isEqualTo("as each target follows from the inputs up to it");
        assertThat(choice(30, list -> each(list, i -> i + 1 < list.length ? list[i + 1] : 30)).reason())
                .as("the next one, and an end")
                .isEqualTo("as each target is the next input");
    }

    @Test
    void theNextInputIsATargetOfItsStep() {
        Random64 random = Random64.of(3, "text", 0);
        LayoutEvidence evidence = new LayoutEvidence();
        for (int line = 0; line < 20; line++) {
            int[] all = IntStream.range(0, 10).map(_ -> random.nextInt(0, 4)).toArray();
            evidence.see(line(Arrays.copyOf(all, 9), Arrays.copyOfRange(all, 1, 10), null));
        }
        assertThat(evidence.choose(SequenceForm.SYMBOLS))
                .isEqualTo(new LayoutEvidence.Choice(Layout.DURING, "as each target is the next input"));
    }

    @Test
    void aMaskBelongsToTheStepsOfTheInput() {
        LayoutEvidence evidence = new LayoutEvidence();
        evidence.see(line(new int[] {1, 2, 3}, new int[] {0, 2, 1}, new float[] {0, 1, 1}));
        assertThat(evidence.choose(SequenceForm.SYMBOLS).layout()).isEqualTo(Layout.DURING);
    }

    @Test
    void equalLengthsAloneShowNothing() {
        LayoutEvidence evidence = new LayoutEvidence();
        for (int again = 0; again < 500; again++) {
            evidence.see(line(new int[] {0, 7, 3}, new int[] {1, 0, 4}, null));
        }
        assertThat(evidence.choose(SequenceForm.SYMBOLS)).as("one line, however often").isEqualTo(new LayoutEvidence.Choice(
                Layout.AFTER, "as nothing shows that targets are known before the input ends, though lengths are equal"));
    }

    @Test
    void oneLineOfAnotherLengthIsAMistakeAmongVectorsAndManyAreAnswersAfterwards() {
        LayoutEvidence few = new LayoutEvidence();
        LayoutEvidence most = new LayoutEvidence();
        for (int line = 1; line <= 10; line++) {
            few.see(vectors(line, 3, line == 4 ? 2 : 3));
            most.see(vectors(line, 3, line < 8 ? 1 : 3));
        }
        assertThat(few.mistakenLine()).isEqualTo(4);
        assertThat(few.unequalLengths()).isEqualTo("target has 2 steps, but input has 3");
        assertThat(most.mistakenLine()).isZero();
        assertThat(most.choose(SequenceForm.VECTORS).layout()).isEqualTo(Layout.AFTER);
    }

    private static SequenceLine vectors(int line, int steps, int answers) {
        return new SequenceLine(
                new SequenceSide.Vectors(new float[steps], steps, 1), new SequenceSide.Vectors(new float[answers], answers, 1), null, line);
    }

    @Test
    void vectorsAreAnsweredDuringTheInputUnlessTheyAreThoseOfTheInputInSomeOrder() {
        LayoutEvidence other = new LayoutEvidence();
        LayoutEvidence reversed = new LayoutEvidence();
        for (int line = 0; line < 10; line++) {
            SequenceSide input = new SequenceSide.Vectors(new float[] {line, 0, 1, 2, 5, 6}, 3, 2);
            other.see(new SequenceLine(input, new SequenceSide.Vectors(new float[] {line, line + 1, 3}, 3, 1), null, line));
            reversed.see(new SequenceLine(input, new SequenceSide.Vectors(new float[] {5, 6, 1, 2, line, 0}, 3, 2), null, line));
        }
        assertThat(other.choose(SequenceForm.VECTORS).layout()).isEqualTo(Layout.DURING);
        assertThat(reversed.choose(SequenceForm.VECTORS).layout()).isEqualTo(Layout.AFTER);
    }
}
