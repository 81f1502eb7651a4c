package io.github.ntm4j.studio.machine;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.trace.Intervention;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MemorySize;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A machine that is ready to work. */
public final class LoadedMachine {
    /** Of the parameters, while they are read. */
    private static final long COPIES = 4;
    private static final int MOST_ROWS_COUNTED = 4096;
    /** Steps that a sequence is taken to have where its length is not known and the machine reads it as a whole. */
    private static final int STEPS_COUNTED = 1000;

    private final MachineId id;
    private final Model model;
    private final long stored;
    private final long session;
    private @Nullable Tracer tracer;

    /** A machine from its file. */
    LoadedMachine(MachineId id, Model model) {
        this.id = id;
        this.model = model;
        long values = model.tensors().values().stream().mapToLong(tensor -> tensor.data().length).sum();
        this.stored = Float.BYTES * (values + 2L * model.machine().parameters().size());
        this.session = session(model);
    }

    /** Bytes of one at work; the initial memory is there twice while it begins. What a file only claims is not made to be counted. */
    private static long session(Model model) {
        if (!(model.machine() instanceof StepMachine)) {
            return answerBytes(model, STEPS_COUNTED);
        }
        MachineConfig config = model.machineConfig();
        int rows = config.kind().capacityOf(config).orElse(0);
        boolean large = rows > MOST_ROWS_COUNTED;
        Machine counted = large
                ? config.kind().withCapacity(config, MOST_ROWS_COUNTED).build(model.machine().inputs(), model.machine().outputs())
                : model.machine();
        double share = large ? (double) rows / MOST_ROWS_COUNTED : 1;
        return (long) (share * Session.bytes(counted, 1)) + 2L * Float.BYTES * config.memorySize().map(MemorySize::cells).orElse(0L);
    }

    private static long answerBytes(Model model, long steps) {
        try {
            return Float.BYTES * model.machine().size(new Desk(model.objective(), 1, KernelProvider.PORTABLE), false).values(steps);
        } catch (ArithmeticException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Bytes of one that answers a sequence.
     *
     * @param steps of the sequence, which only matter to a machine that reads it as a whole
     */
    long answerBytes(long steps) {
        return model.machine() instanceof StepMachine ? session : answerBytes(model, steps);
    }

    /** Bytes that it takes when it has been watched. */
    long bytes() {
        return sum(stored, session);
    }

    /**
     * Bytes that sessions take.
     *
     * @param rows with as many rows, if not its own
     * @param batch sequences at a time
     * @return about so many
     */
    public long sessionBytes(OptionalInt rows, int batch) {
        double share = rows.isPresent() && capacity().isPresent() ? Math.max(1, (double) rows.getAsInt() / capacity().getAsInt()) : 1;
        // Beyond what is possible it is the largest number.
        return (long) (session * share * batch);
    }

    /**
     * Bytes of the machine itself.
     *
     * @param rows with as many rows, if not its own
     * @return about so many
     */
    public long storedBytes(OptionalInt rows) {
        if (rows.isEmpty() || rows.getAsInt() <= capacity().orElse(Integer.MAX_VALUE)) {
            return stored;
        }
        int inputs = model.machine().inputs();
        int outputs = model.machine().outputs();
        MachineConfig config = model.machineConfig();
        long more = config.kind().withCapacity(config, rows.getAsInt()).parameters(inputs, outputs) - config.parameters(inputs, outputs);
        return stored + COPIES * Float.BYTES * more;
    }

    private OptionalInt capacity() {
        return model.machineConfig().kind().capacityOf(model.machineConfig());
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /**
     * What the studio calls it.
     *
     * @return its name
     */
    public MachineId id() {
        return id;
    }

    /**
     * The machine and what its file says of it.
     *
     * @return the model
     */
    public Model model() {
        return model;
    }

    /** Watches it at work: one sequence at a time. */
    synchronized Trace trace(Sequence sequence, boolean answerable, List<Intervention> interventions, boolean withMemory) {
        if (tracer == null) {
            tracer = new Tracer(model.machine(), model.objective(), KernelProvider.best());
        }
        return tracer.trace(
                sequence.input(), sequence.steps(), answerable ? sequence.target() : null, sequence.mask(), interventions, withMemory);
    }

    /**
     * The name of what it was trained on.
     *
     * @return the task, or nothing if its file does not say
     */
    public Optional<String> taskName() {
        return Optional.ofNullable(RunConfig.of(model)).map(run -> run.task().taskName());
    }

    /**
     * The task that it was trained on, or another one that has as many inputs and outputs.
     *
     * @param name the task, if not its own
     * @return the task
     * @throws UserException if it is unknown, or has other inputs or outputs
     */
    public Task task(@Nullable String name) {
        RunConfig run = RunConfig.of(model);
        if (run != null && (name == null || name.equals(run.task().taskName()))) {
            return run.task().create();
        }
        String chosen = Optional.ofNullable(name).or(this::fitting).orElse("copy");
        if (!TaskKinds.drawn().containsKey(chosen)) {
            throw new UserException("task: expected one of " + String.join(", ", TaskKinds.drawn().keySet()) + ", got " + UserException.quote(chosen));
        }
        Task plain = create(Map.of("name", chosen));
        Task task = plain.outputs() == model.machine().outputs() ? plain : create(Map.of("name", chosen, "width", model.machine().outputs()));
        if (!fits(task)) {
            throw new UserException("task: expected one with " + model.machine().inputs() + " inputs and " + model.machine().outputs()
                    + " outputs, got " + chosen + " with " + task.inputs() + " and " + task.outputs());
        }
        return task;
    }

    /** The first task that fits a machine whose file does not say what it was trained on. */
    private Optional<String> fitting() {
        return TaskKinds.drawn().keySet().stream().filter(name -> fits(create(Map.of("name", name)))).findFirst();
    }

    private boolean fits(Task task) {
        return task.inputs() == model.machine().inputs() && task.outputs() == model.machine().outputs();
    }

    private static Task create(Map<String, ?> settings) {
        return RunConfig.resolve(ConfigTree.of(Map.of("task", settings), "task")).task().create();
    }
}
