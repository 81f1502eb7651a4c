package io.github.ntm4j.cli;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.run.Catalogue;
import io.github.ntm4j.core.run.Model;
import io.github.ntm4j.core.run.RunConfig;
import io.github.ntm4j.core.task.Task;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The task of a machine: the one it was trained on, or, if its file does not say, the one a user names. */
final class TaskOption {
    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "The task, for a checkpoint that does not say what it was trained on.")
    private @Nullable String name;

    /**
     * A task with its name.
     *
     * @param name as in {@code ntm tasks}
     * @param task the task
     */
    record Chosen(String name, Task task) {}

    /**
     * The task of a model.
     *
     * @throws UserException if it is not known, or does not fit the machine
     */
    Chosen of(Model model) {
        RunConfig run = model.run();
        if (run != null) {
            if (name != null && !name.equals(run.task().taskName())) {
                throw new UserException("--task " + name + " contradicts " + model.file() + ", which was trained on " + run.task().taskName());
            }
            return fitting(new Chosen(run.task().label(), run.task().create()), model);
        }
        if (name == null) {
            throw new UserException(model.file() + " does not say what it was trained on: name it with --task, one of "
                    + String.join(", ", Catalogue.tasks().keySet()));
        }
        String known = Names.known(name, Catalogue.tasks().keySet(), "task");
        Machine<?> machine = model.machine();
        Task task = create(known, ConfigTree.EMPTY);
        if (task.outputs() != machine.outputs()) {
            task = create(known, ConfigTree.option("--task", "task.width", Integer.toString(machine.outputs())));
        }
        return fitting(new Chosen(known, task), model);
    }

    private static Chosen fitting(Chosen chosen, Model model) {
        Machine<?> machine = model.machine();
        Task task = chosen.task();
        if (task.inputs() != machine.inputs() || task.outputs() != machine.outputs()) {
            throw new UserException("task " + chosen.name() + ": it has " + task.inputs() + " inputs and " + task.outputs()
                    + " outputs, but " + model.file() + " has " + machine.inputs() + " and " + machine.outputs());
        }
        return chosen;
    }

    private static Task create(String name, ConfigTree settings) {
        ConfigTree given = ConfigTree.option("--task", "task.name", name).with(settings);
        return RunConfig.resolve(given).task().create();
    }
}
