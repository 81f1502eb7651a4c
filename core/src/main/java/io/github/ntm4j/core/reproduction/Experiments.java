package io.github.ntm4j.core.reproduction;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.run.Catalogue;
import io.github.ntm4j.core.run.RunConfig;
import io.github.ntm4j.core.sweep.SweepPlan;
import java.util.List;
import java.util.Map;

/** The experiments of Graves, Wayne and Danihelka 2014, section 4, as a sweep over tasks, machines and seeds. */
public final class Experiments {
    /** The tasks of the paper, in its order. */
    public static final List<String> TASKS = List.of("copy", "repeat-copy", "associative-recall", "dynamic-ngrams", "priority-sort");

    /** The machines of the paper. */
    public static final List<String> MACHINES = List.of("ntm-lstm", "ntm-ff", "lstm");

    /** The machines of the paper that have a memory. */
    public static final List<String> NTM = List.of("ntm-lstm", "ntm-ff");

    /** Sequences after which a quick reproduction ends, where that is less than the task's budget. */
    private static final Map<String, Long> QUICK = Map.of(
            "repeat-copy", 60_000L, "associative-recall", 100_000L, "dynamic-ngrams", 20_000L, "priority-sort", 60_000L);

    private Experiments() {}

    /**
     * Each task with each machine and each seed.
     *
     * @param given settings that all runs share, such as the preset
     * @param tasks names of tasks
     * @param machines names of machines
     * @param seeds the seeds
     * @param quick whether the tasks that take longest get a smaller budget
     * @return the plan
     * @throws io.github.ntm4j.core.config.UserException if a setting is unknown or wrong
     */
    public static SweepPlan plan(ConfigTree given, List<String> tasks, List<String> machines, List<Long> seeds, boolean quick) {
        return SweepPlan.named(
                tasks.stream()
                        .flatMap(task -> machines.stream().map(machine -> resolve(given, task, machine, quick)))
                        .toList(),
                seeds);
    }

    private static RunConfig resolve(ConfigTree given, String task, String machine, boolean quick) {
        ConfigTree tree = SweepPlan.settings(given).with(ConfigTree.of(Map.of("task", Map.of("name", task), "machine", Map.of("type", machine)), "reproduce"));
        RunConfig config = RunConfig.resolve(tree);
        long budget = QUICK.getOrDefault(task, Long.MAX_VALUE);
        return quick && config.training().course().sequences() > budget
                ? RunConfig.resolve(tree.with(ConfigTree.of(Map.of("training", Map.of("sequences", budget)), "reproduce")))
                : config;
    }
}
