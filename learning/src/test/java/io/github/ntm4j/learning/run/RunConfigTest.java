package io.github.ntm4j.learning.run;

import static io.github.ntm4j.learning.run.SmallRun.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunConfigTest {
    private static void refused(String message, String... assignments) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> RunConfig.resolve(set(assignments)))
                .withMessage(message);
    }

    @Test
    void nothingGivenIsTheDefaultNtmOnCopy() {
        RunConfig config = RunConfig.resolve(ConfigTree.EMPTY);
        assertThat(config.preset()).isEqualTo(Preset.DEFAULT);
        assertThat(config.seed()).isEqualTo(1);
        assertThat(config.task()).isEqualTo(CopyConfig.DEFAULT);
        assertThat(config.machine()).isEqualTo(Preset.DEFAULT.machine("ntm-lstm"));
        assertThat(config.training()).isEqualTo(TrainingConfig.DEFAULT);
    }

    @Test
    void whatIsGivenChangesNothingElse() {
        RunConfig config = RunConfig.resolve(set("seed=42", "task.max_length=7", "machine.rows=64", "training.batch=2"));
        RunConfig defaults = RunConfig.resolve(ConfigTree.EMPTY);
        assertThat(config.seed()).isEqualTo(42);
        assertThat(config.task()).isEqualTo(new CopyConfig(CopyConfig.Name.COPY, 1, 7, 8));
        assertThat(config.machine()).isEqualTo(((NtmConfig) defaults.machine()).withRows(64));
        assertThat(config.training().course().batch()).isEqualTo(2);
        assertThat(config.training().optimiser().rate().learningRate()).isEqualTo(defaults.training().optimiser().rate().learningRate());
    }

    @Test
    void theMachineIsChosenByItsType() {
        assertThat(RunConfig.resolve(set("machine.type=lstm")).machine()).isEqualTo(LstmConfig.DEFAULT);
        assertThat(RunConfig.resolve(set("machine.type=ntm-ff")).machine()).isEqualTo(Preset.DEFAULT.machine("ntm-ff"));
        assertThat(RunConfig.resolve(set("machine.type=ntm-ff")).machine().name()).isEqualTo("ntm-ff");
    }

    @ParameterizedTest
    @CsvSource({
        "default, ntm-lstm", "default, ntm-ff", "default, lstm",
        "graves-2014, ntm-lstm", "graves-2014, ntm-ff", "graves-2014, lstm",
        "collier-2018, ntm-lstm", "collier-2018, ntm-ff", "collier-2018, lstm",
        "pytorch-ntm, ntm-lstm", "pytorch-ntm, ntm-ff", "pytorch-ntm, lstm",
        "pytorch-ntm-softplus-shift, ntm-lstm", "pytorch-ntm-relu, ntm-ff",
        "default, dnc", "graves-2016, dnc", "deepmind-dnc, dnc", "csordas-2019, dnc", "franke-2018, dnc"
    })
    void everyPresetOfEveryMachineComesBackFromYamlAndJson(String preset, String machine) {
        RunConfig config = RunConfig.resolve(set("preset=" + preset, "machine.type=" + machine, "seed=9000000000000000", "task.width=5"));
        assertThat(config.machine().name()).isEqualTo(machine);
        String yaml = Yaml.text(config.toMap());
        assertThat(yaml).startsWith("preset: " + preset + "\nseed: 9000000000000000\ntask:\n");
        assertThat(RunConfig.resolve(Yaml.parse(yaml, "config.yaml"))).isEqualTo(config);
        assertThat(RunConfig.resolve(Yaml.parse(ConfigWriter.toJson(config.toMap()), "config"))).isEqualTo(config);
    }

    @Test
    void numbersComeBackToTheBit() {
        RunConfig config = RunConfig.resolve(
                set("training.learning_rate=1e-4", "training.epsilon=1.0000000000000002e-8", "machine.initial_memory_value=0.1"));
        assertThat(RunConfig.resolve(Yaml.parse(Yaml.text(config.toMap()), "config.yaml"))).isEqualTo(config);
        assertThat(config.training().optimiser().epsilon()).isEqualTo(1.0000000000000002e-8);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        refused(
                "--set preset: expected one of default, graves-2014, collier-2018, pytorch-ntm, pytorch-ntm-softplus-shift, "
                        + "pytorch-ntm-relu, got 'graves-2015'"
                        + "; did you mean graves-2014?",
                "preset=graves-2015");
        String tasks = String.join(", ", TaskKinds.all().keySet());
        refused("--set task.name: expected one of " + tasks + ", got 'coppy'; did you mean copy?", "task.name=coppy");
        refused("--set machine.type: expected one of ntm-lstm, ntm-ff, lstm, dnc, got 'ntm-lstn'; did you mean ntm-lstm?",
                "machine.type=ntm-lstn");
        refused("--set machine.row: no such setting; did you mean machine.rows?", "machine.row=3");
        refused("--set training.learning-rat: no such setting; did you mean training.learning_rate?", "training.learning-rat=1");
        refused("--set sede: no such setting; did you mean seed?", "sede=1");
        refused("--set training.optimiser: expected one of rmsprop, adam, got 'adamw'; did you mean adam?", "training.optimiser=adamw");
    }

    @Test
    void aPresetOfAnotherMachineIsRefusedWithThoseOfThisOne() {
        refused(
                "--set preset: expected one of default, graves-2016, deepmind-dnc, csordas-2019, franke-2018, got 'graves-2014'"
                        + "; did you mean graves-2016?",
                "machine.type=dnc", "preset=graves-2014");
        refused(
                "--set preset: expected one of default, graves-2014, collier-2018, pytorch-ntm, pytorch-ntm-softplus-shift, "
                        + "pytorch-ntm-relu, got 'graves-2016'"
                        + "; did you mean graves-2014?",
                "preset=graves-2016");
    }

    @Test
    void aSettingOfAnotherMachineIsRefused() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> RunConfig.resolve(set("machine.type=lstm", "machine.rows=64")))
                .withMessageStartingWith("--set machine.rows: no such setting");
    }

    @Test
    void aShiftThatReachesRoundTheMemoryIsRefused() {
        refused("machine.shift_range: expected at most 1 for machine.rows 4 (2 * range + 1 rows), got 2",
                "machine.rows=4", "machine.shift_range=2");
        refused("machine.shift_range: expected at most 0 for machine.rows 2 (2 * range + 1 rows), got 1", "machine.rows=2");
        assertThat(((NtmConfig) RunConfig.resolve(set("machine.rows=5", "machine.shift_range=2")).machine()).memory().rows()).isEqualTo(5);
        assertThat(((NtmConfig) RunConfig.resolve(set("machine.rows=1", "machine.shift_range=0")).machine()).memory().rows()).isEqualTo(1);
    }

    @Test
    void aMemoryThatNoArrayHoldsIsRefused() {
        refused("machine.rows: expected rows * width of at most 268435456, got 16777216 * 20", "machine.rows=16777216");
    }

    @Test
    void lengthsAndEndsThatContradictEachOtherAreRefused() {
        refused("task.min_length: expected at most task.max_length 20, got 21", "task.min_length=21");
        refused("task.min_length: expected at most task.max_length 3, got 5", "task.min_length=5", "task.max_length=3");
        refused("training.sequences_after_solved: expected 0 while training.stop_when_solved is false, got 100",
                "training.stop_when_solved=false", "training.sequences_after_solved=100");
        refused("training.learning_rate: expected above 0, got 0.0", "training.learning_rate=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "seed=-1", "seed=1.5", "seed=9e15x", "machine.rows=0", "machine.rows=many", "machine.read_heads=0", "training.batch=0",
        "training.batch=65537", "training.clip=hard", "training.stop_when_solved=maybe", "training.momentum=1", "task.width=0",
        "training.learning_rate=nan", "training.learning_rate=11", "training.final_rate=-0.1", "machine.gate_bias=21"
    })
    void aValueThatMakesNoSenseIsRefusedInOneLineThatNamesItsSetting(String assignment) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> RunConfig.resolve(set(assignment)))
                .withMessageMatching("--set " + assignment.substring(0, assignment.indexOf('=')) + ": expected .*");
    }

    static List<String> whatUsersGive() {
        List<String> all = new ArrayList<>();
        for (MachineKind<?> kind : MachineKinds.all().values()) {
            for (Preset preset : Preset.of(kind)) {
                String names = "preset=" + preset + " machine.type=" + kind.name();
                all.add(names);
                all.add(names + " task.max_length=7 seed=3 training.learning_rate=1.0000000000000002e-8 training.clip=norm");
            }
        }
        for (String task : TaskKinds.drawn().keySet()) {
            all.add("task.name=" + task + " preset=graves-2014 machine.rows=64 machine.initial_memory=random");
        }
        all.add("training.stop_when_solved=true training.sequences_after_solved=100 machine.shift_range=0 machine.rows=1");
        return all;
    }

    @ParameterizedTest
    @MethodSource("whatUsersGive")
    void theFewestSettingsGiveTheSameAndNoneCanBeLeftOut(String assignments) {
        RunConfig config = RunConfig.resolve(set(assignments.split(" ")));
        SequencedMap<String, Object> given = config.given();
        assertThat(resolve(given)).contains(config);
        assertThat(given.keySet()).startsWith("task.name").contains("seed");
        for (String key : given.keySet()) {
            SequencedMap<String, Object> fewer = new LinkedHashMap<>(given);
            fewer.remove(key);
            if (!(key.equals("seed") && config.seed() == 1) && !(key.equals("task.name") && config.task().taskName().equals("copy"))) {
                assertThat(resolve(fewer)).as("without " + key).isNotEqualTo(Optional.of(config));
            }
        }
    }

    /** What settings make as they are typed; nothing if they contradict each other. */
    private static Optional<RunConfig> resolve(SequencedMap<String, Object> given) {
        try {
            return Optional.of(RunConfig.resolve(set(given.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + Settings.text(setting.getValue()))
                    .toArray(String[]::new))));
        } catch (UserException contradiction) {
            return Optional.empty();
        }
    }

    @Test
    void whatPresetTaskAndMachineBringNeedNotBeGiven() {
        assertThat(RunConfig.resolve(ConfigTree.EMPTY).given().toString()).isEqualTo("{task.name=copy, seed=1}");
        assertThat(RunConfig.resolve(set("task.name=associative-recall", "machine.read_heads=4", "machine.rows=64", "machine.type=ntm-ff"))
                        .given()
                        .toString())
                .isEqualTo("{task.name=associative-recall, machine.type=ntm-ff, seed=1, machine.rows=64}");
    }
}
