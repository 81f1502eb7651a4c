package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.CopyTask;
import io.github.ntm4j.learning.training.TrainingConfig.Clipping;
import io.github.ntm4j.learning.training.TrainingConfig.Loss;
import io.github.ntm4j.learning.training.TrainingConfig.Rule;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.machines.layer.InitialVector;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.Squash;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.machines.ntm.InitialMemory;
import io.github.ntm4j.machines.ntm.InitialRead;
import io.github.ntm4j.machines.ntm.InitialWeighting;
import io.github.ntm4j.machines.ntm.NtmConfig.HeadOrder;
import io.github.ntm4j.machines.ntm.NtmConfig.WriteAddressing;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PresetTest {
    static List<Preset> presets() {
        return Preset.of(NtmConfig.LSTM_KIND);
    }

    private static NtmConfig ntm(Preset preset) {
        return (NtmConfig) preset.machine("ntm-lstm");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetHasTheMachineOfThePapersCopyExperiment(Preset preset) {
        NtmConfig config = ntm(preset);
        assertThat(config.memory().rows()).isEqualTo(128);
        assertThat(config.memory().width()).isEqualTo(20);
        assertThat(config.controller().size()).isEqualTo(100);
        assertThat(config.controller().layers()).isEqualTo(1);
        assertThat(config.memory().readHeads()).isEqualTo(1);
        assertThat(config.memory().writeHeads()).isEqualTo(1);
        assertThat(config.memory().shiftRange()).isEqualTo(1);
        assertThat(preset.machine("ntm-ff").name()).isEqualTo("ntm-ff");
        assertThat(preset.machine("lstm")).isEqualTo(LstmConfig.DEFAULT);
        assertThat(LstmConfig.DEFAULT.controllerLayers()).isEqualTo(3);
        assertThat(LstmConfig.DEFAULT.controllerSize()).isEqualTo(256);
        assertThat(preset.source()).isNotBlank();
    }

    @Test
    void graves2014IsWhatThePaperSays() {
        TrainingConfig training = new Preset("graves-2014").training();
        assertThat(training.optimiser().rule()).isEqualTo(Rule.RMSPROP);
        assertThat(training.optimiser().rate().learningRate()).isEqualTo(1e-4);
        assertThat(training.optimiser().momentum()).isEqualTo(0.9);
        assertThat(training.optimiser().decay()).isEqualTo(0.95);
        assertThat(training.optimiser().epsilon()).isEqualTo(1e-4);
        assertThat(training.course().batch()).isEqualTo(1);
        assertThat(training.gradient().clip()).isEqualTo(Clipping.ELEMENTWISE);
        assertThat(training.gradient().clipLimit()).isEqualTo(10);
        assertThat(training.gradient().loss()).isEqualTo(Loss.PER_SEQUENCE);
        assertThat(training.rate(99_999, true)).as("one rate for all of it").isEqualTo(1e-4);
        assertThat(training.course().sequences()).as("where its learning curves end").isEqualTo(1_000_000);
        NtmConfig machine = ntm(new Preset("graves-2014"));
        assertThat(machine.heads().order()).isEqualTo(HeadOrder.WRITE_FIRST);
        assertThat(machine.heads().parameterClip()).isZero();
        assertThat(machine.outputClip()).isZero();
    }

    @Test
    void collier2018IsWhatThePaperAndItsCodeSay() {
        TrainingConfig training = new Preset("collier-2018").training();
        assertThat(training.optimiser().rule()).isEqualTo(Rule.ADAM);
        assertThat(training.optimiser().rate().learningRate()).isEqualTo(1e-3);
        assertThat(training.optimiser().beta1()).isEqualTo(0.9);
        assertThat(training.optimiser().beta2()).isEqualTo(0.999);
        assertThat(training.optimiser().epsilon()).isEqualTo(1e-8);
        assertThat(training.course().batch()).isEqualTo(32);
        assertThat(training.course().sequences()).as("31,250 updates").isEqualTo(31_250 * 32);
        assertThat(training.gradient().clip()).isEqualTo(Clipping.NORM);
        assertThat(training.gradient().clipLimit()).isEqualTo(50);
        NtmConfig machine = ntm(new Preset("collier-2018"));
        assertThat(machine.start().memory()).isEqualTo(InitialMemory.CONSTANT);
        assertThat(machine.start().memoryValue()).isEqualTo(1e-6);
        assertThat(machine.start().weighting()).isEqualTo(InitialWeighting.LEARNED);
        assertThat(machine.start().read()).isEqualTo(InitialRead.LEARNED_TANH);
        assertThat(machine.start().controller()).isEqualTo(InitialVector.ZERO);
        assertThat(machine.heads().keyActivation()).isEqualTo(Squash.TANH);
        assertThat(machine.heads().addActivation()).isEqualTo(Squash.TANH);
        assertThat(machine.heads().parameterClip()).isEqualTo(20);
        assertThat(machine.outputClip()).isEqualTo(20);
        assertThat(machine.heads().order()).isEqualTo(HeadOrder.READ_FIRST);
    }

    @Test
    void pytorchNtmIsWhatItsCodeDoes() {
        TrainingConfig training = new Preset("pytorch-ntm").training();
        assertThat(training.optimiser().rule()).isEqualTo(Rule.RMSPROP);
        assertThat(training.optimiser().rate().learningRate()).isEqualTo(1e-4);
        assertThat(training.course().batch()).isEqualTo(1);
        assertThat(training.gradient().clip()).isEqualTo(Clipping.ELEMENTWISE);
        assertThat(training.gradient().clipLimit()).isEqualTo(10);
        assertThat(training.gradient().loss()).as("the mean over all outputs").isEqualTo(Loss.PER_BIT);
        assertThat(training.course().sequences()).isEqualTo(50_000);
        assertThat(training.optimiser().epsilon()).as("hardly counts beside gradients of a bit").isEqualTo(1e-8);
        NtmConfig machine = ntm(new Preset("pytorch-ntm"));
        assertThat(machine.start().memory()).isEqualTo(InitialMemory.RANDOM);
        assertThat(machine.start().memoryValue()).isEqualTo(1 / Math.sqrt(128 + 20));
        assertThat(machine.start().weighting()).isEqualTo(InitialWeighting.ZERO);
        assertThat(machine.heads().writeAddressing()).isEqualTo(WriteAddressing.IN_TURN);
        assertThat(machine.weights().initialisation()).isEqualTo(Initialisation.WIDE);
        assertThat(machine.heads().keyActivation()).isEqualTo(Squash.NONE);
        assertThat(machine.heads().addActivation()).isEqualTo(Squash.NONE);
        assertThat(machine.heads().order()).isEqualTo(HeadOrder.READ_FIRST);
    }

    @Test
    void theDefaultBreaksTheSymmetryOfEqualRows() {
        NtmConfig machine = ntm(Preset.DEFAULT);
        boolean equalRows = machine.start().memory() == InitialMemory.CONSTANT;
        assertThat(equalRows && machine.start().weighting() == InitialWeighting.UNIFORM).isFalse();
    }

    @Test
    void everyMachineOfEveryPresetCanBeBuilt() {
        CopyTask task = CopyConfig.DEFAULT.create();
        for (MachineKind<?> kind : MachineKinds.all().values()) {
            for (Preset preset : Preset.of(kind)) {
                MachineConfig config = preset.machine(kind.name());
                assertThat(config.name()).isEqualTo(kind.name());
                assertThat(kind.fits(config)).isTrue();
                var machine = config.build(task.inputs(), task.outputs());
                machine.initialise(1);
                assertThat(machine.inputs()).isEqualTo(9);
                assertThat(machine.outputs()).isEqualTo(8);
            }
        }
    }
}
