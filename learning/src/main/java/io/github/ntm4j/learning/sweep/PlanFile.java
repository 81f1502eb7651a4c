package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The file {@code sweep.yaml}: every setting of every run, so that a sweep goes on with the same ones whatever the defaults have become.
 * Settings that all combinations share stand there once, and what a combination has of its own under its number.
 */
final class PlanFile {
    private static final String SEED = "seed";
    private static final String SETTINGS = "settings";
    private static final String COMBINATIONS = "combinations";

    private PlanFile() {}

    /**
     * What stands beside the settings.
     *
     * @param seeds the seeds
     * @param vary the keys of the settings that vary
     * @param runs how many runs there are; at the end, to show that the file is whole
     */
    private record Head(
            @Setting("the seeds, such as 1..10") String seeds,
            @Setting("the settings that vary") String vary,
            @Setting(value = "how many runs there are", min = 1, max = SweepPlan.MOST_RUNS) int runs) {}

    static void write(Path file, SweepPlan plan) {
        AtomicFiles.write(file, Yaml.text(describe(plan)));
    }

    private static SequencedMap<String, Object> describe(SweepPlan plan) {
        List<SequencedMap<String, Object>> all =
                plan.combinations().stream().map(combination -> combination.config().toMap()).toList();
        ConfigTree shared = tree(all.getFirst());
        for (String key : shared.keys()) {
            Object value = SweepPlan.value(all.getFirst(), key).orElseThrow();
            if (!all.stream().allMatch(settings -> SweepPlan.value(settings, key).filter(value::equals).isPresent())) {
                shared = shared.without(key);
            }
        }
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("seeds", Seeds.text(plan.seeds()));
        map.put("vary", String.join(", ", plan.varied()));
        map.put(SETTINGS, shared.toMap());
        if (all.size() > 1) {
            SequencedMap<String, Object> combinations = new LinkedHashMap<>();
            for (int i = 0; i < all.size(); i++) {
                ConfigTree own = tree(all.get(i));
                for (String key : shared.keys()) {
                    own = own.without(key);
                }
                combinations.put(String.valueOf(i + 1), own.toMap());
            }
            map.put(COMBINATIONS, combinations);
        }
        map.put("runs", plan.runs().size());
        return map;
    }

    private static ConfigTree tree(SequencedMap<String, Object> settings) {
        return ConfigTree.of(settings, "sweep").without(SEED);
    }

    static SweepPlan read(Path file) {
        ConfigTree tree = Yaml.read(file);
        if (!tree.has("seeds") || !tree.has(SETTINGS) || !tree.has("runs")) {
            throw new UserException(file + " is damaged: expected seeds, settings and, at its end, the number of runs");
        }
        Head head = tree.without(SETTINGS).without(COMBINATIONS).bind(Head.class, "");
        List<Long> seeds = Seeds.parse(head.seeds(), file + ": seeds");
        List<String> varied = head.vary().isEmpty() ? List.of() : Arrays.asList(head.vary().split(", "));
        int count = head.runs() / seeds.size();
        if (count * seeds.size() != head.runs()) {
            throw new UserException(file + " is damaged: expected as many runs for each of " + seeds.size() + " seeds, found "
                    + head.runs() + " runs");
        }
        ConfigTree combinations = tree.part(COMBINATIONS);
        List<RunConfig> configs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ConfigTree own = combinations.part(String.valueOf(i));
            if (own.keys().isEmpty() && count > 1) {
                throw new UserException(file + " is damaged: expected " + count + " combinations, found no number " + i);
            }
            configs.add(RunConfig.resolve(tree.part(SETTINGS).with(own)));
            combinations = combinations.without(String.valueOf(i));
        }
        if (!combinations.keys().isEmpty()) {
            throw new UserException(file + " is damaged: expected " + count + " combinations, found " + COMBINATIONS + "."
                    + combinations.keys().getFirst());
        }
        SweepPlan plan = SweepPlan.of(seeds, varied, configs);
        if (!plan.varied().equals(varied)) {
            throw new UserException(file + " is damaged: expected keys of settings behind vary, found " + UserException.quote(head.vary()));
        }
        return plan;
    }
}
