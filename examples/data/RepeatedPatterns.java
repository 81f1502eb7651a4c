import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Writes files to train on from random patterns: a pattern of 4 to 10 numbers, each uniform in -1 to 1, repeated without end, with a little
 * noise. A machine sees a number and is to say the next. Nothing can be said about those of the first round, which do not count; from then
 * on whoever remembers the pattern, and how long it is, errs by the noise only. The input has a second channel that marks where a round begins.
 *
 * <pre>java examples/data/RepeatedPatterns.java data</pre>
 */
final class RepeatedPatterns {
    private static final double NOISE = 0.02;
    private static final int ROUNDS = 4;

    private RepeatedPatterns() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        write(folder.resolve("patterns.jsonl"), 4000, 4, 10, random);
        write(folder.resolve("longer-patterns.jsonl"), 500, 15, 20, random);
    }

    private static void write(Path file, int count, int shortest, int longest, RandomGenerator random) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] pattern = random.doubles(random.nextInt(shortest, longest + 1), -1, 1).toArray();
            List<String> inputs = new ArrayList<>();
            List<String> targets = new ArrayList<>();
            List<String> mask = new ArrayList<>();
            double[] values = new double[ROUNDS * pattern.length + 1];
            for (int t = 0; t < values.length; t++) {
                values[t] = pattern[t % pattern.length] + NOISE * random.nextGaussian();
            }
            for (int t = 0; t < values.length - 1; t++) {
                inputs.add(String.format(Locale.ROOT, "[%.3f, %d]", values[t], t % pattern.length == 0 ? 1 : 0));
                targets.add(String.format(Locale.ROOT, "[%.3f]", values[t + 1]));
                mask.add(t < pattern.length ? "0" : "1");
            }
            lines.add("{\"input\": [" + String.join(", ", inputs) + "], \"target\": [" + String.join(", ", targets) + "], \"mask\": ["
                    + String.join(", ", mask) + "]}");
        }
        Files.write(file, lines);
        System.out.println(count + " patterns of " + shortest + " to " + longest + " numbers in " + file);
    }
}
