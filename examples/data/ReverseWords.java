import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes files to train on from a list of words: each word and its letters in reverse. Words of 3 to 7 letters are for training, longer ones
 * to see whether a machine has learned to reverse or the lengths it was shown.
 *
 * <pre>java examples/data/ReverseWords.java examples/data/words.txt data</pre>
 */
final class ReverseWords {
    private static final int LONGEST_IN_TRAINING = 7;

    private ReverseWords() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        List<String> training = new ArrayList<>();
        List<String> longer = new ArrayList<>();
        for (String word : Files.readAllLines(Path.of(arguments[0]))) {
            String line = "{\"input\": \"" + word + "\", \"target\": \"" + new StringBuilder(word).reverse() + "\"}";
            (word.length() <= LONGEST_IN_TRAINING ? training : longer).add(line);
        }
        Files.write(folder.resolve("words.jsonl"), training);
        Files.write(folder.resolve("longer-words.jsonl"), longer);
        System.out.println(training.size() + " words to train on, " + longer.size() + " longer ones, in " + folder);
    }
}
