package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file {@code cases.jsonl} of a run: how its best machine does at the {@linkplain Task#cases cases} of its task, a line for each. */
final class CasesFile {
    private CasesFile() {}

    /** A line of the file: an {@link Evaluation} with its size as a user types it. */
    private record Line(
            @Setting("the size") String at,
            @Setting(value = "fresh sequences", min = 1, max = 1e9) int sequences,
            @Setting(value = "cross-entropy", min = 0, max = 1e18) double bitsPerSequence,
            @Setting(value = "wrong bits", min = 0, max = 1e18) double bitErrorsPerSequence,
            @Setting(value = "sequences without a wrong bit", min = 0, max = 1e9) int exactSequences,
            @Setting(value = "cross-entropy of the optimum", min = 0, max = 1e18) double optimumBitsPerSequence,
            @Setting(value = "standard error of the bits above the optimum", min = 0, max = 1e18) double excessBitsError,
            @Setting(value = "standard error of the wrong bits", min = 0, max = 1e18) double bitErrorsError) {
        static Line of(Evaluation e) {
            return new Line(
                    e.at().toString(),
                    e.sequences(),
                    e.bitsPerSequence(),
                    e.bitErrorsPerSequence(),
                    e.exactSequences(),
                    e.optimumBitsPerSequence(),
                    e.excessBitsError(),
                    e.bitErrorsError());
        }

        Evaluation evaluation(Task task) {
            return new Evaluation(
                    task.parse(at),
                    sequences,
                    bitsPerSequence,
                    bitErrorsPerSequence,
                    exactSequences,
                    optimumBitsPerSequence,
                    excessBitsError,
                    bitErrorsError);
        }
    }

    static void write(Path file, List<Evaluation> cases) {
        StringBuilder text = new StringBuilder();
        cases.forEach(evaluation -> text.append(ConfigWriter.toJson(Settings.describe(Line.of(evaluation)))).append('\n'));
        AtomicFiles.write(file, text.toString());
    }

    /**
     * The lines of a file.
     *
     * @throws UserException if a line is not one
     */
    static List<Evaluation> read(Path file, Task task) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
        List<Evaluation> cases = new ArrayList<>();
        for (String line : lines) {
            String where = file + ", line " + (cases.size() + 1);
            cases.add(Yaml.parse(line, where).bind(Line.class, "").evaluation(task));
        }
        return cases;
    }
}
