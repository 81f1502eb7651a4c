package io.github.ntm4j.lab.picture;

import io.github.ntm4j.learning.run.Curve;
import io.github.ntm4j.learning.run.CurvePoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SweepPictureTest {
    private static CurveGroup group(String label, int first, int seeds) {
        return new CurveGroup(label, LongStream.range(first, first + seeds).mapToObj(seed -> SampleCurves.run(seed, 300)).toList());
    }

    @Test
    void everyGroupHasItsRunsItsMedianAndItsName() {
        SweepPicture picture = new SweepPicture("copy", List.of(group("batch=4", 1, 3), group("batch=8", 7, 4)));
        SvgDocument svg = SvgDocument.parse(picture.svg());
        assertThat(svg.texts()).contains("copy", "bits per sequence", "training sequences", "batch=4", "batch=8");
        assertThat(SvgDocument.all(svg.part("bits per sequence"), "polyline")).hasSize(3 + 4 + 2);
    }

    @Test
    void aRelapseHasARing() {
        Curve run = SampleCurves.run(1, 300);
        Curve relapsed = new Curve(
                "seed 1", run.training(), run.evaluation(), run.signals(), run.solvedAt(), List.of(new CurvePoint(29_000, 70, 9)), List.of());
        SvgDocument before = SvgDocument.parse(new SweepPicture("copy", List.of(new CurveGroup("a", List.of(run)))).svg());
        SvgDocument after = SvgDocument.parse(new SweepPicture("copy", List.of(new CurveGroup("a", List.of(relapsed)))).svg());
        assertThat(after.all("circle")).hasSize(before.all("circle").size() + 3);
        assertThat(before.texts()).contains("1 of 1 run solved (dots); thick: median over the seeds");
        assertThat(after.texts()).contains("1 of 1 run solved (dots); relapsed in 1 evaluation (rings); thick: median over the seeds");
    }

    @Test
    void theMedianOfOneRunIsTheRun() {
        SvgDocument svg = SvgDocument.parse(new SweepPicture("copy", List.of(group("batch=4", 1, 1))).svg());
        assertThat(SvgDocument.all(svg.part("bits per sequence"), "polyline")).hasSize(1);
    }

    @Test
    void manyGroupsAreToldApartByDashesAndTheirNamesHaveRoom() {
        List<CurveGroup> groups = IntStream.range(0, 40).mapToObj(i -> group("batch=" + i, i, 2)).toList();
        SweepPicture picture = new SweepPicture("copy", groups);
        assertThat(picture.svg()).contains("stroke-dasharray=\"3\"", "stroke-dasharray=\"6\"");
        assertThat(SvgDocument.parse(picture.svg()).texts()).contains("batch=0", "batch=39");
        assertThat(picture.height()).isGreaterThan(600);
    }

    @Test
    void runsWithoutPointsHurtNobody() {
        Curve empty = new Curve("seed 1", List.of(), List.of(), List.of(), OptionalLong.empty(), List.of(), List.of());
        String svg = new SweepPicture("copy", List.of(new CurveGroup("a", List.of(empty)), new CurveGroup("b", List.of()))).svg();
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity").contains("0 of 1 run solved");
    }
}
