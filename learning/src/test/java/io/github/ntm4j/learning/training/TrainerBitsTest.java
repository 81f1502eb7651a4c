package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.learning.training.TrainingEvent.Finished;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Started;
import io.github.ntm4j.machines.dnc.DncConfig;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed gives the same bits: on any number of threads, with any kernels, stopped and restored or not. */
final class TrainerBitsTest {
    private static final long SEED = 11;
    private static final int UPDATES = 12;

    /** Everything that a training says and leaves. */
    private record Result(Frozen end, List<TrainingEvent> events) {}

    /** Batches of 6, which are a shard and a half; reports and evaluations now and then at the same update, now and then not. */
    private static TrainingConfig config(Object... settings) {
        TrainingConfig config = training(
                "batch", 6, "sequences", 6 * UPDATES, "report_interval", 12, "evaluation_interval", 18,
                "evaluation_sequences", 11, "learning_rate", 0.003, "schedule", "linear", "warmup", 20, "solved_bits", 0);
        return SmallTraining.changed(config, settings);
    }

    private static Result train(MachineConfig machine, TrainingConfig config, int threads, KernelProvider provider) {
        Task task = COPY.create();
        List<TrainingEvent> events = new ArrayList<>();
        try (Trainer trainer = SmallTraining.trainer(machine(machine, task, SEED), task, config, SEED, threads, provider, events)) {
            trainer.run();
            return new Result(Frozen.of(trainer), events);
        }
    }

    static List<MachineConfig> machines() {
        return List.of(
                ntm("read_heads", 2, "write_heads", 2, "initial_memory", "learned", "initial_weighting", "learned"),
                ntm("type", "ntm-ff", "head_order", "write-first", "write_addressing", "in-turn", "parameter_clip", 5, "output_clip", 8),
                SmallTraining.changed(DncConfig.DEFAULT, "controller_size", 12, "rows", 9, "width", 5, "read_heads", 2, "start", "learned"),
                SmallTraining.changed(
                        DncConfig.DEFAULT, "controller_size", 8, "controller_layers", 2, "rows", 16, "width", 4, "mask", true, "sharpen", true,
                        "deallocate", true, "layer_norm", true, "usage_gradient", "full"),
                SmallTraining.changed(DncConfig.DEFAULT, "controller_size", 8, "rows", 9, "width", 4, "bypass_dropout", 0.3, "write_heads", 2),
                SmallTraining.changed(LstmConfig.DEFAULT, "controller_size", 16, "controller_layers", 2));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void threadsAndKernelsDoNotChangeTheBits(MachineConfig machine) {
        Result one = train(machine, config(), 1, KernelProvider.PORTABLE);
        assertThat(one.events()).hasSize(2 + 6 + 4);
        for (int threads = 1; threads <= 3; threads++) {
            for (KernelProvider provider : KernelProvider.values()) {
                Result other = train(machine, config(), threads, provider);
                assertThat(other).as("%d threads, %s", threads, provider).isEqualTo(one);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 8, 9, 13})
    void threadsDoNotChangeTheBitsOfAnyBatch(int batch) {
        TrainingConfig config = config("batch", batch, "sequences", 4 * batch);
        Result one = train(ntm(), config, 1, KernelProvider.SIMD);
        assertThat(one.end().progress().updates()).isEqualTo(4);
        assertThat(train(ntm(), config, 2, KernelProvider.SIMD)).isEqualTo(one);
        assertThat(train(ntm(), config, 3, KernelProvider.SIMD)).isEqualTo(one);
    }

    /** Links that are computed again on the way back are what they were on the way there. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 1000})
    void linksThatAreNotKeptDoNotChangeTheBits(int interval) {
        MachineConfig machine = SmallTraining.changed(DncConfig.DEFAULT, "controller_size", 8, "rows", 9, "width", 4, "write_heads", 2);
        Result kept = train(machine, config(), 1, KernelProvider.SIMD);
        assertThat(train(machine, config("link_interval", interval), 2, KernelProvider.SIMD)).isEqualTo(kept);
        assertThat(train(machine, config("link_interval", interval, "segment", 5), 1, KernelProvider.PORTABLE))
                .isEqualTo(train(machine, config("segment", 5), 1, KernelProvider.SIMD));
    }

    /** What bypass dropout leaves out differs from step to step and with the run's seed; without it there are other weights. */
    @Test
    void bypassDropoutIsDrawnFromTheSeed() {
        Object[] small = {"controller_size", 8, "rows", 9, "width", 4};
        MachineConfig without = SmallTraining.changed(DncConfig.DEFAULT, small);
        MachineConfig with = SmallTraining.changed((DncConfig) without, "bypass_dropout", 0.5);
        Result one = train(with, config(), 1, KernelProvider.SIMD);
        assertThat(train(with, config(), 1, KernelProvider.SIMD)).isEqualTo(one);
        assertThat(train(without, config(), 1, KernelProvider.SIMD).end().weights()).isNotEqualTo(one.end().weights());
    }

    @Test
    void adamNormClippingAndTheLossOfABitHaveTheSameBitsToo() {
        TrainingConfig config = config("optimiser", "adam", "epsilon", 1e-8, "clip", "norm", "clip_limit", 0.5, "loss", "per-bit");
        Result one = train(ntm(), config, 1, KernelProvider.PORTABLE);
        assertThat(train(ntm(), config, 3, KernelProvider.SIMD)).isEqualTo(one);
    }

    @Test
    void anotherSeedGivesOtherBits() {
        Task task = COPY.create();
        List<List<Float>> weights = new ArrayList<>();
        for (long seed : new long[] {1, 2}) {
            try (Trainer trainer = new Trainer(machine(ntm(), task, SEED), task, config(), seed, 1, KernelProvider.SIMD)) {
                trainer.run();
                weights.add(Frozen.of(trainer).weights());
            }
        }
        assertThat(weights.get(0)).isNotEqualTo(weights.get(1));
    }

    /** Trains up to the end of some update; a second trainer, with a machine of its own, goes on from there. */
    private static Result broken(TrainingConfig config, int[] stops) {
        List<TrainingEvent> events = new ArrayList<>();
        Frozen last = null;
        int done = 0;
        for (int i = 0; i <= stops.length; i++) {
            int stop = i < stops.length ? stops[i] - done : Integer.MAX_VALUE;
            Trainer[] running = new Trainer[1];
            Task task = new WatchedTask(COPY.create(), update -> {
                if (update == stop) {
                    running[0].stop();
                }
            });
            KernelProvider provider = KernelProvider.values()[i % 2];
            Machine machine = machine(ntm(), task, SEED + i);
            try (Trainer trainer = SmallTraining.trainer(machine, task, config, SEED, 1 + i % 3, provider, events)) {
                running[0] = trainer;
                if (last != null) {
                    last.into(trainer);
                }
                Outcome outcome = trainer.run();
                assertThat(outcome == Outcome.STOPPED).isEqualTo(i < stops.length);
                last = Frozen.of(trainer);
                done += stop;
            }
        }
        return new Result(last, events);
    }

    private static List<TrainingEvent> figures(Result result) {
        return result.events().stream().filter(event -> !(event instanceof Started) && !(event instanceof Finished)).toList();
    }

    static IntStream stops() {
        return IntStream.range(1, UPDATES);
    }

    @ParameterizedTest
    @MethodSource("stops")
    void aTrainingThatIsStoppedAfterAnyUpdateAndRestoredIsTheUnbrokenOne(int stop) {
        Result unbroken = train(ntm(), config(), 2, KernelProvider.SIMD);
        Result broken = broken(config(), new int[] {stop});
        assertThat(broken.end()).isEqualTo(unbroken.end());
        assertThat(figures(broken)).isEqualTo(figures(unbroken));
    }

    @Test
    void aTrainingWithAdamThatIsStoppedOftenIsTheUnbrokenOne() {
        TrainingConfig config = config("optimiser", "adam", "epsilon", 1e-8, "clip", "norm", "clip_limit", 0.5);
        Result unbroken = train(ntm(), config, 1, KernelProvider.SIMD);
        Result broken = broken(config, new int[] {1, 2, 5, 6, 9, 11});
        assertThat(broken.end()).isEqualTo(unbroken.end());
        assertThat(figures(broken)).isEqualTo(figures(unbroken));
        assertThat(broken.events()).filteredOn(Started.class::isInstance).extracting(e -> ((Started) e).sequences())
                .containsExactly(0L, 6L, 12L, 30L, 36L, 54L, 66L);
    }

    @Test
    void eventsComeInTheOrderOfWhatTheyTell() {
        Result result = train(ntm(), config(), 1, KernelProvider.SIMD);
        List<String> told = result.events().stream().map(event -> switch (event) {
            case Started e -> "started " + e.sequences();
            case TrainingEvent.Reported e -> "reported " + e.sequences();
            case TrainingEvent.Evaluated e -> "evaluated " + e.sequences();
            case TrainingEvent.Skipped e -> "skipped " + e.sequences();
            case TrainingEvent.RolledBack e -> "rolled back " + e.sequences();
            case TrainingEvent.Solved e -> "solved " + e.sequences();
            case TrainingEvent.PlateauReached e -> "plateau " + e.sequences();
            case TrainingEvent.PlateauLeft e -> "left " + e.sequences();
            case TrainingEvent.Relapsed e -> "relapsed " + e.sequences();
            case Finished e -> "finished " + e.sequences() + " " + e.outcome();
        }).toList();
        assertThat(told).containsExactly(
                "started 0", "reported 12", "evaluated 18", "reported 24", "reported 36", "evaluated 36", "reported 48", "evaluated 54",
                "reported 60", "reported 72", "evaluated 72", "finished 72 BUDGET");
    }
}
