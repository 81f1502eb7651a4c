package io.github.ntm4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.core.layer.Initialisation;
import io.github.ntm4j.core.layer.InitialVector;
import io.github.ntm4j.core.machine.LstmConfig;
import io.github.ntm4j.core.machine.NtmConfig.HeadOrder;
import io.github.ntm4j.core.machine.NtmConfig.Squash;
import io.github.ntm4j.core.machine.NtmConfig.WriteAddressing;
import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.memory.InitialMemory;
import io.github.ntm4j.core.memory.InitialRead;
import io.github.ntm4j.core.memory.InitialWeighting;
import io.github.ntm4j.core.task.CopyConfig;
import io.github.ntm4j.core.task.CopyTask;
import io.github.ntm4j.core.training.TrainingConfig.Clipping;
import io.github.ntm4j.core.training.TrainingConfig.Loss;
import io.github.ntm4j.core.training.TrainingConfig.Rule;
import io.github.ntm4j.core.training.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PresetTest {
    private static NtmConfig ntm(Preset preset) {
        return (NtmConfig) preset.machine("ntm-lstm");
    }

    @ParameterizedTest
    @EnumSource
    void everyPresetHasTheMachineOfThePapersCopyExperiment(Preset preset) {
        NtmConfig config = ntm(preset);
        assertThat(config.rows()).isEqualTo(128);
        assertThat(config.width()).isEqualTo(20);
        assertThat(config.controllerSize()).isEqualTo(100);
        assertThat(config.controllerLayers()).isEqualTo(1);
        assertThat(config.readHeads()).isEqualTo(1);
        assertThat(config.writeHeads()).isEqualTo(1);
        assertThat(config.shiftRange()).isEqualTo(1);
        assertThat(preset.machine("ntm-ff").name()).isEqualTo("ntm-ff");
        assertThat(preset.machine("lstm")).isEqualTo(LstmConfig.DEFAULT);
        assertThat(LstmConfig.DEFAULT.controllerLayers()).isEqualTo(3);
        assertThat(LstmConfig.DEFAULT.controllerSize()).isEqualTo(256);
        assertThat(preset.source()).isNotBlank();
    }

    @Test
    void graves2014IsWhatThePaperSays() {
        TrainingConfig training = Preset.GRAVES_2014.training();
        assertThat(training.optimiser()).isEqualTo(Rule.RMSPROP);
        assertThat(training.learningRate()).isEqualTo(1e-4);
        assertThat(training.momentum()).isEqualTo(0.9);
        assertThat(training.decay()).isEqualTo(0.95);
        assertThat(training.epsilon()).isEqualTo(1e-4);
        assertThat(training.batch()).isEqualTo(1);
        assertThat(training.clip()).isEqualTo(Clipping.ELEMENTWISE);
        assertThat(training.clipLimit()).isEqualTo(10);
        assertThat(training.loss()).isEqualTo(Loss.PER_SEQUENCE);
        assertThat(training.rate(99_999, true)).as("one rate for all of it").isEqualTo(1e-4);
        assertThat(training.sequences()).as("where its learning curves end").isEqualTo(1_000_000);
        NtmConfig machine = ntm(Preset.GRAVES_2014);
        assertThat(machine.headOrder()).isEqualTo(HeadOrder.WRITE_FIRST);
        assertThat(machine.parameterClip()).isZero();
        assertThat(machine.outputClip()).isZero();
    }

    @Test
    void collier2018IsWhatThePaperAndItsCodeSay() {
        TrainingConfig training = Preset.COLLIER_2018.training();
        assertThat(training.optimiser()).isEqualTo(Rule.ADAM);
        assertThat(training.learningRate()).isEqualTo(1e-3);
        assertThat(training.beta1()).isEqualTo(0.9);
        assertThat(training.beta2()).isEqualTo(0.999);
        assertThat(training.epsilon()).isEqualTo(1e-8);
        assertThat(training.batch()).isEqualTo(32);
        assertThat(training.sequences()).as("31,250 updates").isEqualTo(31_250 * 32);
        assertThat(training.clip()).isEqualTo(Clipping.NORM);
        assertThat(training.clipLimit()).isEqualTo(50);
        NtmConfig machine = ntm(Preset.COLLIER_2018);
        assertThat(machine.initialMemory()).isEqualTo(InitialMemory.CONSTANT);
        assertThat(machine.initialMemoryValue()).isEqualTo(1e-6);
        assertThat(machine.initialWeighting()).isEqualTo(InitialWeighting.LEARNED);
        assertThat(machine.initialRead()).isEqualTo(InitialRead.LEARNED_TANH);
        assertThat(machine.initialController()).isEqualTo(InitialVector.ZERO);
        assertThat(machine.keyActivation()).isEqualTo(Squash.TANH);
        assertThat(machine.addActivation()).isEqualTo(Squash.TANH);
        assertThat(machine.parameterClip()).isEqualTo(20);
        assertThat(machine.outputClip()).isEqualTo(20);
        assertThat(machine.headOrder()).isEqualTo(HeadOrder.READ_FIRST);
    }

    @Test
    void pytorchNtmIsWhatItsCodeDoes() {
        TrainingConfig training = Preset.PYTORCH_NTM.training();
        assertThat(training.optimiser()).isEqualTo(Rule.RMSPROP);
        assertThat(training.learningRate()).isEqualTo(1e-4);
        assertThat(training.batch()).isEqualTo(1);
        assertThat(training.clip()).isEqualTo(Clipping.ELEMENTWISE);
        assertThat(training.clipLimit()).isEqualTo(10);
        assertThat(training.loss()).as("the mean over all outputs").isEqualTo(Loss.PER_BIT);
        assertThat(training.sequences()).isEqualTo(50_000);
        assertThat(training.epsilon()).as("hardly counts beside gradients of a bit").isEqualTo(1e-8);
        NtmConfig machine = ntm(Preset.PYTORCH_NTM);
        assertThat(machine.initialMemory()).isEqualTo(InitialMemory.RANDOM);
        assertThat(machine.initialMemoryValue()).isEqualTo(1 / Math.sqrt(128 + 20));
        assertThat(machine.initialWeighting()).isEqualTo(InitialWeighting.ZERO);
        assertThat(machine.writeAddressing()).isEqualTo(WriteAddressing.IN_TURN);
        assertThat(machine.weightInitialisation()).isEqualTo(Initialisation.WIDE);
        assertThat(machine.keyActivation()).isEqualTo(Squash.NONE);
        assertThat(machine.addActivation()).isEqualTo(Squash.NONE);
        assertThat(machine.headOrder()).isEqualTo(HeadOrder.READ_FIRST);
    }

    @Test
    void theDefaultBreaksTheSymmetryOfEqualRows() {
        NtmConfig machine = ntm(Preset.DEFAULT);
        boolean equalRows = machine.initialMemory() == InitialMemory.CONSTANT;
        assertThat(equalRows && machine.initialWeighting() == InitialWeighting.UNIFORM).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everyMachineOfEveryPresetCanBeBuilt(Preset preset) {
        CopyTask task = CopyConfig.DEFAULT.create();
        for (String name : Catalogue.machines().keySet()) {
            var machine = preset.machine(name).build(task.inputs(), task.outputs());
            machine.initialise(1);
            assertThat(machine.inputs()).isEqualTo(9);
            assertThat(machine.outputs()).isEqualTo(8);
            assertThat(Catalogue.machines().get(name).fits(preset.machine(name))).isTrue();
        }
    }
}
