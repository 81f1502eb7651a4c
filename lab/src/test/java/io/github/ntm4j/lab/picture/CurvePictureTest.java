package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.Curve;
import io.github.ntm4j.learning.run.CurvePoint;
import io.github.ntm4j.learning.run.SignalPoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvePictureTest {
    private static List<Curve> runs(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(seed -> SampleCurves.run(seed, 300)).toList();
    }

    private static Curve curve(List<CurvePoint> training) {
        return new Curve("run", training, List.of(), List.of(), OptionalLong.empty(), List.of(), List.of());
    }

    @Test
    void oneRunShowsTrainingEvaluationAndWhenItWasSolved() {
        Curve run = runs(1).getFirst();
        SvgDocument svg = SvgDocument.parse(CurvePicture.of("copy", List.of(run)).svg());
        assertThat(svg.parts())
                .containsExactly("bits per sequence", "bit errors per sequence", "learning rate", "gradient norm");
        assertThat(svg.texts()).contains("copy", "training", "evaluation", "solved", "training sequences",
                "solved after " + Numbers.grouped(run.solvedAt().orElseThrow()) + " sequences");
        assertThat(svg.all("circle")).hasSize(2 * 2 * run.evaluation().size());
    }

    /** A run that stood still, solved its task, and relapsed in one of two evaluations since. */
    private static Curve setBack() {
        CurvePoint relapse = new CurvePoint(1500, 4000, 37);
        List<CurvePoint> evaluation = List.of(new CurvePoint(1000, 0.05, 0), relapse, new CurvePoint(2000, 0.04, 0));
        List<CurvePoint> training = IntStream.rangeClosed(1, 200).mapToObj(i -> new CurvePoint(10L * i, i < 90 ? 80 : 0.05, 0)).toList();
        return new Curve(
                "run", training, evaluation, List.of(), OptionalLong.of(1000), List.of(relapse), List.of(new Curve.Stretch(100, 900)));
    }

    @Test
    void aPlateauIsNamedAndARelapseHasARingAtItsOwnHeight() {
        Curve run = setBack();
        SvgDocument svg = SvgDocument.parse(CurvePicture.of("copy", List.of(run)).svg());
        assertThat(svg.texts()).contains("plateau", "solved", "solved after 1,000 sequences; relapsed in 1 evaluation (rings)");
        // A dot is two discs, one of them white, and a ring is three; bits and errors have a panel each.
        assertThat(svg.all("circle")).hasSize(2 * (2 * 3 + 3));
    }

    @Test
    void theRingsOfSeveralRunsStandWhereTheEvaluationsWereHoweverSmoothTheLines() {
        SvgDocument svg = SvgDocument.parse(CurvePicture.of("copy", List.of(setBack(), setBack())).svg());
        assertThat(svg.texts()).contains("2 of 2 runs solved (dots), median after 1,000 sequences; relapsed in 2 evaluations (rings)");
        // The lines end at 80 bits, and the panel begins 92 below the top: the axis has room for 4,000.
        assertThat(SvgDocument.all(svg.part("bits per sequence"), "circle"))
                .allMatch(circle -> Double.parseDouble(circle.getAttribute("cy")) >= 92);
        assertThat(SvgDocument.all(svg.part("bits per sequence"), "circle")).hasSize(2 * (2 + 3));
    }

    @Test
    void fewRunsAreNamedAndHaveAMedian() {
        SvgDocument svg = SvgDocument.parse(CurvePicture.of("copy", runs(5)).svg());
        assertThat(svg.texts()).contains("seed 1", "seed 2", "seed 3", "seed 4", "seed 5", "median of 5");
    }

    @Test
    void manyRunsAreCountedInsteadOfNamed() {
        SvgDocument svg = SvgDocument.parse(CurvePicture.of("copy", runs(10)).svg());
        assertThat(svg.texts()).contains("median of 10").noneMatch(text -> text.startsWith("seed"));
        assertThat(SvgDocument.all(svg.part("bits per sequence"), "polyline")).hasSize(11);
    }

    @Test
    void whatWasNotMeasuredHasNoPanel() {
        Curve run = curve(List.of(new CurvePoint(1, 3, Double.NaN), new CurvePoint(2, 2, Double.NaN)));
        SvgDocument svg = SvgDocument.parse(CurvePicture.of("copy", List.of(run)).svg());
        assertThat(svg.parts()).containsExactly("bits per sequence");
        assertThat(svg.texts()).contains("not solved in 2 sequences");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100_000})
    void anyNumberOfPointsFits(int points) throws IOException {
        Curve run = curve(IntStream.range(0, points).mapToObj(i -> new CurvePoint(i + 1, i % 7, 0)).toList());
        for (CurveScale scale : List.of(CurveScale.linear(), CurveScale.logarithmic(0.1))) {
            for (List<Curve> runs : List.of(List.of(run), List.of(run, run))) {
                CurvePicture picture = CurvePicture.of("copy", runs, scale);
                assertThat(SvgDocument.parse(picture.svg()).texts()).contains("copy");
                assertThat(picture.svg().length()).isLessThan(200_000);
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
                assertThat(image.getHeight()).isEqualTo(2 * picture.height());
            }
        }
    }

    @Test
    void infinityAndZeroHurtNobody() {
        List<CurvePoint> points = List.of(new CurvePoint(1, Double.POSITIVE_INFINITY, Double.NaN), new CurvePoint(2, 0, 0));
        Curve run = new Curve("run", points, points, List.of(new SignalPoint(1, 0, Double.NaN)), OptionalLong.of(2), points, List.of());
        String svg = CurvePicture.of("copy", List.of(run)).svg();
        assertThat(SvgDocument.parse(svg).parts()).containsExactly("bits per sequence", "bit errors per sequence");
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void theMedianKeepsTheLastValueOfARunThatEnded() {
        CurveLine ended = new CurveLine(new double[] {0, 10}, new double[] {5, 1});
        CurveLine low = new CurveLine(new double[] {0, 20}, new double[] {0, 0});
        CurveLine high = new CurveLine(new double[] {0, 20}, new double[] {9, 9});
        CurveLine median = CurveLine.median(List.of(ended, low, high), CurveScale.linear());
        assertThat(median.at(0)).isEqualTo(5);
        assertThat(median.at(5)).isCloseTo(3, within(1e-9));
        assertThat(median.at(20)).isEqualTo(1);
        assertThat(CurveLine.median(List.of(low, high), CurveScale.linear()).at(7)).isEqualTo(4.5);
    }

    @Test
    void smoothingTakesMeansOnTheScale() {
        double[] xs = IntStream.range(0, 100).asDoubleStream().toArray();
        double[] ys = IntStream.range(0, 100).mapToDouble(i -> i == 50 ? 100_000 : 1).toArray();
        CurveLine line = new CurveLine(xs, ys);
        assertThat(line.smoothed(CurveScale.logarithmic(0.01)).at(50)).isCloseTo(10, within(1e-9));
        assertThat(line.smoothed(CurveScale.linear()).at(50)).isCloseTo(20_000.8, within(1e-9));
        assertThat(line.smoothed(CurveScale.linear()).at(99)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aPictureNeedsARun() {
        assertThatIllegalArgumentException().isThrownBy(() -> CurvePicture.of("copy", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> CurveScale.logarithmic(0));
    }
}
