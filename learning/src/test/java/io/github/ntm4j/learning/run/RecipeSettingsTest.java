package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.task.TaskKinds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.machines.ntm.NtmConfig;
import io.github.ntm4j.machines.ntm.InitialMemory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecipeSettingsTest {
    private static RunConfig resolve(String... assignments) {
        ConfigTree given = ConfigTree.EMPTY;
        for (String assignment : assignments) {
            given = given.with(ConfigTree.assignment(assignment));
        }
        return RunConfig.resolve(given);
    }

    /** Tables 1 and 2 of Graves et al. 2014. */
    @ParameterizedTest
    @CsvSource({
        "ntm-ff, copy, 1, 100, 1, 1e-4", "ntm-ff, repeat-copy, 1, 100, 1, 1e-4", "ntm-ff, associative-recall, 4, 256, 1, 1e-4",
        "ntm-ff, dynamic-ngrams, 1, 100, 1, 3e-5", "ntm-ff, priority-sort, 8, 512, 1, 3e-5", "ntm-lstm, copy, 1, 100, 1, 1e-4",
        "ntm-lstm, repeat-copy, 1, 100, 1, 1e-4", "ntm-lstm, associative-recall, 1, 100, 1, 1e-4",
        "ntm-lstm, dynamic-ngrams, 1, 100, 1, 3e-5", "ntm-lstm, priority-sort, 5, 100, 2, 3e-5"
    })
    void thePresetOfThePaperHasItsHeadsSizesAndRates(String machine, String task, int heads, int size, int layers, double rate) {
        RunConfig config = resolve("preset=graves-2014", "task.name=" + task, "machine.type=" + machine);
        NtmConfig ntm = (NtmConfig) config.machine();
        assertThat(List.of(ntm.memory().readHeads(), ntm.memory().writeHeads(), ntm.controller().size(), ntm.controller().layers()))
                .containsExactly(heads, heads, size, layers);
        assertThat(List.of(ntm.memory().rows(), ntm.memory().width())).containsExactly(128, 20);
        assertThat(config.training().optimiser().rate().learningRate()).isEqualTo(rate);
    }

    /** Table 3. */
    @ParameterizedTest
    @CsvSource({
        "copy, 256, 3e-5", "repeat-copy, 512, 3e-5", "associative-recall, 256, 1e-4", "dynamic-ngrams, 128, 1e-4", "priority-sort, 128, 3e-5"
    })
    void thePaperHasBaselinesOfThreeLayers(String task, int size, double rate) {
        RunConfig config = resolve("preset=graves-2014", "task.name=" + task, "machine.type=lstm");
        LstmConfig lstm = (LstmConfig) config.machine();
        assertThat(List.of(lstm.controllerSize(), lstm.controllerLayers())).containsExactly(size, 3);
        assertThat(config.training().optimiser().rate().learningRate()).isEqualTo(rate);
    }

    /** What docs/reproduction.md found: heads go where their keys are, rows differ, the controller forgets, no head becomes too sharp. */
    @Test
    void dynamicNgramsBeginWithATableOfContexts() {
        RunConfig config = resolve("task.name=dynamic-ngrams");
        NtmConfig machine = (NtmConfig) config.machine();
        assertThat(machine.memory().rows()).isEqualTo(128);
        assertThat(machine.memory().shiftRange()).isZero();
        assertThat(List.of(machine.weights().gateBias(), machine.weights().strengthBias(), machine.weights().forgetBias())).containsExactly(2.0, 2.0, 0.0);
        assertThat(machine.start().memory()).isEqualTo(InitialMemory.LEARNED);
        assertThat(machine.start().memoryValue()).isEqualTo(0.5);
        assertThat(machine.heads().parameterClip()).isEqualTo(4);
        assertThat(config.training().course().sequences()).isEqualTo(60_000);
        assertThat(config.training().optimiser().rate().finalRate()).isEqualTo(0.05);
    }

    /** What docs/reproduction.md found: keys that begin strong, and a rate that falls only when 1,000 sequences had no wrong bit. */
    @Test
    void associativeRecallBeginsWithStrongKeysAndIsSolvedByMoreSequences() {
        RunConfig config = resolve("task.name=associative-recall");
        TrainingConfig training = config.training();
        assertThat(((NtmConfig) config.machine()).weights().strengthBias()).isEqualTo(4);
        assertThat(training.course().sequences()).isEqualTo(160_000);
        assertThat(training.evaluation().sequences()).isEqualTo(500);
        assertThat(training.stopping().sequencesAfterSolved()).isEqualTo(20_000);
    }

    /** It was not measured with what the LSTM controller has. */
    @Test
    void theFeedForwardControllerKeepsWhatItHadForAssociativeRecall() {
        RunConfig config = resolve("task.name=associative-recall", "machine.type=ntm-ff");
        assertThat(((NtmConfig) config.machine()).weights().strengthBias()).isEqualTo(2);
        assertThat(config.training().course().sequences()).isEqualTo(100_000);
        assertThat(config.training().evaluation().sequences()).isEqualTo(200);
    }

    /** The public implementation trains copy with 50,000 sequences and repeat copy with 250,000. */
    @ParameterizedTest
    @CsvSource({"copy, 50000", "repeat-copy, 250000"})
    void thePresetOfPytorchNtmHasItsBudgets(String task, long sequences) {
        assertThat(resolve("preset=pytorch-ntm", "task.name=" + task).training().course().sequences()).isEqualTo(sequences);
    }

    @Test
    void whatATaskChangesTheUserCanChangeAgain() {
        assertThat(resolve("task.name=dynamic-ngrams").training().stopping().solvedBits()).isEqualTo(0.5);
        assertThat(resolve("task.name=dynamic-ngrams", "training.solved_bits=2").training().stopping().solvedBits()).isEqualTo(2);
    }

    @Test
    void everyTaskSuitsEveryMachineAndPreset() {
        for (String task : TaskKinds.drawn().keySet()) {
            for (String machine : MachineKinds.all().keySet()) {
                for (String preset : Preset.of(MachineKinds.kind(machine)).stream().map(Preset::name).toList()) {
                    RunConfig config = resolve("preset=" + preset, "task.name=" + task, "machine.type=" + machine);
                    assertThat(config.task().taskName()).isEqualTo(task);
                    assertThat(config.machine().name()).isEqualTo(machine);
                }
            }
        }
    }
}
