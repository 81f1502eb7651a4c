package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However few links are kept, everything is as it is when all are. */
final class LinkHistoryTest {
    private static final int ROWS = 11;
    private static final int BATCH = 2;
    private static final int HEADS = 2;
    private static final int STEPS = 13;
    private static final int[] INTERVALS = {2, 3, 4, 5, 12, 13, 14, 1000};

    /** Steps on a tape, from random operands, with a link before the first. */
    private static final class Steps {
        final Tape tape;
        final LinkHistory history;
        final Tensor first;
        final Tape.Mark beginning;
        final List<Tape.Mark> ends = new ArrayList<>();
        final List<Tensor> operands = new ArrayList<>();
        final List<Tensor> results = new ArrayList<>();
        final List<Tensor> links = new ArrayList<>();

        Steps(int interval, KernelProvider provider) {
            this(interval, new Tape(new Parameters(), provider.create(), true));
        }

        Steps(int interval, Tape tape) {
            this.tape = tape;
            history = new LinkHistory(interval);
            first = tape.allocate(BATCH, ROWS, ROWS);
            beginning = tape.mark();
            Tensor link = first;
            for (int t = 0; t < STEPS; t++) {
                Tensor precedence = operand(1);
                Tensor write = operand(1);
                Tensor read = operand(HEADS);
                Tensor before = link;
                TemporalLink step = tape.recordOnly(() -> TemporalLink.of(tape, history, before, precedence, write, read));
                link = step.link();
                links.add(link);
                results.add(step.forwardWeighting());
                results.add(step.backwardWeighting());
                ends.add(tape.mark());
            }
        }

        private Tensor operand(int lines) {
            Tensor tensor = tape.allocate(BATCH, lines, ROWS);
            operands.add(tensor);
            return tensor;
        }

        void fill(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            fill(first, random);
            operands.forEach(operand -> fill(operand, random));
        }

        private void fill(Tensor tensor, SplittableRandom random) {
            for (int b = 0; b < BATCH; b++) {
                for (int line = 0; line < tensor.lines(); line++) {
                    for (int n = 0; n < tensor.size(); n++) {
                        tape.values()[tensor.at(b, line) + n] = tensor == first && n == line ? 0f : (float) random.nextDouble() / ROWS;
                    }
                }
            }
        }

        void forward(int steps) {
            tape.forward(tape.start(), ends.get(steps - 1));
        }

        /** Backwards from random derivatives by the results and by the last link. */
        float[] backward(int steps, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Tape.Mark end = ends.get(steps - 1);
            tape.clearGradients(end);
            derive(links.get(steps - 1), random);
            results.subList(0, 2 * steps).forEach(result -> derive(result, random));
            tape.backward(end, new float[tape.parameters().size()]);
            return Arrays.copyOf(tape.gradients(), end.gradients());
        }

        private void derive(Tensor tensor, SplittableRandom random) {
            for (int b = 0; b < BATCH; b++) {
                for (int line = 0; line < tensor.lines(); line++) {
                    for (int n = 0; n < tensor.size(); n++) {
                        tape.gradients()[tensor.gradientAt(b, line) + n] = (float) random.nextDouble();
                    }
                }
            }
        }

        float[] values(Tensor tensor) {
            return Arrays.copyOfRange(tape.values(), tensor.at(0, 0), tensor.at(0, 0) + BATCH * tensor.batchStride());
        }
    }

    @ParameterizedTest
    @EnumSource
    void replaysOfAnyLengthGiveTheSameBits(KernelProvider provider) {
        Steps kept = new Steps(1, provider);
        for (int interval : INTERVALS) {
            Steps steps = new Steps(interval, provider);
            for (int length : new int[] {STEPS, 5, 12, 1, 4, STEPS, 3, 6}) {
                kept.fill(length);
                steps.fill(length);
                kept.forward(length);
                steps.forward(length);
                Tensor last = kept.links.get(length - 1);
                assertThat(steps.values(steps.links.get(length - 1))).as("link").isEqualTo(kept.values(last));
                for (int i = 0; i < 2 * length; i++) {
                    assertThat(steps.values(steps.results.get(i))).as("result").isEqualTo(kept.values(kept.results.get(i)));
                }
                assertThat(steps.backward(length, 7))
                        .as("interval %d, %d steps", interval, length)
                        .isEqualTo(kept.backward(length, 7));
            }
        }
    }

    @Test
    void theWayBackCanBeRunAgainAndFromElsewhere() {
        Steps kept = new Steps(1, KernelProvider.PORTABLE);
        kept.fill(1);
        kept.forward(STEPS);
        for (int interval : INTERVALS) {
            Steps steps = new Steps(interval, KernelProvider.PORTABLE);
            steps.fill(1);
            steps.forward(STEPS);
            for (int length : new int[] {STEPS, STEPS, 6, 10, STEPS, 1, 11}) {
                assertThat(steps.backward(length, 7))
                        .as("interval %d, %d steps", interval, length)
                        .isEqualTo(kept.backward(length, 7));
            }
        }
    }

    @Test
    void aReplayCanBeginInTheMiddle() {
        Steps kept = new Steps(1, KernelProvider.PORTABLE);
        kept.fill(1);
        kept.forward(STEPS);
        for (int interval : INTERVALS) {
            Steps steps = new Steps(interval, KernelProvider.PORTABLE);
            steps.fill(1);
            steps.forward(STEPS);
            for (int middle : new int[] {1, 6, 9, STEPS - 1}) {
                steps.tape.forward(steps.ends.get(middle - 1), steps.ends.get(STEPS - 1));
                assertThat(steps.values(steps.links.getLast())).isEqualTo(kept.values(kept.links.getLast()));
                assertThat(steps.backward(STEPS, 7)).isEqualTo(kept.backward(STEPS, 7));
            }
        }
    }

    /** As training in segments does: forwards over the same steps again and again, the state carried by hand, then backwards from the last. */
    @Test
    void segmentsGiveTheSameBits() {
        assertThat(inSegments(3)).isDeepEqualTo(inSegments(1));
        assertThat(inSegments(4)).isDeepEqualTo(inSegments(1));
        assertThat(inSegments(1000)).isDeepEqualTo(inSegments(1));
    }

    private static float[][] inSegments(int interval) {
        Steps steps = new Steps(interval, KernelProvider.PORTABLE);
        int segments = 3;
        List<float[]> before = new ArrayList<>();
        List<float[]> derivatives = new ArrayList<>();
        float[] state = new float[BATCH * steps.first.batchStride()];
        for (int s = 0; s < segments; s++) {
            before.add(state);
            steps.fill(s);
            System.arraycopy(state, 0, steps.tape.values(), steps.first.at(0, 0), state.length);
            steps.tape.forward(steps.beginning, steps.ends.getLast());
            state = steps.values(steps.links.getLast());
        }
        for (int s = segments - 1; s >= 0; s--) {
            steps.fill(s);
            System.arraycopy(before.get(s), 0, steps.tape.values(), steps.first.at(0, 0), state.length);
            steps.tape.forward(steps.beginning, steps.ends.getLast());
            derivatives.add(steps.backward(STEPS, s));
        }
        return derivatives.toArray(float[][]::new);
    }

    @Test
    void linksTakeRoomForEachKthAndForOneStretch() {
        int link = BATCH * new Steps(1, KernelProvider.PORTABLE).first.batchStride();
        int all = counted(1);
        for (int interval : INTERVALS) {
            int kept = STEPS / interval;
            int shared = Math.min(interval - 1, STEPS);
            assertThat(all - counted(interval)).as("interval %d", interval).isEqualTo((STEPS - kept - shared) * link);
        }
    }

    /** Floats of values, by a tape that has none. */
    private static int counted(int interval) {
        return new Steps(interval, Tape.counting(new Parameters(), KernelProvider.PORTABLE.create(), true)).tape.valueFloats();
    }

    @Test
    void largeLinksAreKeptEachFourthUnlessAnotherIntervalIsAskedFor() {
        assertThat(linksKept(LinkHistory.of(1, 255), 255)).isEqualTo(9);
        assertThat(linksKept(LinkHistory.of(1, 256), 256)).isEqualTo(linksKept(new LinkHistory(4), 256)).isEqualTo(2 + 3);
        assertThat(linksKept(LinkHistory.of(3, 256), 256)).isEqualTo(3 + 2);
    }

    /** Places for links of nine steps. */
    private static long linksKept(LinkHistory history, int rows) {
        Tape tape = Tape.counting(new Parameters(), KernelProvider.PORTABLE.create(), true);
        Tensor link = tape.allocate(1, rows, rows);
        Tensor operand = tape.allocate(1, 1, rows);
        long before = tape.valueFloats();
        for (int t = 0; t < 9; t++) {
            link = TemporalLink.of(tape, history, link, operand, operand, operand).link();
        }
        return (tape.valueFloats() - before) / link.batchStride();
    }

    @Test
    void aHistoryRefusesAnIntervalBelowOneAndALinkThatIsNotItsLast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinkHistory(0))
                .withMessage("link interval: expected at least 1, got 0");
        Steps steps = new Steps(2, KernelProvider.PORTABLE);
        Tensor other = steps.tape.allocate(BATCH, ROWS, ROWS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemporalLink.of(
                        steps.tape,
                        steps.history,
                        other,
                        steps.operands.get(0),
                        steps.operands.get(1),
                        steps.operands.get(2)))
                .withMessage("link: expected the one that the last step of its history left, got another");
    }
}
