package io.github.ntm4j.learning.run;

import static io.github.ntm4j.learning.run.SmallRun.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.MetricsReader.Part;
import io.github.ntm4j.learning.run.MetricsReader.Position;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.TrainingEvent.Evaluated;
import io.github.ntm4j.learning.training.TrainingEvent.Finished;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.PlateauLeft;
import io.github.ntm4j.learning.training.TrainingEvent.PlateauReached;
import io.github.ntm4j.learning.training.TrainingEvent.Relapsed;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.learning.training.TrainingEvent.Skipped;
import io.github.ntm4j.learning.training.TrainingEvent.Solved;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows the metrics of a run hears of every line once, and of a file that was written anew. */
final class MetricsReaderTest {
    @TempDir
    private Path folder;

    private RunFolder run;

    @BeforeEach
    void name() {
        run = new RunFolder(folder);
    }

    private void append(String text) throws IOException {
        Files.writeString(run.metrics(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String solved(long sequences) {
        return "{\"kind\":\"solved\",\"sequences\":" + sequences + ",\"seconds\":1.0}\n";
    }

    private static List<Long> sequences(Part part) {
        return part.lines().stream().map(MetricsLine::sequences).toList();
    }

    private Part read(Position from) {
        return MetricsReader.read(run, from);
    }

    @Test
    void ofManyLinesOnTrainingSomeCanBeLeftOutButNothingElse() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 1000; i++) {
            text.append("{\"kind\":\"train\",\"sequences\":%d,\"bits_per_sequence\":9.0,\"bit_errors_per_sequence\":3.0,\"learning_rate\":0.001,"
                    .formatted(i));
            text.append("\"gradient_norm\":1.0,\"clipped\":0.0,\"skipped\":0,\"seconds\":1.0}\n");
            if (i % 100 == 0) {
                text.append(solved(i));
            }
        }
        append(text.toString());
        Part some = MetricsReader.readSome(run, Position.START, 50);
        assertThat(some.lines().stream().filter(line -> line instanceof MetricsLine.Solved)).hasSize(10);
        List<Long> training = some.lines().stream()
                .filter(line -> line instanceof MetricsLine.Train)
                .map(MetricsLine::sequences)
                .toList();
        // The last before each other line is there as well.
        assertThat(training).hasSizeBetween(45, 70).isSorted().contains(100L, 500L, 1000L);
        assertThat(some.next()).isEqualTo(read(Position.START).next());
        assertThat(read(Position.START).lines()).hasSize(1010);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeIsNoMetrics() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", run.metrics().toString()).start().waitFor()).isZero();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> read(Position.START))
                .withMessageContaining("it is not a regular file");
    }

    @Test
    void everyLineComesBackAsWhatWasWritten() {
        Evaluation evaluation = new Evaluation(Size.of("length", 5), 200, 4.5, 0.25, 199, 0.5, 0.01, 0.001);
        try (Metrics metrics = Metrics.append(run.metrics(), Objective.BITS)) {
            metrics.write(new Reported(100, 12.5, 3.25, 3e-4, 1.5, 0.25, 2), 0.5);
            metrics.write(new Skipped(104, "the loss is not finite", 1), 1);
            metrics.write(new Evaluated(200, evaluation, true), 1.5);
            metrics.write(new Solved(200), 2);
            metrics.write(new Relapsed(300, 4.5, 0.25, 3), 3);
            metrics.write(new PlateauReached(11_000, 1000, 18.5, 18.25), 4);
            metrics.write(new PlateauLeft(29_000, 1000, 12.5), 5);
            metrics.write(new Finished(45_000, Outcome.BUDGET), 6);
        }
        assertThat(read(Position.START).lines()).containsExactly(
                new MetricsLine.Train(100, 0.5, 12.5, 3.25, 3e-4, 1.5, 0.25, 2),
                new MetricsLine.Skipped(104, 1, "the loss is not finite"),
                new MetricsLine.Evaluation(200, 1.5, Size.of("length", 5), 4.5, 0.25, evaluation.optimumBitsPerSequence(), 199, 200),
                new MetricsLine.Solved(200, 2),
                new MetricsLine.Relapse(300, 3, 4.5, 0.25, 3),
                new MetricsLine.Plateau(11_000, 4, 1000, 18.5, 18.25),
                new MetricsLine.PlateauLeft(29_000, 5, 1000, 12.5),
                new MetricsLine.Finished(45_000, 6, Optional.of(Outcome.BUDGET)));
    }

    @Test
    void aKindOfALaterVersionIsALineToo() throws IOException {
        append("{\"kind\":\"moved\",\"sequences\":5,\"seconds\":2.5,\"far\":true}\n{\"kind\":\"finished\",\"sequences\":6,\"outcome\":\"lost\"}\n");
        assertThat(read(Position.START).lines())
                .containsExactly(new MetricsLine.Other(5, 2.5, "moved"), new MetricsLine.Finished(6, 0, Optional.empty()));
    }

    @Test
    void eachLineIsReadOnceAndWhenItIsComplete() throws IOException {
        assertThat(read(Position.START)).isEqualTo(new Part(List.of(), Position.START, false));
        append(solved(1) + solved(2) + solved(3).substring(0, 20));
        Part first = read(Position.START);
        assertThat(sequences(first)).containsExactly(1L, 2L);
        assertThat(first.next().offset()).isEqualTo(2L * solved(1).length());
        assertThat(read(first.next())).as("nothing new").isEqualTo(new Part(List.of(), first.next(), false));
        append(solved(3).substring(20, solved(3).length() - 1));
        assertThat(read(first.next()).lines()).as("without its line break").isEmpty();
        append("\n" + solved(4));
        Part second = read(first.next());
        assertThat(sequences(second)).containsExactly(3L, 4L);
        assertThat(second.again()).isFalse();
        assertThat(second.next().lines()).isEqualTo(4);
    }

    @Test
    void aFileThatWasCutIsReadFromItsBeginning() throws IOException {
        append(solved(1) + solved(2) + solved(3));
        Position end = read(Position.START).next();
        assertThat(Metrics.cut(run.metrics(), 2, false).seconds()).isEqualTo(1);
        Part shorter = read(end);
        assertThat(shorter.again()).isTrue();
        assertThat(sequences(shorter)).containsExactly(1L, 2L);
        append(solved(7));
        assertThat(read(shorter.next())).satisfies(part -> {
            assertThat(part.again()).isFalse();
            assertThat(sequences(part)).containsExactly(7L);
        });
        Part unseen = read(end);
        assertThat(unseen.again()).as("as long as before, with another end").isTrue();
        assertThat(sequences(unseen)).containsExactly(1L, 2L, 7L);
        Files.delete(run.metrics());
        assertThat(read(end)).isEqualTo(new Part(List.of(), Position.START, true));
    }

    @Test
    void aBadLineIsNamedByItsNumberWhereverTheReadingBegan() throws IOException {
        append(solved(1) + solved(2));
        Position end = read(Position.START).next();
        append(solved(3) + "nonsense\n");
        for (Position from : List.of(Position.START, end)) {
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> read(from))
                    .withMessageStartingWith(run.metrics() + ": line 4: ");
        }
    }

    @Test
    void aFileLongerThanWhatIsReadAtOnceIsReadWhole() throws IOException {
        StringBuilder text = new StringBuilder();
        int count = 0;
        while (text.length() < 9_000_000) {
            text.append(solved(++count));
        }
        append(text.toString());
        Part part = read(Position.START);
        assertThat(part.lines()).hasSize(count);
        assertThat(part.lines().getLast().sequences()).isEqualTo(count);
        assertThat(part.next().offset()).isEqualTo(text.length());
    }

    @Test
    void whoFollowsARunThroughAResumeKnowsWhatTheFileSays() {
        Path path = folder.resolve("followed");
        RunFolder followed = new RunFolder(path);
        List<MetricsLine> known = new ArrayList<>();
        Position[] position = {Position.START};
        int[] begun = {0};
        Runnable follow = () -> {
            Part part = MetricsReader.read(followed, position[0]);
            if (part.again()) {
                known.clear();
                begun[0]++;
            }
            known.addAll(part.lines());
            position[0] = part.next();
        };
        try (Run first = Run.start(path, config(), 1, KernelProvider.SIMD)) {
            first.trainer().watch(sequences -> {
                follow.run();
                if (sequences == 30) {
                    first.trainer().stop();
                }
            });
            first.train();
        }
        follow.run();
        assertThat(known.getLast()).isInstanceOf(MetricsLine.Finished.class);
        try (Run second = Run.resume(path, ConfigTree.EMPTY, 1, KernelProvider.SIMD)) {
            second.trainer().watch(_ -> follow.run());
            second.train();
        }
        follow.run();
        assertThat(known).isEqualTo(MetricsReader.read(followed, Position.START).lines());
        assertThat(begun[0]).isEqualTo(1);
    }

    @Test
    void aLongFileIsReadInPartsThatTogetherAreAllOfIt() throws IOException {
        StringBuilder text = new StringBuilder();
        for (long i = 0; i < 120_000; i++) {
            text.append(solved(i));
        }
        append(text.toString());
        List<Long> seen = new ArrayList<>();
        int parts = 0;
        Position position = Position.START;
        for (Part part = MetricsReader.readSome(run, position); !part.next().equals(position); part = MetricsReader.readSome(run, position)) {
            assertThat(part.again()).isFalse();
            seen.addAll(sequences(part));
            position = part.next();
            parts++;
        }
        assertThat(parts).isEqualTo(1 + text.length() / (1 << 22)).isGreaterThan(1);
        assertThat(seen).isEqualTo(sequences(read(Position.START))).hasSize(120_000);
    }
}
