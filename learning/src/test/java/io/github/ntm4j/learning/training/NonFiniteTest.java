package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.changed;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.learning.training.TrainingEvent.Skipped;
import io.github.ntm4j.machines.dnc.DncConfig;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NaN or infinity anywhere, at any step of any update: the update is left out, and a replay of its batch names the place. */
final class NonFiniteTest {
    private static final long SEED = 3;
    private static final int BATCH = 6;
    private static final int STEPS = 5;
    private static final int UPDATES = 6;
    /** The number of the spoilt sequence within its batch. */
    private static final int SPOILT = 3;

    private enum Where {
        TARGET,
        INPUT,
        MEMORY,
        GRADIENT;

        Machine spoil(Machine machine, float poison) {
            return switch (this) {
                case TARGET, INPUT -> machine;
                case MEMORY -> new PoisonedMachine<>(StepMachine.required(machine, "poison"), PoisonedMachine.Place.MEMORY, poison);
                case GRADIENT -> new PoisonedMachine<>(StepMachine.required(machine, "poison"), PoisonedMachine.Place.GRADIENT, poison);
            };
        }

        void spoil(Sequence sequence, int step, float poison) {
            switch (this) {
                case TARGET -> sequence.target(step, 1, poison);
                case INPUT -> sequence.input(step, 0, poison);
                case MEMORY, GRADIENT -> sequence.input(step, 0, PoisonedMachine.TRIGGER);
            }
        }
    }

    /** Machines with a memory that is the largest part of their state. */
    private enum Kind {
        NTM,
        DNC,
        SPARSE_DNC,
        DEEP_DNC,
        UNLINKED_DNC;

        MachineConfig config() {
            return switch (this) {
                case NTM -> ntm();
                case DNC -> dnc();
                case SPARSE_DNC -> dnc("links", "sparse", "link_entries", 2, "sharpen", true, "mask", true, "deallocate", true);
                case DEEP_DNC -> dnc("controller_layers", 3, "start", "learned", "usage_gradient", "full", "cosine", "exact", "write_heads", 2);
                case UNLINKED_DNC -> dnc("links", "none", "layer_norm", true, "controller", "feed-forward");
            };
        }

        private static DncConfig dnc(Object... changes) {
            DncConfig small = changed(DncConfig.DEFAULT, "controller_size", 8, "rows", 6, "width", 17, "read_heads", 2);
            return changed(small, changes);
        }
    }

    /** The segments and the threads differ from case to case, so that all of them meet everything. */
    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Where where : Where.values()) {
                for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                    for (int step : kind == Kind.NTM ? new int[] {0, 2, STEPS - 1} : new int[] {cases.size() % STEPS}) {
                        for (int update : kind == Kind.NTM ? new int[] {0, 3} : new int[] {cases.size() % 4}) {
                            for (int segment : new int[] {0, 2}) {
                                cases.add(Arguments.of(kind, where, poison, step, update, segment, 1 + cases.size() / 2 % 2));
                            }
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    private static void write(long number, Sequence into) {
        for (int t = 0; t < STEPS; t++) {
            into.input(t, 0, (number >> t) % 2);
            into.target(t, 0, (number + t) % 2);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theUpdateIsLeftOutAndItsReplayNamesThePlace(
            Kind kind, Where where, float poison, int step, int update, int segment, int threads) {
        long spoilt = (long) update * BATCH + SPOILT;
        ScriptedTask task = new ScriptedTask(2, STEPS, SEED, (number, into) -> {
            write(number, into);
            if (number == spoilt) {
                where.spoil(into, step, poison);
            }
        }, NonFiniteTest::write);
        Machine machine = where.spoil(machine(kind.config(), task, SEED), poison);
        TrainingConfig config = training(
                "batch", BATCH, "sequences", UPDATES * BATCH, "report_interval", BATCH, "evaluation_sequences", 4,
                "evaluation_interval", 4 * BATCH, "solved_bits", 0, "segment", segment);
        List<TrainingEvent> events = new ArrayList<>();
        List<Frozen> states = new ArrayList<>();
        List<Replay.Finding> findings = new ArrayList<>();
        try (Trainer trainer = SmallTraining.trainer(machine, task, config, SEED, threads, KernelProvider.SIMD, events)) {
            states.add(Frozen.of(trainer));
            trainer.listen(event -> {
                if (event instanceof Reported || event instanceof Skipped) {
                    states.add(Frozen.of(trainer));
                }
                if (event instanceof Skipped) {
                    findings.add(replay(machine, task, config, trainer.state(), 3 - threads));
                }
            });
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
        }
        NonFinite what = where == Where.GRADIENT || (where == Where.INPUT && !Float.isNaN(poison)) ? NonFinite.GRADIENT : NonFinite.LOSS;
        assertThat(events).filteredOn(Skipped.class::isInstance)
                .containsExactly(new Skipped((update + 1L) * BATCH, what.reason(), 1));
        assertThat(states.get(update + 1).weights()).isEqualTo(states.get(update).weights()).isNotEqualTo(states.get(update + 2).weights());
        assertThat(states.get(update + 1).moments()).isEqualTo(states.get(update).moments()).isNotEqualTo(states.get(update + 2).moments());
        assertThat(states.getLast().weights()).allMatch(Float::isFinite);
        String place = "sequence " + (SPOILT + 1) + " of the batch" + (where == Where.GRADIENT ? "" : ", step " + (step + 1)) + ": ";
        String name = switch (where) {
            case TARGET -> "target";
            case INPUT -> "input";
            case MEMORY -> "memory_before";
            case GRADIENT -> "the gradient by controller." + (kind == Kind.UNLINKED_DNC ? "layer_0.weight" : "lstm_0.weight_input");
        };
        assertThat(findings).containsExactly(new Replay.Finding(what, place + name));
    }

    private static Replay.Finding replay(Machine machine, ScriptedTask task, TrainingConfig config, TrainingState state, int threads) {
        List<Sequence> batch = new ArrayList<>();
        for (long number = state.progress().sequences() - BATCH; number < state.progress().sequences(); number++) {
            Sequence sequence = new Sequence(task.inputs(), task.outputs());
            task.generate(task.largest(), Random64.of(SEED, "sequence", number), sequence);
            batch.add(sequence);
        }
        try (Replay replay = new Replay(machine, task.objective(), config, batch, threads, KernelProvider.PORTABLE)) {
            return replay.run(state.progress(), SEED).orElseThrow();
        }
    }
}
