package io.github.ntm4j.machines.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of a recording is known before, though its steps do not take the same. */
final class UnrolledSizeTest {
    /** Puts out what it is given, and keeps something large at the first steps of an interval and then at each last one. */
    private record Keeper(int floats, Parameters parameters) implements StepMachine<Keeper.Count> {
        Keeper(int floats) {
            this(floats, new Parameters());
        }

        /** The number of the step. */
        record Count(int step, Tensor last) implements State {
            @Override
            public List<Tensor> tensors() {
                return List.of(last);
            }
        }

        @Override
        public int inputs() {
            return 3;
        }

        @Override
        public int outputs() {
            return 3;
        }

        @Override
        public void initialise(long seed) {}

        @Override
        public Count initialState(Tape tape, int batch) {
            return new Count(0, tape.allocate(batch, 1, 3));
        }

        @Override
        public Step<Count> step(Tape tape, Tensor input, Count state) {
            int interval = tape.linkInterval();
            if (state.step() < interval || state.step() % interval == interval - 1) {
                tape.allocateValues(input.batch(), 1, floats);
            }
            Tensor output = tape.allocate(input.batch(), 1, 3);
            return new Step<>(output, new Count(state.step() + 1, output));
        }
    }

    private static Desk desk(int interval) {
        return new Desk(Objective.REALS, 2, 0, interval, KernelProvider.PORTABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 100})
    void everyStepIsCounted(int interval) {
        Keeper machine = new Keeper(1000);
        RecordingSize size = machine.size(desk(interval), true);
        for (int steps : new int[] {1, 2, 6, 7, 8, 30, 99, 100, 101, 150}) {
            Tape tape = Tape.counting(machine.parameters(), KernelProvider.PORTABLE.create(), true).withLinkInterval(interval);
            new Recording<>(machine, Objective.REALS, tape, 2).extend(steps);
            assertThat(size.values(steps)).as("%d steps", steps).isEqualTo(tape.valueFloats());
            assertThat(size.gradients(steps)).as("%d steps", steps).isEqualTo(tape.mark().gradients());
            assertThat(size.largest(steps)).isEqualTo(tape.valueFloats());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void whatIsTakenIsWhatWasCounted(int interval) {
        Keeper machine = new Keeper(100);
        Episode episode = machine.episode(desk(interval));
        for (int steps : new int[] {200, 340, 5100}) {
            episode.extend(steps);
            RecordingSize size = machine.size(desk(interval), true);
            assertThat(size.values(steps) + size.gradients(steps)).as("%d steps", steps).isEqualTo(episode.floats());
        }
    }

    /** As long a sequence as nobody counts step by step: each interval is like the one before. */
    @Test
    void longSequencesAreCountedByIntervals() {
        RecordingSize size = new Keeper(1000).size(desk(10), true);
        long interval = size.values(1010) - size.values(1000);
        assertThat(size.values(1_000_000_003L)).isEqualTo(size.values(1003) + (1_000_000_000L - 1000) / 10 * interval);
        RecordingSize large = new Keeper(400_000_000).size(desk(1), true);
        assertThat(large.values(2)).isGreaterThan(Tape.LARGEST_ARENA / 2).isLessThan(Tape.LARGEST_ARENA);
        assertThat(large.values(100)).isEqualTo(large.values(0) + 100 * (large.values(1) - large.values(0)));
    }

    @Test
    void aStepBeyondTheLargestArrayIsNoStep() {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> new Keeper(1_100_000_000).size(desk(1), true));
    }

    @Test
    void whoAnswersTakesOneStepHoweverLongTheSequenceIs() {
        RecordingSize size = new Keeper(1000).size(desk(1), false);
        assertThat(size.values(1)).isGreaterThan(2000);
        assertThat(size.values(100_000)).isEqualTo(size.values(1));
        assertThat(size.gradients(1)).isEqualTo(Tape.counting(new Parameters(), KernelProvider.PORTABLE.create(), false).mark().gradients());
        assertThat(size.state()).isEqualTo(6);
        assertThat(size.segmented()).isTrue();
    }
}
