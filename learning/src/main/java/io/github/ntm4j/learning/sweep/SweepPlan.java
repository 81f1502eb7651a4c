package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.TrainingMemory;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep trains: each combination of settings with each seed.
 *
 * @param seeds the seeds
 * @param combinations the combinations, numbered from 1
 */
public record SweepPlan(List<Long> seeds, List<Combination> combinations) {
    /** More runs than this have no folder and no picture that anybody can read. */
    public static final int MOST_RUNS = 10_000;

    private static final int MOST_COMBINATIONS = 1000;
    /** How often to draw again for each combination that is wanted, where draws repeat each other. */
    private static final int DRAWS = 1000;

    /** Checks the numbers and keeps copies. */
    public SweepPlan {
        seeds = List.copyOf(seeds);
        combinations = List.copyOf(combinations);
        if (seeds.isEmpty() || combinations.isEmpty()) {
            throw new IllegalArgumentException("a sweep: expected at least one seed and one combination");
        }
        if ((long) seeds.size() * combinations.size() > MOST_RUNS) {
            throw new UserException("a sweep of " + combinations.size() + " combinations of settings and " + seeds.size()
                    + " seeds: expected at most " + MOST_RUNS + " runs, got " + (long) seeds.size() * combinations.size());
        }
    }

    /**
     * Every combination of the values.
     *
     * @param given the settings that all runs share
     * @param choices the values of others; ranges have no grid
     * @param seeds the seeds
     * @return the plan; the last choice varies fastest
     * @throws UserException if a setting is unknown, a value wrong, or two combinations are the same
     */
    public static SweepPlan grid(ConfigTree given, List<Choice> choices, List<Long> seeds) {
        long count = 1;
        List<SequencedMap<String, String>> grid = List.of(new LinkedHashMap<>());
        for (Choice choice : choices) {
            if (!(choice instanceof Choice.Listed listed)) {
                throw new UserException("--set " + choice.key() + "=" + choice.text()
                        + ": a range is for draws (--random N); expected values with commas between");
            }
            count *= listed.values().size();
            if (count > MOST_COMBINATIONS) {
                throw new UserException("--set: expected at most " + MOST_COMBINATIONS + " combinations of settings, got more");
            }
            List<SequencedMap<String, String>> longer = new ArrayList<>();
            for (SequencedMap<String, String> shorter : grid) {
                for (String value : listed.values()) {
                    SequencedMap<String, String> values = new LinkedHashMap<>(shorter);
                    values.put(choice.key(), value);
                    longer.add(values);
                }
            }
            grid = longer;
        }
        List<RunConfig> configs = new ArrayList<>();
        for (SequencedMap<String, String> values : grid) {
            RunConfig config = resolve(given, choices, choice -> Objects.requireNonNull(values.get(choice.key())));
            int same = configs.indexOf(config);
            if (same >= 0) {
                throw new UserException("--set: expected combinations that differ, but " + grid.get(same) + " and " + values + " are the same settings");
            }
            configs.add(config);
        }
        return of(seeds, varied(choices), configs);
    }

    /**
     * Different tasks or machines side by side, each named after its task and machine.
     *
     * @param configs the settings, no two of them with the same task and the same machine
     * @param seeds the seeds
     * @return the plan
     */
    public static SweepPlan named(List<RunConfig> configs, List<Long> seeds) {
        long names = configs.stream().map(config -> config.task().taskName() + " " + config.machine().name()).distinct().count();
        if (names < configs.size()) {
            throw new IllegalArgumentException("expected each task with each machine once");
        }
        return of(seeds, List.of(), configs);
    }

    /**
     * Random combinations, no two of them the same. A draw depends on the draw seed, the setting and the number of the draw alone: more
     * draws, or more settings, leave those there were as they are.
     *
     * @param given the settings that all runs share
     * @param choices the values and ranges of others
     * @param seeds the seeds
     * @param count how many combinations
     * @param drawSeed decides the draws
     * @return the plan
     * @throws UserException if a setting is unknown, a value wrong, or there are fewer different combinations
     */
    public static SweepPlan random(ConfigTree given, List<Choice> choices, List<Long> seeds, int count, long drawSeed) {
        if (count < 1 || count > MOST_COMBINATIONS) {
            throw new UserException("--random: expected a whole number from 1 to " + MOST_COMBINATIONS + ", got " + count);
        }
        if (varied(choices).isEmpty()) {
            throw new UserException("--random " + count + ": expected settings to draw, such as --set training.learning_rate=1e-4..1e-3, found none");
        }
        RunConfig lowest = resolve(given, choices, SweepPlan::first);
        resolve(given, choices, SweepPlan::last);
        List<Boolean> whole = choices.stream().map(choice -> isWhole(choice, lowest)).toList();
        List<RunConfig> configs = new ArrayList<>();
        for (long draw = 0; configs.size() < count; draw++) {
            if (draw == (long) DRAWS * count) {
                throw new UserException("--random " + count + ": expected at most as many draws as there are combinations, found only "
                        + configs.size() + " that differ");
            }
            long number = draw;
            RunConfig config = resolve(given, choices, choice -> draw(
                    choice, whole.get(choices.indexOf(choice)), Random64.of(drawSeed, "sweep " + choice.key(), number)));
            if (!configs.contains(config)) {
                configs.add(config);
            }
        }
        return of(seeds, varied(choices), configs);
    }

    private static String first(Choice choice) {
        return switch (choice) {
            case Choice.Listed listed -> listed.values().getFirst();
            case Choice.Range range -> range.low();
        };
    }

    private static String last(Choice choice) {
        return switch (choice) {
            case Choice.Listed listed -> listed.values().getLast();
            case Choice.Range range -> range.high();
        };
    }

    private static String draw(Choice choice, boolean whole, Random64 random) {
        return switch (choice) {
            case Choice.Listed listed -> listed.values().get(random.nextInt(0, listed.values().size() - 1));
            case Choice.Range range -> range.draw(random, whole);
        };
    }

    private static boolean isWhole(Choice choice, RunConfig config) {
        Object value = value(config.toMap(), choice.key()).orElse("");
        if (choice instanceof Choice.Range && !(value instanceof Number)) {
            throw new UserException("--set " + choice.key() + "=" + choice.text() + ": a range is for numbers; expected values with commas between");
        }
        return value instanceof Long || value instanceof Integer;
    }

    /**
     * Settings of runs that are many and of which few are looked at: they keep no film unless it is asked for.
     *
     * @param given what is given
     * @return the same, and no film where nothing was said of it
     */
    public static ConfigTree settings(ConfigTree given) {
        return ConfigTree.of(Map.of("training", Map.of("snapshots", 0)), "sweep").with(given);
    }

    private static RunConfig resolve(ConfigTree given, List<Choice> choices, Function<Choice, String> value) {
        ConfigTree tree = settings(given);
        for (Choice choice : choices) {
            tree = tree.with(ConfigTree.option("--set", choice.key(), value.apply(choice)));
        }
        return RunConfig.resolve(tree);
    }

    private static List<String> varied(List<Choice> choices) {
        return choices.stream()
                .filter(choice -> !(choice instanceof Choice.Listed listed) || listed.values().size() > 1)
                .map(Choice::key)
                .toList();
    }

    /** A plan of settings that are resolved. */
    static SweepPlan of(List<Long> seeds, List<String> varied, List<RunConfig> configs) {
        List<Combination> combinations = new ArrayList<>();
        for (RunConfig config : configs) {
            SequencedMap<String, Object> settings = config.toMap();
            SequencedMap<String, Object> values = new LinkedHashMap<>();
            varied.forEach(key -> value(settings, key).ifPresent(value -> values.put(key, value)));
            combinations.add(new Combination(combinations.size() + 1, values, config));
        }
        return new SweepPlan(seeds, combinations);
    }

    /**
     * The settings that vary.
     *
     * @return their keys
     */
    public List<String> varied() {
        return combinations.stream().flatMap(combination -> combination.varied().keySet().stream()).distinct().toList();
    }

    /**
     * All runs.
     *
     * @return every combination with the first seed, then with the second: a sweep that is stopped early knows something of all
     */
    public List<PlannedRun> runs() {
        return seeds.stream()
                .flatMap(seed -> combinations.stream().map(combination -> new PlannedRun(combination, seed)))
                .toList();
    }

    /**
     * What the sweep is about.
     *
     * @return task and machine, such as {@code copy by ntm-lstm}
     */
    public String title() {
        return names(config -> config.task().label()) + " by " + names(config -> config.machine().name());
    }

    /** The different names of something over the combinations. */
    private String names(Function<RunConfig, String> name) {
        return String.join(", ", combinations.stream().map(Combination::config).map(name).distinct().toList());
    }

    /**
     * Refuses a sweep whose runs do not fit into memory side by side.
     *
     * @param heap bytes that Java can have
     * @param jobs how many runs side by side
     * @throws UserException if they need more; says what would help
     */
    public void requireWithin(long heap, int jobs) {
        long[] needed = combinations.stream().mapToLong(combination -> bytes(combination, heap)).sorted().toArray();
        long largest = needed[needed.length - 1];
        long together = 0;
        int left = Math.min(jobs, runs().size());
        for (int i = needed.length - 1; i >= 0 && left > 0; i--) {
            int runs = Math.min(left, seeds.size());
            together += runs * needed[i];
            left -= runs;
        }
        if (together > heap) {
            throw new UserException(Math.min(jobs, runs().size()) + " runs side by side need " + (together >> 20)
                    + " MiB, and java has " + (heap >> 20) + " MiB; expected at most --jobs " + Math.max(1, heap / largest)
                    + ", or more memory (NTM_JAVA_OPTS=-Xmx" + (((together + together / 4) >> 30) + 1) + "g)");
        }
    }

    private static long bytes(Combination combination, long heap) {
        RunConfig config = combination.config();
        Task task = config.task().create();
        Machine machine = config.machine().build(task.inputs(), task.outputs());
        TrainingMemory.requireWithin(heap, machine, task, config.training(), 1);
        return TrainingMemory.of(machine, task, config.training(), 1).bytes();
    }

    /** The value of a dotted key in nested maps. */
    static Optional<Object> value(Map<String, ?> settings, String key) {
        @Nullable Object value = settings;
        for (String part : key.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return Optional.ofNullable(value);
    }

    /**
     * A key without its section, where no other key has the same name.
     *
     * @param key a dotted key
     * @param keys all keys beside it
     * @return a name to show
     */
    public static String shortName(String key, Collection<String> keys) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        return keys.stream().filter(other -> other.substring(other.lastIndexOf('.') + 1).equals(name)).count() > 1 ? key : name;
    }
}
