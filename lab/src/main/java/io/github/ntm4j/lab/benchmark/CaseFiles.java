package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The cases of each machine: data in a file that is called like the machine. */
final class CaseFiles {
    private static final Set<String> KEYS = new TreeSet<>(Set.of("name", "settings", "bits", "batch", "threads"));

    private CaseFiles() {}

    /** The cases of all machines that have some, in the order of the machines. */
    static List<BenchmarkCase> all(int threads) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (MachineKind<?> kind : MachineKinds.all().values()) {
            String file = kind.name() + ".yaml";
            try (InputStream in = CaseFiles.class.getResourceAsStream(file)) {
                if (in != null) {
                    cases.addAll(of(kind, Yaml.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "benchmark/" + file), threads));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        return cases;
    }

    static List<BenchmarkCase> of(MachineKind<?> kind, ConfigTree file, int threads) {
        return file.keys().stream()
                .map(key -> key.replaceFirst("\\..*", ""))
                .distinct()
                .map(name -> of(kind, file.part(name), threads, name))
                .toList();
    }

    private static BenchmarkCase of(MachineKind<?> kind, ConfigTree entry, int threads, String place) {
        for (String key : entry.keys()) {
            if (!KEYS.contains(key.replaceFirst("\\..*", ""))) {
                throw entry.problem(key, "no part of a case, which has " + String.join(", ", KEYS));
            }
        }
        MachineConfig machine = (MachineConfig) Settings.with((Record) kind.defaults(), entry.part("settings").toMap());
        Task task = CopyConfig.DEFAULT.create();
        if (entry.value("bits").orElse(List.of()) instanceof List<?> sizes && !sizes.isEmpty()) {
            task = new RandomBits(number(entry, "bits", sizes.get(0)), number(entry, "bits", sizes.get(1)), number(entry, "bits", sizes.get(2)));
        }
        Object wanted = entry.value("threads").orElse(1);
        return new BenchmarkCase(
                entry.text("name").orElse(place),
                machine,
                task,
                number(entry, "batch", entry.value("batch").orElse(1)),
                wanted.equals("all") ? threads : number(entry, "threads", wanted));
    }

    private static int number(ConfigTree entry, String key, Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw entry.problem(key, "expected a number, got " + UserException.quote(value.toString()));
    }
}
