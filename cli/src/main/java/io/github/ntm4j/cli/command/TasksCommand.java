package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.Names;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.report.SampleDrawing;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKind;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.machines.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the tasks. */
@Command(
        name = "tasks",
        description = "List the tasks and their settings.",
        footer = {"", "Sequences of your own are a task, too: ntm train FILE.jsonl", "", "Examples:", "  ntm tasks", "  ntm tasks copy --json"})
public final class TasksCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "TASK", description = "Only this task.")
    private String task = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    public TasksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SequencedMap<String, TaskKind> tasks = Names.only(TaskKinds.drawn(), task, "task");
        if (json) {
            Reports.printJson(terminal, Map.of("tasks", tasks.entrySet().stream().map(this::describe).toList()));
            return Exit.SUCCESS;
        }
        tasks.forEach((name, entry) -> {
            Task created = entry.defaults().create();
            terminal.out().println(terminal.bold(name) + ": " + entry.about());
            terminal.out().println("  sizes: " + created.sizes().stream()
                    .map(size -> size.name() + " " + size.min() + " to " + size.max() + " in training, at most "
                            + Figures.count(size.limit()))
                    .collect(Collectors.joining("; ")));
            SampleDrawing.of(created).forEach(line -> terminal.out().println("  " + line));
            terminal.out().println("  inputs " + created.inputs() + ", outputs " + created.outputs() + " by default");
            Reports.printSettings(terminal, Settings.entries((Record) entry.defaults(), "task"));
            terminal.out().println();
        });
        terminal.out().println("train one with: ntm train " + tasks.firstEntry().getKey());
        return Exit.SUCCESS;
    }

    private SequencedMap<String, Object> describe(Map.Entry<String, TaskKind> entry) {
        Task created = entry.getValue().defaults().create();
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("name", entry.getKey());
        map.put("about", entry.getValue().about());
        map.put("inputs", created.inputs());
        map.put("outputs", created.outputs());
        map.put("sizes", created.sizes().stream().map(TasksCommand::describe).toList());
        map.put("settings", Reports.settings(Settings.entries((Record) entry.getValue().defaults(), "task")));
        return map;
    }

    private static SequencedMap<String, Object> describe(SizeRange size) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("name", size.name());
        map.put("training", List.of(size.min(), size.max()));
        map.put("limit", size.limit());
        return map;
    }
}
