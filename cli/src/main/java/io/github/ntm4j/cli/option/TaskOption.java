package io.github.ntm4j.cli.option;

import io.github.ntm4j.cli.report.Names;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.Model;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The task of a machine: the one it was trained on, or, if its file does not say, the one a user names. */
public final class TaskOption {
    private static final String OPTION = "--task";

    @Option(
            names = OPTION,
            paramLabel = "TASK",
            description = "The task, for a checkpoint that does not say what it was trained on.")
    private @Nullable String name;

    /**
     * A task with its name.
     *
     * @param name as in {@code ntm tasks}
     * @param task the task
     */
    public record Chosen(String name, Task task) {}

    /**
     * The task of a model.
     *
     * @throws UserException if it is not known, or does not fit the machine
     */
    public Chosen of(Model model) {
        RunConfig run = RunConfig.of(model);
        if (run != null) {
            requireAgreement(run, model);
            return fitting(new Chosen(run.task().label(), run.task().create()), model);
        }
        if (name == null) {
            throw new UserException(model.file() + " does not say what it was trained on: name it with --task, one of "
                    + String.join(", ", TaskKinds.drawn().keySet()));
        }
        String known = Names.known(name, TaskKinds.drawn().keySet(), "task");
        Machine machine = model.machine();
        Task task = create(known, ConfigTree.EMPTY);
        if (task.outputs() != machine.outputs()) {
            task = create(known, ConfigTree.option(OPTION, "task.width", Integer.toString(machine.outputs())));
        }
        return fitting(new Chosen(known, task), model);
    }

    /** Refuses another task than that of a machine's settings. */
    public void requireAgreement(RunConfig run, Model model) {
        if (name != null && !name.equals(run.task().taskName())) {
            throw new UserException("--task " + name + " contradicts " + model.file() + ", which was trained on " + run.task().taskName());
        }
    }

    /**
     * The settings of a model that was made elsewhere, with the task that a user names.
     *
     * @throws UserException if none is named, or it does not fit the machine
     */
    public RunConfig settings(Model model) {
        int width = of(model).task().outputs();
        String known = Objects.requireNonNull(name);
        ConfigTree task = ConfigTree.option(OPTION, "task.name", known);
        if (create(known, ConfigTree.EMPTY).outputs() != width) {
            task = task.with(ConfigTree.option(OPTION, "task.width", Integer.toString(width)));
        }
        RunConfig usual = RunConfig.resolve(task);
        Preset reading = new Preset("pytorch-ntm");
        return new RunConfig(
                reading, usual.seed(), usual.task(), model.machineConfig(), reading.training());
    }

    private static Chosen fitting(Chosen chosen, Model model) {
        Machine machine = model.machine();
        Task task = chosen.task();
        if (task.inputs() != machine.inputs() || task.outputs() != machine.outputs()) {
            throw new UserException("task " + chosen.name() + ": it has " + task.inputs() + " inputs and " + task.outputs()
                    + " outputs, but " + model.file() + " has " + machine.inputs() + " and " + machine.outputs());
        }
        return chosen;
    }

    private static Task create(String name, ConfigTree settings) {
        ConfigTree given = ConfigTree.option(OPTION, "task.name", name).with(settings);
        return RunConfig.resolve(given).task().create();
    }
}
