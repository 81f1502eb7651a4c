package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import io.github.ntm4j.learning.run.PlateauHint;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The settings of every triple of preset, task and machine. Those of {@code copy} stand there in full, those of other tasks where they
 * differ from them; the hash is that of the file {@code config.yaml}, whose order counts.
 */
final class ResolvedSettingsGuardTest {
    private static final Guard SETTINGS = new Guard("resolved-settings.txt");
    private static final String FILE = "src/test/resources/guard/words.jsonl";

    private static ConfigTree given(String preset, String task, String machine) {
        ConfigTree tree = ConfigTree.of(
                Map.of("preset", preset, "seed", 1, "task", Map.of("name", task), "machine", Map.of("type", machine)), "guard");
        return task.equals("data") ? tree.with(ConfigTree.assignment("task.file=" + FILE)) : tree;
    }

    private static SequencedMap<String, String> resolved(ConfigTree given) {
        SequencedMap<String, String> lines = new LinkedHashMap<>();
        try {
            SequencedMap<String, Object> map = here(RunConfig.resolve(given).toMap());
            flatten("", map, lines);
            lines.put("sha256", Guard.sha256(Yaml.text(map).getBytes(StandardCharsets.UTF_8)));
        } catch (UserException refused) {
            lines.put("refused", Objects.requireNonNull(refused.getMessage()));
        }
        return lines;
    }

    /** Wherever the project lies, and without what came later. */
    private static SequencedMap<String, Object> here(SequencedMap<String, Object> map) {
        if (map.get("training") instanceof Map<?, ?> training) {
            SequencedMap<String, Object> first = new LinkedHashMap<>();
            training.forEach((key, value) -> first.put(String.valueOf(key), value));
            assertThat(first.remove("link_interval")).isEqualTo(1);
            assertThat(first.remove("weight_decay")).isIn(0.0, 1e-5);
            map.put("training", first);
        }
        if (map.get("task") instanceof Map<?, ?> task && task.containsKey("file")) {
            SequencedMap<String, Object> moved = new LinkedHashMap<>();
            task.forEach((key, value) -> moved.put(String.valueOf(key), key.equals("file") ? FILE : value));
            map.put("task", moved);
        }
        return map;
    }

    private static void flatten(String path, Map<?, ?> map, Map<String, String> lines) {
        map.forEach((key, value) -> {
            String full = path + key;
            if (value instanceof Map<?, ?> inner) {
                flatten(full + ".", inner, lines);
            } else {
                String text = Settings.text(value);
                lines.put(full, text.isEmpty() ? "\"\"" : text);
            }
        });
    }

    @Test
    void everyTripleHasTheSettingsThatItAlwaysHad() throws IOException {
        SequencedMap<String, String> lines = new LinkedHashMap<>();
        for (Preset preset : Preset.all()) {
            List<String> having = MachineKinds.all().values().stream().filter(kind -> Preset.of(kind).contains(preset)).map(MachineKind::name).toList();
            for (String machine : having) {
                SequencedMap<String, String> copy = resolved(given(Settings.text(preset), "copy", machine));
                for (String task : Stream.concat(TaskKinds.drawn().keySet().stream(), Stream.of("data")).toList()) {
                    String triple = String.join(" ", Settings.text(preset), machine, task);
                    new TreeMap<>(resolved(given(Settings.text(preset), task, machine))).forEach((key, value) -> {
                        if (task.equals("copy") || !value.equals(copy.get(key))) {
                            lines.put(triple + " " + key, value);
                        }
                    });
                }
            }
        }
        SETTINGS.check(lines);
    }

    /** What a training that stands still is told: with what each triple brings, and with some of it changed. */
    @Test
    void everyTripleIsToldOnAPlateauWhatItAlwaysWas() throws IOException {
        SequencedMap<String, String> hints = new LinkedHashMap<>();
        List<String> changes = List.of(
                "machine.gate_bias=1", "machine.gate_bias=-2", "machine.strength_bias=1", "machine.strength_bias=3", "machine.parameter_clip=3",
                "machine.shift_range=2", "machine.initial_memory=learned", "machine.initial_weighting=learned", "machine.forget_bias=2",
                "machine.read_tendency=look-up", "machine.write_tendency=append", "machine.read_heads=6", "training.optimiser=adam",
                "training.optimiser=rmsprop", "training.learning_rate=0.001", "training.batch=16", "training.batch=2", "training.clip=norm",
                "training.clip=none", "task.empty_share=0.1");
        for (Preset preset : Preset.all()) {
            for (MachineKind<?> kind : MachineKinds.all().values()) {
                for (String task : Stream.concat(TaskKinds.drawn().keySet().stream(), Stream.of("data")).toList()) {
                    if (!Preset.of(kind).contains(preset)) {
                        continue;
                    }
                    String triple = String.join(" ", preset.name(), kind.name(), task);
                    ConfigTree given = given(preset.name(), task, kind.name());
                    hints.put(triple, PlateauHint.of(RunConfig.resolve(given)));
                    StringBuilder changed = new StringBuilder();
                    for (String change : changes) {
                        try {
                            changed.append(PlateauHint.of(RunConfig.resolve(given.with(ConfigTree.assignment(change))))).append('\n');
                        } catch (UserException refused) {
                            changed.append('-').append('\n');
                        }
                    }
                    hints.put(triple + " changed", Guard.sha256(changed.toString().getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        new Guard("plateau-hints.txt").check(hints);
    }

    /** What the words of the tasks are is part of the settings of those who name them. */
    @Test
    void tasksAndMachinesKeepTheirOrder() throws IOException {
        SequencedMap<String, String> orders = new LinkedHashMap<>();
        orders.put("tasks", String.join(" ", List.copyOf(TaskKinds.drawn().keySet()).subList(0, 5)));
        orders.put("machines", String.join(" ", List.copyOf(MachineKinds.all().keySet()).subList(0, 3)));
        new Guard("orders.txt").check(orders);
    }
}
