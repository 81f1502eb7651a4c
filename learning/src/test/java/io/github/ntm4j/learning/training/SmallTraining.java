package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Small machines, tasks and trainings, which take milliseconds. */
public final class SmallTraining {
    /** Up to five vectors of four bits. */
    public static final CopyConfig COPY = new CopyConfig(CopyConfig.Name.COPY, 1, 5, 4);

    private SmallTraining() {}

    /** The settings of a record with some changed: names in snake_case and values in turn. */
    public static <R extends Record> R changed(R defaults, Object... changes) {
        Map<String, Object> map = new LinkedHashMap<>(Settings.describe(defaults));
        for (int i = 0; i < changes.length; i += 2) {
            if (map.put((String) changes[i], changes[i + 1]) == null) {
                throw new IllegalArgumentException("there is no setting " + changes[i]);
            }
        }
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) defaults.getClass();
        return Settings.bind(type, map, "", "test");
    }

    /** The default training with some settings changed. */
    public static TrainingConfig training(Object... changes) {
        return changed(TrainingConfig.DEFAULT, changes);
    }

    /** A machine with 16 rows of 8 and a controller of 16 units, with some settings changed. */
    public static NtmConfig ntm(Object... changes) {
        NtmConfig small = changed((NtmConfig) Preset.DEFAULT.machine("ntm-lstm"), "controller_size", 16, "rows", 16, "width", 8);
        return changed(small, changes);
    }

    /** A machine for a task, with first values of its parameters. */
    public static Machine machine(MachineConfig config, Task task, long seed) {
        Machine machine = config.build(task.inputs(), task.outputs());
        machine.initialise(seed);
        return machine;
    }

    /** A machine with one input and the same logit for all outputs, whatever comes in: all is zero but the output's biases. */
    static Machine constantMachine(int outputs, float logit) {
        Machine machine = changed(LstmConfig.DEFAULT, "controller_size", 1, "controller_layers", 1).build(1, outputs);
        float[] biases = new float[outputs];
        Arrays.fill(biases, logit);
        outputBias(machine).write(biases, machine.parameters().values());
        return machine;
    }

    /** The biases of a machine's output. */
    static Entry outputBias(Machine machine) {
        return machine.parameters().entries().stream().filter(e -> e.name().equals("output.bias")).findFirst().orElseThrow();
    }

    /** A trainer that appends all its events to a list. */
    static Trainer trainer(
            Machine machine, Task task, TrainingConfig config, long seed, int threads, KernelProvider provider,
            List<TrainingEvent> events) {
        Trainer trainer = new Trainer(machine, task, config, seed, threads, provider);
        trainer.listen(events::add);
        return trainer;
    }

    /** The bits of a training's state: a copy that later updates leave alone. */
    public record Frozen(
            Progress progress, List<Float> weights, SequencedMap<String, List<Float>> moments, @Nullable Good good) {
        /** The last good state. */
        public record Good(List<Float> weights, SequencedMap<String, List<Float>> moments) {}

        /** Of a trainer between two updates. */
        public static Frozen of(Trainer trainer) {
            TrainingState state = trainer.state();
            GoodState good = state.good();
            return new Frozen(
                    state.progress(), list(state.weights()), lists(state.moments()),
                    good == null ? null : new Good(list(good.weights()), lists(good.moments())));
        }

        private static SequencedMap<String, List<Float>> lists(SequencedMap<String, float[]> moments) {
            SequencedMap<String, List<Float>> lists = new LinkedHashMap<>();
            moments.forEach((name, values) -> lists.put(name, list(values)));
            return lists;
        }

        private static List<Float> list(float[] values) {
            List<Float> list = new ArrayList<>(values.length);
            for (float value : values) {
                list.add(value);
            }
            return list;
        }

        /** Puts this state into another trainer. */
        public void into(Trainer trainer) {
            TrainingState state = trainer.state();
            copy(weights, state.weights());
            state.moments().forEach((name, values) -> copy(moments.get(name), values));
            GoodState room = state.good();
            if (good != null && room != null) {
                copy(good.weights(), room.weights());
                room.moments().forEach((name, values) -> copy(good.moments().get(name), values));
            }
            trainer.restore(progress);
        }

        private static void copy(List<Float> from, float[] to) {
            for (int i = 0; i < to.length; i++) {
                to[i] = from.get(i);
            }
        }
    }
}
