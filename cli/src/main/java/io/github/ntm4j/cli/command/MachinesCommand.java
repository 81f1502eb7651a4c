package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.report.Names;
import io.github.ntm4j.cli.report.Reports;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.machines.config.SettingEntry;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the machines. */
@Command(
        name = "machines",
        description = "List the machines, the presets, and the settings of machines and of training.",
        footer = {
            "",
            "Examples:",
            "  ntm machines",
            "  ntm machines ntm-lstm --preset graves-2014",
        })
public final class MachinesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "MACHINE", description = "Only this machine, with its settings.")
    private String machine = "";

    @Option(names = "--preset", paramLabel = "PRESET", description = "Show the defaults of this preset.")
    private @Nullable String preset;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    public MachinesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Preset chosen = Names.preset(preset);
        SequencedMap<String, MachineKind<?>> machines = Names.only(MachineKinds.all(), machine, "machine");
        List<String> having = machines.values().stream().filter(kind -> Preset.of(kind).contains(chosen)).map(MachineKind::name).toList();
        if (having.isEmpty()) {
            throw new UserException("--preset: expected one of machine " + machine + ": "
                    + presets().stream().map(Preset::name).collect(Collectors.joining(", ")) + ", got " + chosen);
        }
        machines.keySet().retainAll(having);
        if (json) {
            printJson(machines, chosen);
        } else {
            print(machines, chosen);
        }
        return Exit.SUCCESS;
    }

    private List<Preset> presets() {
        return machine.isEmpty() ? Preset.all() : Preset.of(MachineKinds.kind(machine));
    }

    private void print(SequencedMap<String, MachineKind<?>> machines, Preset chosen) {
        machines.forEach((name, entry) -> terminal.out().println(terminal.bold(name) + ": " + entry.about()));
        terminal.out().println();
        terminal.out().println("presets:");
        for (Preset each : presets()) {
            terminal.out().println("  " + terminal.bold(Settings.text(each)) + ": " + each.source());
        }
        // Machines of one kind have the same settings: show them once.
        Map<Class<? extends Record>, List<SettingEntry>> shown = new LinkedHashMap<>();
        machines.forEach((name, entry) -> shown.putIfAbsent(entry.type(), settings(name, chosen)));
        shown.forEach((type, settings) -> {
            String names = String.join(", ", machines.entrySet().stream()
                    .filter(entry -> entry.getValue().type() == type)
                    .map(Map.Entry::getKey)
                    .toList());
            terminal.out().println();
            terminal.out().println("settings of " + names + ", preset " + Settings.text(chosen) + ":");
            Reports.printSettings(terminal, settings);
        });
        terminal.out().println();
        terminal.out().println("settings of training, preset " + Settings.text(chosen) + ":");
        Reports.printSettings(terminal, Settings.entries(chosen.training(), "training"));
    }

    private void printJson(SequencedMap<String, MachineKind<?>> machines, Preset chosen) {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("machines", machines.entrySet().stream().map(entry -> {
            SequencedMap<String, Object> map = new LinkedHashMap<>();
            map.put("name", entry.getKey());
            map.put("about", entry.getValue().about());
            map.put("settings", Reports.settings(settings(entry.getKey(), chosen)));
            return map;
        }).toList());
        all.put("presets", presets().stream().map(each -> {
            SequencedMap<String, Object> map = new LinkedHashMap<>();
            map.put("name", Settings.text(each));
            map.put("source", each.source());
            return map;
        }).toList());
        all.put("training", Reports.settings(Settings.entries(chosen.training(), "training")));
        Reports.printJson(terminal, all);
    }

    private static List<SettingEntry> settings(String name, Preset preset) {
        return Settings.entries((Record) preset.machine(name), "machine");
    }
}
