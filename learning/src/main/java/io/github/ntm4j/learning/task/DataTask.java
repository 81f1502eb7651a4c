package io.github.ntm4j.learning.task;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.SequenceData;
import io.github.ntm4j.machines.data.Sequences.HoldBack;
import io.github.ntm4j.machines.data.Sequences;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user's own sequences. Training sees each of them once an epoch, in an order that the seed decides and in batches of like lengths;
 * evaluations see those that are held back. A {@linkplain Size size} is {@code length=20}, the held back sequences of that many steps, or
 * {@link Size#ALL}.
 */
public final class DataTask implements Task {
    private static final String LENGTH = "length";

    private final DataConfig config;
    private final Sequences tested;
    private final int[] test;
    private final SequencedMap<Integer, int[]> testOfLength;
    private final int shortest;
    private final int longest;
    private final @Nullable Epochs epochs;
    private final Sequences trained;
    private final int[] train;
    private final boolean equalTargets;
    private final boolean equalTestTargets;

    private DataTask(DataConfig config, Sequences trained, int[] train, Sequences tested, int[] test) {
        this.config = config;
        this.tested = tested;
        this.test = test;
        this.testOfLength = Arrays.stream(test)
                .boxed()
                .collect(Collectors.groupingBy(
                        tested::steps,
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), some -> some.stream().mapToInt(Integer::intValue).toArray())));
        this.epochs = train.length == 0 ? null : new Epochs(trained, train);
        int[] all = train.length == 0 ? test : train;
        Sequences from = train.length == 0 ? tested : trained;
        this.shortest = Arrays.stream(all).map(from::steps).min().orElseThrow();
        this.longest = Arrays.stream(all).map(from::steps).max().orElseThrow();
        this.trained = trained;
        this.train = train;
        requireCounting(trained, train, "to train on");
        requireCounting(tested, test, train.length == 0 ? "" : "held back");
        this.equalTargets = haveEqualTargets(trained, train);
        this.equalTestTargets = haveEqualTargets(tested, test);
    }

    /** Nothing can be learned, or measured, where no step counts. */
    private static void requireCounting(Sequences sequences, int[] some, String which) {
        if (some.length > 0 && Arrays.stream(some).allMatch(i -> sequences.answer(i) == 0)) {
            String all = some.length == 1 ? "the sequence" : "the " + some.length + " sequences";
            throw new UserException(sequences.name() + ": expected steps that count, found none in " + all + (which.isEmpty() ? "" : " " + which)
                    + ": a mask of 0 or null leaves them all out");
        }
    }

    private static boolean haveEqualTargets(Sequences sequences, int[] some) {
        long[] different = Arrays.stream(some).mapToLong(sequences::answer).filter(answer -> answer != 0).distinct().limit(2).toArray();
        return some.length > 1 && different.length == 1;
    }

    /**
     * Holds some sequences back. Which ones depends on their lines and the seed only, so equal lines are on the same side.
     *
     * @throws UserException if nothing is left on one of the sides
     */
    static DataTask split(DataConfig config, Sequences file) {
        return switch (file.holdBack()) {
            case HoldBack.Any _ -> splitByLine(config, file);
            case HoldBack.Last last -> {
                int held = Math.clamp(Math.round(config.source().validationShare() * file.count()), 1, file.count());
                yield split(config, file, file.count() - held - last.overlap(), file.count() - held);
            }
            case HoldBack.From from -> split(config, file, from.first(), from.first());
        };
    }

    /** Trains on the sequences before {@code end} and holds back those from {@code first} on. */
    private static DataTask split(DataConfig config, Sequences file, int end, int first) {
        if (end < 1) {
            throw new UserException(file.name() + ": expected sequences to train on before those held back (task.validation_share="
                    + config.source().validationShare() + ") and those that overlap with them, found " + file.count() + " in all");
        }
        return new DataTask(config, file, IntStream.range(0, end).toArray(), file, IntStream.range(first, file.count()).toArray());
    }

    private static DataTask splitByLine(DataConfig config, Sequences file) {
        Random64 random = Random64.of(0, "", 0);
        long[] keys = new long[file.count()];
        for (int i = 0; i < keys.length; i++) {
            random.restart(config.source().splitSeed(), "split", file.hash(i));
            keys[i] = random.nextLong();
        }
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        int held = Math.clamp(Math.round(config.source().validationShare() * keys.length), 1, keys.length);
        if (sorted[0] == sorted[keys.length - 1] && held < keys.length) {
            // Only equal lines: whoever wants to try something out with them may, and is warned.
            return split(config, file, keys.length - held, keys.length - held);
        }
        long last = sorted[held - 1];
        int[] test = IntStream.range(0, keys.length).filter(i -> keys[i] <= last).toArray();
        int[] train = IntStream.range(0, keys.length).filter(i -> keys[i] > last).toArray();
        if (train.length == 0) {
            throw new UserException(file.name() + ": expected sequences to train on beside those held back (task.validation_share="
                    + config.source().validationShare() + "), found " + test.length + " in all; a file of their own can be named by task.validation_file");
        }
        return new DataTask(config, file, train, file, test);
    }

    static DataTask of(DataConfig config, Sequences file, Sequences validation) {
        return new DataTask(config, file, all(file), validation, all(validation));
    }

    static DataTask measuring(DataConfig config, Sequences file) {
        return new DataTask(config, file, new int[0], file, all(file));
    }

    private static int[] all(Sequences file) {
        return IntStream.range(0, file.count()).toArray();
    }

    /**
     * What a user should know of the sequences to evaluate on.
     *
     * @return a line, such as one of words that training did not see; or nothing
     */
    public Optional<String> notice() {
        return tested.notice();
    }

    /**
     * How many sequences training has.
     *
     * @return their number
     */
    public int trainingSequences() {
        return epochs == null ? 0 : epochs.sequences();
    }

    /**
     * What its sequences are.
     *
     * @return SHA-256 in hexadecimal of those that it trains on, and of those held back where they come from the same place
     */
    public String sha256() {
        return trained.sha256();
    }

    /** Whether all that counts in training is the same. */
    boolean equalTargets() {
        return equalTargets;
    }

    /** Whether all that counts in evaluations is the same. */
    boolean equalTestTargets() {
        return equalTestTargets;
    }

    /** How many different sequences training has. */
    long differentSequences() {
        return Arrays.stream(train).mapToLong(trained::hash).distinct().count();
    }

    /** How many sequences there are in which no step counts, those held back included. */
    long countingNowhere() {
        return Arrays.stream(train).filter(i -> trained.answer(i) == 0).count()
                + Arrays.stream(test).filter(i -> tested.answer(i) == 0).count();
    }

    /** How many of the sequences held back are trained on, too. */
    long heldBackInVain() {
        Set<Long> seen = Arrays.stream(train).mapToObj(trained::hash).collect(Collectors.toSet());
        return Arrays.stream(test).filter(i -> seen.contains(tested.hash(i))).count();
    }

    /** How many sequences are held back. */
    int heldBack() {
        return test.length;
    }

    /** The sequences to train on, one after the other. */
    Stream<SequenceData> training() {
        return Arrays.stream(train).mapToObj(trained::read);
    }

    @Override
    public boolean solvable() {
        return !equalTargets && !equalTestTargets;
    }

    @Override
    public void unscale(float[] values, int at) {
        tested.coding().unscale(values, at);
    }

    @Override
    public int inputs() {
        return tested.coding().inputs();
    }

    @Override
    public int outputs() {
        return tested.coding().outputs();
    }

    @Override
    public Objective objective() {
        return config.form().targets();
    }

    @Override
    public boolean certain() {
        return false;
    }

    @Override
    public List<SizeRange> sizes() {
        return List.of(new SizeRange(LENGTH, 1, shortest, longest, Math.max(longest, testOfLength.lastEntry().getKey())));
    }

    @Override
    public int steps(Size size) {
        return size.equals(Size.ALL) ? testOfLength.lastEntry().getKey() : size.get(LENGTH);
    }

    @Override
    public Size evaluated() {
        return Size.ALL;
    }

    /** All sequences that are held back. */
    @Override
    public List<Size> cases() {
        return List.of(Size.ALL);
    }

    @Override
    public Size parse(String text) {
        if (text.strip().equals(Size.ALL.toString())) {
            return Size.ALL;
        }
        Size size = Task.super.parse(text);
        if (!testOfLength.containsKey(size.get(LENGTH))) {
            throw new UserException("size " + text + ": expected the length of a sequence to evaluate on, from "
                    + testOfLength.firstEntry().getKey() + " to " + testOfLength.lastEntry().getKey() + " steps, found none of it");
        }
        return size;
    }

    /** One of the sequences that are held back, as long as asked for, or as near to that as there is one. */
    @Override
    public void generate(Size size, Random64 random, Sequence into) {
        int[] some = test;
        if (!size.equals(Size.ALL)) {
            int wanted = size.get(LENGTH);
            int nearest = testOfLength.keySet().stream().min((a, b) -> Integer.compare(Math.abs(a - wanted), Math.abs(b - wanted))).orElseThrow();
            some = of(Size.of(LENGTH, nearest));
        }
        fill(into, tested.read(some[random.nextInt(0, some.length - 1)]));
    }

    @Override
    public void fill(Sequence[] batch, long seed, long first, double reach, Random64 random) {
        if (epochs == null) {
            throw new IllegalStateException("a task that only measures has nothing to train on");
        }
        epochs.fill(batch, seed, first, random);
    }

    private int[] of(Size size) {
        return size.equals(Size.ALL) ? test : testOfLength.getOrDefault(size.get(LENGTH), new int[0]);
    }

    @Override
    public long testSequences(Size size) {
        return of(size).length;
    }

    @Override
    public int testSteps(Size size, long index) {
        int[] some = of(size);
        return tested.steps(some[(int) (index % some.length)]);
    }

    @Override
    public void test(Size size, long seed, String purpose, long index, Random64 random, Sequence into) {
        int[] some = of(size);
        fill(into, tested.read(some[(int) (index % some.length)]));
    }

    /** Copies a sequence of a file to one of a task. */
    static void fill(Sequence into, SequenceData from) {
        into.clear(from.steps());
        System.arraycopy(from.input(), 0, into.input(), 0, from.input().length);
        float[] target = from.target();
        if (target == null) {
            throw new IllegalArgumentException("sequence: expected a target, found none");
        }
        System.arraycopy(target, 0, into.target(), 0, target.length);
        float[] mask = from.mask();
        if (mask == null) {
            Arrays.fill(into.mask(), 0, from.steps(), 1f);
        } else {
            System.arraycopy(mask, 0, into.mask(), 0, mask.length);
        }
    }
}
