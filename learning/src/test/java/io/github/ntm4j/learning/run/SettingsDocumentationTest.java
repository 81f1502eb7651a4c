package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.task.TaskKinds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.recipe.Recipes;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.SettingEntry;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds {@code docs/settings.md} against the records of settings, and writes its tables with {@code -Dntm4j.write-docs=true}. */
class SettingsDocumentationTest {
    private static final Path FILE = find(Path.of("docs", "settings.md"));
    private static final String COMMAND =
            "mvn test -pl learning -am -Dtest=SettingsDocumentationTest -Dsurefire.failIfNoSpecifiedTests=false -Dntm4j.write-docs=true";
    private static final Pattern WORD = Pattern.compile("(?m)^\\| `([a-z_.]+): ([a-z0-9-]+)` \\|");
    private static final String ONE_OF = "one of ";

    @TestFactory
    Stream<DynamicTest> tablesOfTheSettingsSayWhatTheCodeSays() {
        return tables().entrySet().stream()
                .map(table -> DynamicTest.dynamicTest(table.getKey(), () -> check(table.getKey(), table.getValue())));
    }

    @Test
    void everyWordOfEverySettingIsExplainedAndNoOther() throws IOException {
        var explained = new TreeSet<String>();
        Matcher rows = WORD.matcher(Files.readString(FILE));
        while (rows.find()) {
            explained.add(rows.group(1) + " " + rows.group(2));
        }

        var known = new TreeSet<String>();
        for (SettingEntry entry : all()) {
            if (entry.accepted().startsWith(ONE_OF)) {
                for (String word : entry.accepted().substring(ONE_OF.length()).split(", ")) {
                    known.add(entry.key() + " " + word);
                }
            }
        }
        assertThat(explained).as("words explained in %s", FILE).isEqualTo(known);
    }

    private static void check(String name, String table) throws IOException {
        String text = Files.readString(FILE);
        String begin = "<!-- " + name + " -->\n";
        String end = "\n<!-- end -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end, from);
        assertThat(from).as("%s has a table marked by %s", FILE, begin.strip()).isGreaterThanOrEqualTo(0);
        assertThat(to).as("the table has an end").isGreaterThan(from);
        from += begin.length();
        if (Boolean.getBoolean("ntm4j.write-docs")) {
            Files.writeString(FILE, text.substring(0, from) + table + text.substring(to));
        } else {
            assertThat(text.substring(from, to)).as("%s; to write it anew: %s", FILE, COMMAND).isEqualTo(table);
        }
    }

    private static SequencedMap<String, String> tables() {
        SequencedMap<String, String> tables = new LinkedHashMap<>();
        tables.put("settings of the run", settings(head()));
        TaskKinds.all().forEach((name, task) ->
                tables.put("settings of " + name, settings(Settings.entries((Record) task.defaults(), "task"))));
        Set<Class<?>> records = new HashSet<>();
        MachineKinds.all().values().stream()
                .filter(kind -> records.add(kind.type()))
                .forEach(kind -> tables.put("settings of " + kind.name(), settings(machine(Preset.DEFAULT, kind.name()))));
        // Machines of one record have the same settings but for their type.
        tables.put("settings of training", settings(training(Preset.DEFAULT)));
        tables.put("changes of the tasks", changes());
        tables.put("presets", presets(MachineKinds.usual()));
        MachineKinds.all().values().stream()
                .filter(kind -> kind.presets().size() > 1 && kind.type() != MachineKinds.usual().type())
                .forEach(kind -> tables.put("presets of " + kind.name(), presets(kind)));
        return tables;
    }

    private static String settings(List<SettingEntry> entries) {
        List<String> lines = new ArrayList<>(List.of("| setting | what it is | accepted | default |", "|---|---|---|---|"));
        for (SettingEntry entry : entries) {
            lines.add("| `" + entry.key() + "` | " + entry.description() + " | " + entry.accepted() + " | " + value(entry) + " |");
        }
        return String.join("\n", lines);
    }

    /** What the preset default changes for a task and a machine. */
    private static String changes() {
        List<String> lines = new ArrayList<>(List.of("| task | machine | settings |", "|---|---|---|"));
        for (String task : TaskKinds.all().keySet()) {
            for (String machine : MachineKinds.all().keySet()) {
                ConfigTree changes = Recipes.settings(Preset.DEFAULT.name(), task, machine);
                if (!changes.keys().isEmpty()) {
                    ConfigTree all = ConfigTree.of(
                            RunConfig.resolve(ConfigTree.of(Map.of("task", Map.of("name", task), "machine", Map.of("type", machine)), "test"))
                                    .toMap(),
                            "test");
                    lines.add("| " + task + " | `" + machine + "` | " + changes.keys().stream()
                            .map(key -> "`" + key + "=" + Settings.text(all.value(key).orElseThrow()) + "`")
                            .collect(Collectors.joining(", ")) + " |");
                }
            }
        }
        return String.join("\n", lines);
    }

    /** The settings in which the presets of a machine differ. */
    private static String presets(MachineKind<?> kind) {
        List<Preset> presets = Preset.of(kind);
        List<SequencedMap<String, String>> columns = presets.stream().map(preset -> column(preset, kind.name())).toList();
        List<String> lines = new ArrayList<>();
        lines.add("| setting | " + presets.stream().map(p -> "`" + p + "`").collect(Collectors.joining(" | ")) + " |");
        lines.add("|---" + "|---".repeat(columns.size()) + "|");
        lines.add("| source | " + presets.stream().map(Preset::source).collect(Collectors.joining(" | ")) + " |");
        for (String key : columns.getFirst().keySet()) {
            List<String> values = columns.stream().map(column -> Objects.requireNonNull(column.get(key))).toList();
            if (values.stream().distinct().count() > 1) {
                lines.add("| `" + key + "` | " + String.join(" | ", values) + " |");
            }
        }
        return String.join("\n", lines);
    }

    private static SequencedMap<String, String> column(Preset preset, String machine) {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        machine(preset, machine).forEach(entry -> values.put(entry.key(), value(entry)));
        training(preset).forEach(entry -> values.put(entry.key(), value(entry)));
        return values;
    }

    private static List<SettingEntry> all() {
        List<SettingEntry> all = new ArrayList<>(training(Preset.DEFAULT));
        TaskKinds.all().values().forEach(task -> all.addAll(Settings.entries((Record) task.defaults(), "task")));
        MachineKinds.all().keySet().forEach(name -> all.addAll(machine(Preset.DEFAULT, name)));
        return all;
    }

    private static List<SettingEntry> head() {
        String presets = ONE_OF + Preset.all().stream().map(Preset::name).collect(Collectors.joining(", "));
        return Settings.entries(new RunConfig.Head(Preset.DEFAULT.name(), 1), "").stream()
                .map(e -> e.key().equals("preset") ? new SettingEntry(e.key(), e.type(), presets, e.defaultValue(), e.description()) : e)
                .toList();
    }

    private static List<SettingEntry> machine(Preset preset, String name) {
        return Settings.entries((Record) preset.machine(name), "machine");
    }

    private static List<SettingEntry> training(Preset preset) {
        return Settings.entries(preset.training(), "training");
    }

    private static String value(SettingEntry entry) {
        return entry.defaultValue() == null ? "" : "`" + Settings.text(entry.defaultValue()) + "`";
    }

    /** A file of the project, whose modules' tests run in folders of their own. */
    private static Path find(Path relative) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(relative))) {
                return folder.resolve(relative);
            }
        }
        throw new IllegalStateException("no " + relative + " above " + Path.of("").toAbsolutePath());
    }
}
