package io.github.ntm4j.studio.own;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.layer.InitialVector;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.LstmController;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MemoryMachine;
import io.github.ntm4j.machines.machine.MemorySize;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.memory.MemoryState;
import io.github.ntm4j.machines.signal.Signals;
import java.util.Optional;

/**
 * Settings of an LSTM with the queue of {@code examples/OwnMemory.java}.
 *
 * @param type the kind
 * @param units of the LSTM
 * @param rows of the queue
 * @param width of a row
 */
public record QueueConfig(
        @Setting("kind of machine") Type type,
        @Setting(value = "units of the controller", min = 1, max = 256) int units,
        @Setting(value = "rows of the queue", min = 1, max = 4096) int rows,
        @Setting(value = "floats in a row", min = 1, max = 256) int width)
        implements MachineConfig {
    /** The kind. */
    public enum Type {
        /** A queue. */
        QUEUE
    }

    static final QueueConfig DEFAULT = new QueueConfig(Type.QUEUE, 32, 24, 8);

    static final MachineKind<QueueConfig> KIND =
            MachineKind.of("queue", "a controller with a queue", DEFAULT, QueueConfig::make).capacity("rows");

    private static Machine make(QueueConfig config, Parameters parameters, int inputs, int outputs) {
        LstmController controller = new LstmController(
                parameters, "controller.lstm", inputs + config.width(), config.units(), 1, InitialVector.ZERO, 1, Initialisation.FAN_IN);
        Signals signals = new Signals();
        Memory<?> queue = ExampleQueue.make(parameters, signals, controller.size(), config.rows(), config.width());
        return machine(parameters, signals, inputs, outputs, controller, queue);
    }

    private static <M extends MemoryState> Machine machine(
            Parameters parameters, Signals signals, int inputs, int outputs, LstmController controller, Memory<M> queue) {
        OutputLayer output = new OutputLayer(parameters, controller.size() + queue.readWidth(), outputs, 0, Initialisation.FAN_IN);
        return new MemoryMachine<>(parameters, signals, inputs, controller, queue, output);
    }

    @Override
    public MachineKind<?> kind() {
        return KIND;
    }

    @Override
    public Optional<MemorySize> memorySize() {
        return Optional.of(new MemorySize(rows, width, 1, 1));
    }
}
