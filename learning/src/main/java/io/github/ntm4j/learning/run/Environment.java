package io.github.ntm4j.learning.run;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.model.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What a run is made with: versions, machine, kernels. */
public final class Environment {
    private static final String UNKNOWN = "unknown";

    private Environment() {}

    /**
     * Everything about this computer and virtual machine that explains a run's speed.
     *
     * @param provider whose kernels are used
     * @param threads threads in use
     * @return nested maps, for {@code environment.json}
     */
    public static SequencedMap<String, Object> describe(KernelProvider provider, int threads) {
        SequencedMap<String, Object> map = Settings.describe(Provenance.here());
        map.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        map.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        map.put("cpu", cpu());
        map.put("processors", Runtime.getRuntime().availableProcessors());
        map.put("kernels", provider.description());
        map.put("threads", threads);
        map.put("max_heap_mib", Runtime.getRuntime().maxMemory() >> 20);
        return map;
    }

    static String json(KernelProvider provider, int threads) {
        return ConfigWriter.toPrettyJson(describe(provider, threads)) + "\n";
    }

    private static String cpu() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(info, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
    }
}
