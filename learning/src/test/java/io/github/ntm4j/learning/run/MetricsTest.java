package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import io.github.ntm4j.learning.training.TrainingEvent.Started;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {
    private static final List<String> LINES = List.of(
            "{\"kind\":\"train\",\"sequences\":100,\"bits_per_sequence\":12.5,\"bit_errors_per_sequence\":3.25,\"learning_rate\":3.0E-4,"
                    + "\"gradient_norm\":1.5,\"clipped\":0.25,\"skipped\":0,\"seconds\":0.5}",
            "{\"kind\":\"skipped\",\"sequences\":104,\"reason\":\"the loss is not finite\",\"seconds\":0.625}",
            "{\"kind\":\"evaluation\",\"sequences\":200,\"at\":{\"length\":5},\"bits_per_sequence\":0.0625,"
                    + "\"bit_errors_per_sequence\":0.005,\"exact_sequences\":199,\"evaluated_sequences\":200,\"seconds\":1.5}",
            "{\"kind\":\"solved\",\"sequences\":200,\"seconds\":1.5}",
            "{\"kind\":\"finished\",\"sequences\":200,\"outcome\":\"solved\",\"seconds\":1.75}");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeAll() {
        file = folder.resolve("metrics.jsonl");
        try (Metrics metrics = Metrics.append(file, Objective.BITS)) {
            metrics.write(new Started(0), 0);
            metrics.write(new Reported(100, 12.5, 3.25, 3e-4, 1.5, 0.25, 0), 0.5);
            metrics.write(new Skipped(104, "the loss is not finite", 1), 0.625);
            metrics.write(new Evaluated(200, new Evaluation(Size.of("length", 5), 200, 0.0625, 0.005, 199, 0, 0.01, 0.001), true), 1.5);
            metrics.write(new Solved(200), 1.5);
            metrics.write(new Finished(200, Outcome.SOLVED), 1.75);
        }
    }

    @Test
    void everyEventIsALineOfJson() {
        assertThat(file).content().isEqualTo(String.join("\n", LINES) + "\n");
    }

    @Test
    void onlyARunThatHasEndedHasAnOutcome() throws IOException {
        assertThat(Metrics.outcome(file)).contains(Outcome.SOLVED);
        Files.writeString(file, String.join("\n", LINES.subList(0, 4)) + "\n");
        assertThat(Metrics.outcome(file)).isEmpty();
        assertThat(Metrics.outcome(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aFigureThatIsNotFiniteIsNull() throws IOException {
        Files.delete(file);
        try (Metrics metrics = Metrics.append(file, Objective.BITS)) {
            metrics.write(new Evaluated(200, new Evaluation(Size.of("length", 5), 10, Double.NaN, 5, 0, 0, Double.NaN, 1), false), 1);
        }
        assertThat(file).content().contains("\"bits_per_sequence\":null,\"bit_errors_per_sequence\":5.0");
        assertThat(Metrics.curve(file, "x").evaluation()).singleElement().matches(point -> Double.isNaN(point.bitsPerSequence()));
    }

    @Test
    void whatCameAfterACheckpointIsForgotten() {
        assertThat(Metrics.cut(file, 150, false).seconds()).as("seconds of the last line that stays").isEqualTo(0.625);
        assertThat(file).content().isEqualTo(LINES.get(0) + "\n" + LINES.get(1) + "\n");
        assertThat(Metrics.cut(file, 99, false).seconds()).isZero();
        assertThat(file).isEmptyFile();
    }

    @Test
    void theEndOfARunThatGoesOnIsForgottenButNotItsSeconds() {
        assertThat(Metrics.cut(file, 200, false).seconds()).isEqualTo(1.75);
        assertThat(file).content().isEqualTo(String.join("\n", LINES.subList(0, 4)) + "\n");
    }

    @Test
    void anEvaluationThatIsToBeMadeAgainIsForgotten() {
        assertThat(Metrics.cut(file, 200, true)).isEqualTo(new Metrics.Told(0.625, 200));
        assertThat(file).content().isEqualTo(LINES.get(0) + "\n" + LINES.get(1) + "\n");
    }

    @Test
    void withoutAFileThereIsNothingToForget() throws IOException {
        Files.delete(file);
        assertThat(Metrics.cut(file, 100, false).seconds()).isZero();
        assertThat(MetricsReader.all(file)).isEmpty();
    }

    @Test
    void aLastLineThatWasCutShortIsLeftOut() throws IOException {
        Files.writeString(file, String.join("\n", LINES.subList(0, 2)) + "\n" + LINES.get(2).substring(0, 50));
        assertThat(MetricsReader.all(file)).hasSize(2);
        assertThat(Metrics.cut(file, 1000, false).seconds()).isEqualTo(0.625);
        assertThat(file).content().isEqualTo(LINES.get(0) + "\n" + LINES.get(1) + "\n");
    }

    @Test
    void plateausAndRelapsesAreLinesAndPartsOfTheCurve() throws IOException {
        Files.delete(file);
        Evaluation evaluation = new Evaluation(Size.of("length", 5), 200, 4.5, 0.25, 199, 0, 0.01, 0.001);
        try (Metrics metrics = Metrics.append(file, Objective.BITS)) {
            metrics.write(new PlateauReached(11_000, 1000, 18.5, 18.25), 1);
            metrics.write(new PlateauLeft(29_000, 1000, 12.5), 2);
            metrics.write(new Evaluated(30_000, evaluation, false), 3);
            metrics.write(new Relapsed(30_000, 4.5, 0.25, 1), 3);
            metrics.write(new PlateauReached(40_000, 29_000, 12.5, 18.25), 4);
            metrics.write(new Finished(45_000, Outcome.BUDGET), 5);
        }
        assertThat(Files.readAllLines(file)).contains(
                "{\"kind\":\"plateau\",\"sequences\":11000,\"since\":1000,\"lowest_mean\":18.5,\"excess_bits\":18.25,\"seconds\":1.0}",
                "{\"kind\":\"plateau-left\",\"sequences\":29000,\"since\":1000,\"excess_bits\":12.5,\"seconds\":2.0}",
                "{\"kind\":\"relapse\",\"sequences\":30000,\"excess_bits\":4.5,\"bit_errors_per_sequence\":0.25,\"in_a_row\":1,\"seconds\":3.0}");
        Curve curve = Metrics.curve(file, "x");
        assertThat(curve.relapses()).containsExactly(new CurvePoint(30_000, 4.5, 0.25));
        assertThat(curve.plateaus()).containsExactly(new Curve.Stretch(1000, 29_000), new Curve.Stretch(29_000, 45_000));
    }

    @Test
    void aRelapseWithoutAnEvaluationHurtsNobody() throws IOException {
        Files.writeString(file, "{\"kind\":\"relapse\",\"sequences\":5}\n{\"kind\":\"plateau-left\",\"sequences\":6}\n");
        assertThat(Metrics.curve(file, "x").relapses()).isEmpty();
    }

    @Test
    void aLineInTheMiddleThatIsNoneIsNamed() throws IOException {
        for (String broken : List.of("{\"kind\":", "nonsense", "[1]", "{}", "{\"kind\":\"train\",\"sequences\":\"many\"}", "null", "7")) {
            Files.writeString(file, LINES.get(0) + "\n" + broken + "\n" + LINES.get(1) + "\n");
            assertThatExceptionOfType(UserException.class)
                    .as(broken)
                    .isThrownBy(() -> Metrics.cut(file, 1000, false))
                    .withMessageStartingWith(file + ": line 2: ");
        }
    }

    @Test
    void aLineWithoutSecondsIsNoReasonToFail() throws IOException {
        Files.writeString(file, "{\"kind\":\"train\",\"sequences\":5}\n{\"kind\":\"train\",\"sequences\":6,\"seconds\":\"long\"}\n");
        assertThat(Metrics.cut(file, 10, false).seconds()).isZero();
        assertThat(MetricsReader.all(file)).hasSize(2);
    }

    @Test
    void theCurveIsThatOfTheLines() {
        Curve curve = Metrics.curve(file, "a run");
        assertThat(curve.label()).isEqualTo("a run");
        assertThat(curve.training()).containsExactly(new CurvePoint(100, 12.5, 3.25));
        assertThat(curve.evaluation()).containsExactly(new CurvePoint(200, 0.0625, 0.005));
        assertThat(curve.signals()).containsExactly(new SignalPoint(100, 3e-4, 1.5));
        assertThat(curve.solvedAt()).isEqualTo(OptionalLong.of(200));
    }
}
