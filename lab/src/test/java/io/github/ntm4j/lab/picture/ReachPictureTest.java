package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReachPictureTest {
    private static final List<String> SIZES = List.of("length 10", "length 20", "length 120");

    private static ReachGroup group(String label, double... factors) {
        return new ReachGroup(
                label, java.util.Arrays.stream(factors).mapToObj(f -> new double[] {0.01 * f, 0.1 * f, 10 * f}).toList());
    }

    @Test
    void every_size_and_every_group_is_named_and_every_machine_has_a_dot_at_each_size() {
        String svg = new ReachPicture("copy", SIZES, List.of(group("ntm-lstm", 1, 2, 4), group("lstm", 10))).svg();
        assertThat(svg).contains(SIZES).contains("ntm-lstm", ">lstm<");
        // A dot is a disc on a larger white one.
        assertThat(svg.split("<circle", -1)).hasSize(1 + 2 * (3 + 1) * 3);
        SvgDocument.parse(svg);
    }

    @Test
    void a_group_without_machines_is_left_out() {
        String svg = new ReachPicture("copy", SIZES, List.of(group("ntm-lstm", 1), group("lstm"))).svg();
        assertThat(svg).contains("ntm-lstm").doesNotContain(">lstm<");
    }

    @Test
    void a_machine_needs_a_value_for_each_size_and_there_must_be_two() {
        ReachGroup two = new ReachGroup("lstm", List.of(new double[] {1, 2}));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ReachPicture("copy", SIZES, List.of(two)))
                .withMessage("lstm: expected 3 values, got 2");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ReachPicture("copy", List.of("length 20"), List.of()))
                .withMessage("sizes: expected at least two, got [length 20]");
    }
}
