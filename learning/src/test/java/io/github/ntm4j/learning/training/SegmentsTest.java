package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.machines.dnc.DncConfig;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Episode;
import io.github.ntm4j.machines.episode.NoiseSource;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Training in segments: the same losses and derivatives in less memory. */
final class SegmentsTest {
    private static final long SEED = 5;
    private static final int LENGTH = 5;
    private static final int STEPS = 2 * LENGTH + 1;

    private record Result(List<Double> nats, List<Integer> errors, float[] gradient) {}

    private static Sequence[] sequences(Task task, int count, int length) {
        Sequence[] sequences = new Sequence[count];
        for (int i = 0; i < count; i++) {
            sequences[i] = new Sequence(task.inputs(), task.outputs());
            task.generate(Size.of("length", length), Random64.of(SEED, "segments", i), sequences[i]);
        }
        return sequences;
    }

    private static Result run(Episode unrolled, Machine machine, int length) {
        float[] gradient = new float[machine.parameters().size()];
        unrolled.run(sequences(COPY.create(), 2, length), 0, NoiseSource.NONE, 0.5, gradient);
        return new Result(
                List.of(unrolled.loss(0), unrolled.loss(1)), List.of(unrolled.errors(0), unrolled.errors(1)), gradient);
    }

    private static Result run(Machine machine, int segment, int length) {
        return run(machine.episode(new Desk(Objective.BITS, 2, segment, 1, KernelProvider.SIMD)), machine, length);
    }

    static List<MachineConfig> machines() {
        return List.of(
                ntm("initial_memory", "learned", "initial_memory_value", 0.5, "initial_weighting", "learned"),
                ntm("read_heads", 2, "write_heads", 3, "shift_range", 2, "controller_layers", 2, "initial_read", "learned-tanh"),
                ntm("type", "ntm-ff", "read_heads", 2, "write_heads", 2, "head_order", "write-first", "write_addressing", "in-turn",
                        "initial_weighting", "learned"),
                SmallTraining.changed(DncConfig.DEFAULT, "controller_size", 12, "rows", 9, "width", 5, "read_heads", 2, "start", "learned"),
                SmallTraining.changed(
                        DncConfig.DEFAULT, "controller_size", 8, "controller_layers", 2, "rows", 16, "width", 4, "mask", true, "sharpen", true,
                        "deallocate", true, "layer_norm", true, "usage_gradient", "full"),
                SmallTraining.changed(LstmConfig.DEFAULT, "controller_size", 16, "controller_layers", 2, "initial_controller", "learned"));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void segmentsOfAnyLengthHaveTheLossesAndTheDerivativesOfTheWholeSequence(MachineConfig config) {
        sameAsWhole(machine(config, COPY.create(), SEED));
    }

    @Test
    void aStateThatOnlyMovesOnToAnotherPlaceIsCarriedToo() {
        Machine machine = new DelayMachine(COPY.create());
        machine.initialise(SEED);
        sameAsWhole(machine);
    }

    private static void sameAsWhole(Machine machine) {
        Result whole = run(machine, 0, LENGTH);
        Result one = run(machine, 1, LENGTH);
        for (Entry entry : machine.parameters().entries()) {
            float[] expected = entry.read(whole.gradient());
            float[] actual = entry.read(one.gradient());
            double largest = 0;
            for (float derivative : expected) {
                largest = Math.max(largest, Math.abs(derivative));
            }
            assertThat(largest).as("derivatives by %s", entry.name()).isPositive();
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) actual[i]).as("%s, element %d", entry.name(), i).isCloseTo(expected[i], within(1e-5 * largest));
            }
        }
        for (int segment : new int[] {1, 2, 3, 7, STEPS - 1, STEPS, STEPS + 1, 1_000_000_000}) {
            Result parts = run(machine, segment, LENGTH);
            assertThat(parts.nats()).as("losses, segment %d", segment).isEqualTo(whole.nats());
            assertThat(parts.errors()).as("wrong bits, segment %d", segment).isEqualTo(whole.errors());
            assertThat(parts.gradient()).as("derivatives, segment %d", segment).isEqualTo(one.gradient());
        }
    }

    @Test
    void noSequenceLeavesATraceInTheNext() {
        Machine machine = machine(ntm("initial_memory", "learned", "initial_weighting", "learned"), COPY.create(), SEED);
        Episode used = machine.episode(new Desk(Objective.BITS, 2, 4, 1, KernelProvider.SIMD));
        for (int length : new int[] {1, 5, 1, 2, 4, 3, 5}) {
            Result fresh = run(machine, 4, length);
            Result again = run(used, machine, length);
            assertThat(again.gradient()).as("length %d", length).isEqualTo(fresh.gradient());
            assertThat(again.nats()).as("length %d", length).isEqualTo(fresh.nats());
        }
    }

    /** Batches of 6, which are a shard and a half; sequences of 3 to 11 steps in segments of 4. */
    private static TrainingConfig config(Object... settings) {
        TrainingConfig config = training(
                "segment", 4, "batch", 6, "sequences", 36, "report_interval", 12, "evaluation_interval", 18,
                "evaluation_sequences", 3, "learning_rate", 0.003, "solved_bits", 0);
        return SmallTraining.changed(config, settings);
    }

    private static Frozen train(MachineConfig machine, TrainingConfig config, int threads, KernelProvider provider) {
        Task task = COPY.create();
        try (Trainer trainer = new Trainer(machine(machine, task, SEED), task, config, SEED, threads, provider)) {
            trainer.run();
            return Frozen.of(trainer);
        }
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void threadsKernelsAndTheLengthOfASegmentDoNotChangeTheBits(KernelProvider provider) {
        for (MachineConfig machine : machines()) {
            Frozen one = train(machine, config(), 1, KernelProvider.PORTABLE);
            assertThat(train(machine, config(), 1, provider)).isEqualTo(one);
            assertThat(train(machine, config(), 2, provider)).isEqualTo(one);
            assertThat(train(machine, config("segment", 9), 2, provider)).isEqualTo(one);
        }
    }

    @Test
    void aTrainingInSegmentsThatIsStoppedAndRestoredIsTheUnbrokenOne() {
        Frozen unbroken = train(ntm(), config(), 1, KernelProvider.SIMD);
        Trainer[] running = new Trainer[1];
        Task watched = new WatchedTask(COPY.create(), update -> {
            if (update == 2) {
                running[0].stop();
            }
        });
        Frozen broken;
        try (Trainer first = new Trainer(machine(ntm(), watched, SEED), watched, config(), SEED, 2, KernelProvider.SIMD)) {
            running[0] = first;
            assertThat(first.run()).isEqualTo(Outcome.STOPPED);
            broken = Frozen.of(first);
        }
        Task task = COPY.create();
        try (Trainer second = new Trainer(machine(ntm(), task, 1), task, config(), SEED, 1, KernelProvider.PORTABLE)) {
            broken.into(second);
            assertThat(second.run()).isEqualTo(Outcome.BUDGET);
            assertThat(Frozen.of(second)).isEqualTo(unbroken);
        }
    }

    @Test
    void aSequenceOfTenThousandStepsTrainsInTheMemoryOfAHundred() {
        Task task = new CopyConfig(CopyConfig.Name.COPY, 4999, 4999, 4).create();
        TrainingConfig config = training("segment", 100, "batch", 1, "sequences", 2, "report_interval", 1);
        Machine machine = machine(ntm(), task, SEED);
        TrainingMemory memory = TrainingMemory.of(machine, task, config, 1);
        assertThat(memory.steps()).isEqualTo(9999);
        assertThat(memory.recordedSteps()).isEqualTo(100);

        Episode unrolled = machine.episode(new Desk(Objective.BITS, 1, 100, 1, KernelProvider.SIMD));
        unrolled.extend(9999);
        long before = unrolled.floats();
        float[] gradient = new float[machine.parameters().size()];
        unrolled.run(sequences(task, 1, 4999), 0, NoiseSource.NONE, 1, gradient);
        assertThat(unrolled.floats()).isEqualTo(before).isLessThan(200_000);
        assertThat(gradient).doesNotContain(Float.NaN).isNotEqualTo(new float[gradient.length]);
        TrainingMemory whole = TrainingMemory.of(machine, task, SmallTraining.changed(config, "segment", 0), 1);
        assertThat(whole.recordings()).isGreaterThan(Float.BYTES * 40 * before);

        List<TrainingEvent> events = new ArrayList<>();
        try (Trainer trainer = SmallTraining.trainer(machine, task, config, SEED, 1, KernelProvider.SIMD, events)) {
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
        }
        assertThat(events).filteredOn(Reported.class::isInstance).hasSize(2).allSatisfy(event -> {
            assertThat(((Reported) event).skipped()).isZero();
            assertThat(((Reported) event).gradientNorm()).isPositive().isFinite();
        });
    }

    @Test
    void aMachineWhoseStateCannotBeCarriedIsRefused() {
        DelayMachine shared = new DelayMachine(COPY.create(), DelayMachine.Initial.SHARED);
        assertThatIllegalStateException()
                .isThrownBy(() -> run(shared, 4, LENGTH))
                .withMessage("initial state: expected a place for each tensor, got one for two of them");
        DelayMachine plain = new DelayMachine(COPY.create(), DelayMachine.Initial.PLAIN);
        assertThatIllegalStateException()
                .isThrownBy(() -> run(plain, 4, LENGTH))
                .withMessage("initial state: expected derivatives, as the state after a step has them, got none");
        assertThat(run(plain, STEPS, LENGTH).nats()).as("one segment").isEqualTo(run(plain, 0, LENGTH).nats());
    }
}
